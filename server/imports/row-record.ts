import type { RejectedRowInput, RowBatch } from './data/import-batch.ts';
import type { JobFigures } from './data/import-jobs.ts';
import type { Outcome, Rejection } from './formats/format.ts';

/** Keeps the books on a file's rows: how many there were, and which were rejected or left out and why. */
export class RowRecord {
  readonly #rejected: Record<string, number> = {};
  readonly #excluded: Record<string, number> = {};
  #rows = 0;
  #accepted = 0;
  #newRejected: RejectedRowInput[] = [];
  /** Rows since the last batch. */
  pending = 0;

  /** @param fault What was wrong with a row that counts; null where it was taken. */
  add(outcome: Outcome<object>, fault: Rejection | null): void {
    const { row } = outcome;
    const rejection = 'rejection' in outcome ? outcome.rejection : fault;
    this.#rows++;
    this.pending++;
    if (rejection !== null) {
      this.#rejected[rejection.reason] = (this.#rejected[rejection.reason] ?? 0) + 1;
      this.#newRejected.push({ lineNo: row.line, reason: rejection.reason, detail: rejection.detail, raw: row.raw });
    } else if ('excluded' in outcome) {
      this.#excluded[outcome.excluded] = (this.#excluded[outcome.excluded] ?? 0) + 1;
    } else this.#accepted++;
  }

  /** @param progress Share of the file that is read, 0 to 1. */
  takeBatch(progress: number): RowBatch {
    const batch = { rows: this.#rows, accepted: this.#accepted, progress, rejected: this.#newRejected };
    this.#newRejected = [];
    this.pending = 0;
    return batch;
  }

  figures(): Pick<JobFigures, 'rows' | 'accepted' | 'rejected' | 'excluded'> {
    return { rows: this.#rows, accepted: this.#accepted, rejected: this.#rejected, excluded: this.#excluded };
  }
}
