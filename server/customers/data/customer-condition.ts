import type { Bind } from '../../store/parameters.ts';
import type { Tenant } from '../../store/tenant.ts';

/** A condition that a later area hands to a list of customers, such as being in a campaign. */
export interface CustomerCondition {
  /** SQL over the column of a customer's id. */
  where(customer: string, tenant: Tenant, bind: Bind): string;
  /** A JSON expression, read by the same statement, that `check` is given. */
  evidence(tenant: Tenant, bind: Bind): string;
  /** @throws DomainError when the workspace lacks what the condition names. */
  check(evidence: unknown): void;
}
