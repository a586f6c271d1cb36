import type pg from 'pg';
import type { ColumnReading } from './columns/spelling-survey.ts';
import type { JobScope, RowBatch } from './data/import-batch.ts';
import type { FileFigures, FoundWarning } from './data/import-jobs.ts';
import type { ColumnMatch } from './formats/columns.ts';
import type { DroppedOrder, Outcome, Rejection, RowChoices } from './formats/format.ts';
import type { OrderChoices } from './orders/order-survey.ts';
import type { Row, Table } from './reading/table.ts';

/** What whoever imports has chosen of a file; what is absent, the file decides. */
export interface ImportChoices extends OrderChoices, RowChoices {}

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

/** A file that has been looked at as a whole, and is ready to be stored. */
export interface OpenFile<Line> {
  readonly columns: readonly ColumnMatch[];
  /** Headers that no column matches. */
  readonly ignored: readonly string[];
  /** Rows by the currency that they name. */
  readonly currencies: ReadonlyMap<string, number>;
  readonly warnings: readonly FoundWarning[];
  /** What was decided of columns that could be read in several ways. */
  readonly readings: readonly ColumnReading[];
  /** Whether the first row is data and no header. */
  readonly isFirstData: boolean;
  /** What a row comes to, and the rows before it that waited for it. */
  read(row: Row): Iterable<Outcome<Line>>;
  /** After the last row. */
  end(): Iterable<Outcome<Line>>;
}

/** A column, as people see it who can choose its header. */
export interface FormatColumn extends ColumnMatch {
  /** Whether a file without it is refused. */
  readonly isRequired: boolean;
}

/** A kind of file: how it is recognised and read, and what stores its lines. */
export interface ImportFormat<Line extends object = object> {
  readonly holds: 'orders' | 'customers' | 'products' | 'events' | 'exposures' | 'rates';
  /** As people call it. */
  readonly title: string;
  /** What a file of this kind looks like, for error messages. */
  readonly expects: string;
  /** All columns that it knows. */
  readonly columns: readonly string[];
  /** What a first row has of them, also where it lacks some. */
  match(first: readonly string[], choices: RowChoices): readonly FormatColumn[];
  /** Whether a first row is that of such a file; larger is surer, 0 is no. */
  recognise(first: readonly string[], choices?: RowChoices): number;
  /** Currency of a file that names none; null where that is the workspace's. */
  readonly currency: string | null;
  readonly syntax: 'csv' | 'words';
  /** Whether a refund without a customer is of the customer of the order that it names. */
  readonly refundsOfOrders?: boolean | undefined;
  /** @throws DomainError where the file is not of this kind, or does not show how it is to be read. */
  open(table: Table, choices: ImportChoices): Promise<OpenFile<Line>>;
  /**
   * Refuses a file of which the workspace can store no row. Only for kinds of file each of whose rows counts by itself.
   * @param lines Those of all rows, read as far as they are asked for.
   * @throws DomainError
   */
  check?(pool: pg.Pool, workspaceId: string, lines: AsyncIterable<Line>): Promise<void>;
  intake(pool: pg.Pool, job: JobScope): Intake<Line> | Promise<Intake<Line>>;
}
