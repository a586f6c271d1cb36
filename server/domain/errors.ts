/** A rule of the field was broken: the message names what was wrong, where, and what is accepted. Safe to show to callers. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  readonly field: readonly string[];
  readonly values: readonly string[];

  /**
   * @param code Stable upper-case identifier for programs, e.g. `BAD_DATE`.
   * @param field Path of the argument or file position at fault, when there is one.
   * @param values What was found there that has to be decided or mended, each once.
   */
  constructor(code: string, message: string, field: readonly string[] = [], values: readonly string[] = []) {
    super(message);
    this.code = code;
    this.field = field;
    this.values = values;
  }
}
