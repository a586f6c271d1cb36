import type { Bind } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** A condition that a later area hands to a list of customers, such as being in a campaign. */
export interface CustomerCondition {
  /** SQL over the column of a customer's id. */
  where(customer: string, view: WorkspaceView, bind: Bind): string;
  /** A JSON expression, read by the same statement, that `check` is given. */
  evidence(view: WorkspaceView, bind: Bind): string;
  /** @throws DomainError when the workspace lacks what the condition names. */
  check(evidence: unknown): void;
}
