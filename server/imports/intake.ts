import type pg from 'pg';

import type { JobScope, RowBatch } from './data/import-batch.ts';
import type { FileFigures } from './data/import-jobs.ts';
import type { Format, Rejection } from './formats/format.ts';

/** Takes the lines of one kind of file into the database. */
export interface Intake<Line> {
  /** @returns What is wrong with a line that cannot be taken; null when it was. */
  take(line: Line): Rejection | null;
  /** Stores what was taken since the last batch, and with it what became of the rows. Lines may be taken meanwhile. */
  write(rows: RowBatch): Promise<void>;
  /** Settles, after the last batch, what only the whole file knows. */
  close(): Promise<void>;
  figures(): FileFigures;
}

/** A kind of file: how it is read, and what stores its lines. */
export interface ImportFormat<Line extends object = object> {
  readonly reads: Format<Line>;
  intake(pool: pg.Pool, job: JobScope): Intake<Line> | Promise<Intake<Line>>;
}
