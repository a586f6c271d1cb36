import type pg from 'pg';
import { campaignIntake } from '../services/campaign-intake.ts';
import { catalogueIntake } from './catalogue-intake.ts';
import type { JobScope, RowBatch } from './data/import-batch.ts';
import type { FileFigures } from './data/import-jobs.ts';
import { eventIntake } from './event-intake.ts';
import type { Lines, Rejection } from './formats/format.ts';
import { orderIntake } from './order-intake.ts';

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

export const INTAKES: {
  readonly [Kind in keyof Lines]: (pool: pg.Pool, job: JobScope) => Intake<Lines[Kind]> | Promise<Intake<Lines[Kind]>>;
} = {
  orders: orderIntake,
  products: catalogueIntake,
  events: eventIntake,
  exposures: campaignIntake,
};
