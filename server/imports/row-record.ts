import type { RejectedRowInput, RowBatch } from './data/import-batch.ts';
import type { JobFigures } from './data/import-jobs.ts';
import type { Rejection } from './formats/format.ts';
import type { Row } from './reading/table.ts';

/** Keeps the books on a file's rows: how many there were, and which were rejected why. */
export class RowRecord {
  readonly #rejected: Record<string, number> = {};
  #rows = 0;
  #accepted = 0;
  #newRejected: RejectedRowInput[] = [];
  /** Rows since the last batch. */
  pending = 0;

  /** @param fault null where the row was taken. */
  add(row: Row, fault: Rejection | null): void {
    this.#rows++;
    this.pending++;
    if (fault === null) {
      this.#accepted++;
      return;
    }
    this.#rejected[fault.reason] = (this.#rejected[fault.reason] ?? 0) + 1;
    this.#newRejected.push({ lineNo: row.line, reason: fault.reason, detail: fault.detail, raw: row.raw });
  }

  takeBatch(): RowBatch {
    const batch = { rows: this.#rows, accepted: this.#accepted, rejected: this.#newRejected };
    this.#newRejected = [];
    this.pending = 0;
    return batch;
  }

  figures(): Pick<JobFigures, 'rows' | 'accepted' | 'rejected' | 'excluded'> {
    return { rows: this.#rows, accepted: this.#accepted, rejected: this.#rejected, excluded: {} };
  }
}
