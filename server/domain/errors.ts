/** A rule of the field was broken: the message says what was wrong, where, and what is accepted. Safe to show to callers. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    /** Stable upper-case identifier for programs, e.g. `BAD_DATE`. */
    readonly code: string,
    message: string,
    /** Path of the argument or file position at fault, when there is one. */
    readonly field: readonly string[] = [],
  ) {
    super(message);
  }
}
