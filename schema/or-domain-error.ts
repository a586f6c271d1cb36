import { DomainError } from '../server/domain/errors.ts';

/** The errors option of a mutation that answers with a union of its result and a DomainError. @param name Of the union. */
export const orDomainError = (name: string, description: string) => ({
  types: [DomainError],
  directResult: true as const,
  union: { name, description },
});
