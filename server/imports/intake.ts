import type pg from 'pg';

import type { JobScope, RowBatch } from './data/import-batch.ts';
import type { FileFigures, FoundWarning } from './data/import-jobs.ts';
import type { ExcludedOrder } from './data/order-batch.ts';
import type { Format, Rejection } from './formats/format.ts';

/** Takes the lines of one kind of file into the database. */
export interface Intake<Line> {
  /** @returns What is wrong with a line that cannot be taken; null when it was. */
  take(line: Line): Rejection | null;
  /** Notes that an order does not count: where it is stored it is deleted with its refunds, unless other lines name it. */
  drop?(order: DroppedOrder): void;
  /** Stores what was taken since the last batch, and with it what became of the rows. Lines may be taken meanwhile. */
  write(rows: RowBatch): Promise<void>;
  /** Settles, after the last batch, what only the whole file knows. */
  close(): Promise<void>;
  figures(): FileFigures;
  /** What only the whole file shows. */
  warnings?(): readonly FoundWarning[];
}

export interface DroppedOrder extends Pick<ExcludedOrder, 'number' | 'at'> {
  /** null where nothing names the customer. */
  readonly customer: string | null;
}

/** A kind of file: how it is read, and what stores its lines. */
export interface ImportFormat<Line extends object = object> {
  readonly reads: Format<Line>;
  intake(pool: pg.Pool, job: JobScope): Intake<Line> | Promise<Intake<Line>>;
}
