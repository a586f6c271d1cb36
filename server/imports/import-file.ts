import { basename } from 'node:path';
import type pg from 'pg';
import { currencyOf, ensureWorkspace, setCurrency } from '../access/data/workspaces.ts';
import { DomainError } from '../domain/errors.ts';
import { refreshStatistics } from '../store/statistics.ts';
import type { JobScope } from './data/import-batch.ts';
import { failJob, finishJob, type JobFigures, startJob } from './data/import-jobs.ts';
import { type ColumnMatch, type Format, isRejection, type Rejection, type RowReader } from './formats/format.ts';
import type { ImportFormat, Intake } from './intake.ts';
import { openTable } from './reading/open-table.ts';
import type { Table } from './reading/table.ts';
import { RowRecord } from './row-record.ts';

export interface ImportInput {
  readonly workspace: string;
  readonly path: string;
  readonly format: ImportFormat & { readonly name: string };
  /** Currency of a file that names none; when absent the format's own, else the workspace's, else USD. */
  readonly currency?: string | undefined;
}

export interface ImportWatcher {
  /** Before anything is stored. */
  onColumns?(columns: readonly ColumnMatch[], ignored: readonly string[], currency: string): void;
  onProgress?(bytes: number, total: number): void;
}

export interface ImportReport extends JobFigures {
  readonly job: string;
  readonly currency: string;
}

/** Rows a batch holds: one transaction, and the most that a crash can take back. Smaller ones spend their time on round trips. */
const BATCH_ROWS = 10_000;
/** Rows read before anything is stored, to refuse a file whose dates cannot be read. */
const SAMPLE_ROWS = 200;

/** Reads a file into a workspace. Importing it again, or after a crash, leads to the same rows and figures. */
export async function importFile(
  pool: pg.Pool,
  input: ImportInput,
  watcher: ImportWatcher = {},
): Promise<ImportReport> {
  const { syntax } = input.format.reads;
  const table = await openTable(input.path, { syntax: syntax === 'words' ? syntax : undefined });
  const sample = await readSample(table, input.format.reads);
  const known = await currencyOf(pool, input.workspace);
  const currency = sample.currency ?? givenCurrency(input) ?? input.format.reads.currency ?? known?.currency ?? 'USD';
  watcher.onColumns?.(sample.reader.columns, sample.reader.ignored, currency);

  const workspace = await ensureWorkspace(pool, input.workspace, currency);
  if (known?.isBound && known.currency !== currency) {
    throw new DomainError(
      'OTHER_CURRENCY',
      `workspace "${workspace.name}" is kept in ${known.currency} and the file is in ${currency}: import it into a workspace of its own`,
      ['currency'],
    );
  }
  if (workspace.currency !== currency) await setCurrency(pool, workspace.id, currency);

  const job: JobScope = {
    jobId: await startJob(pool, workspace.id, { name: basename(input.path), source: input.format.name }),
    workspaceId: workspace.id,
    currency,
  };
  try {
    const intake = await input.format.intake(pool, job);
    const record = new RowRecord();
    await store(job, table, input.format.reads, intake, record, watcher);
    await intake.close();
    const figures = { ...record.figures(), ...intake.figures() };
    await finishJob(pool, job, figures, intake.warnings?.());
    await refreshStatistics(pool, 'imported');
    return { job: job.jobId, currency, ...figures };
  } catch (error) {
    await failJob(pool, job, error instanceof DomainError ? error.message : 'an unexpected fault, see the log').catch(
      () => {},
    );
    throw error;
  }
}

function givenCurrency({ currency }: Pick<ImportInput, 'currency'>): string | undefined {
  if (currency === undefined || /^[A-Z]{3}$/i.test(currency)) return currency?.toUpperCase();
  throw new DomainError('BAD_CURRENCY', `currency "${currency}": expected a code of three letters, such as EUR`, [
    'currency',
  ]);
}

/** Reads on while the batch before is being written. */
async function store(
  job: JobScope,
  table: Table,
  format: Format,
  intake: Intake<object>,
  record: RowRecord,
  watcher: ImportWatcher,
): Promise<void> {
  let read = 0;
  const reader = format.open(table.first);
  let writing: Promise<void> = Promise.resolve();
  const onRead = (bytes: number) => {
    read += bytes;
  };
  for await (const row of table.rows(onRead, format.isData(table.first))) {
    const reading = row.fields === null ? { reason: 'BAD_SYNTAX', detail: row.fault ?? '' } : reader.read(row.fields);
    if (record.pending >= BATCH_ROWS) {
      await writing;
      writing = intake.write(record.takeBatch());
      // The failure is thrown by the next await; until then it is not an unhandled one.
      writing.catch(() => {});
      watcher.onProgress?.(read, table.bytes);
    }
    const fault = isRejection(reading) ? reading : (refuseCurrency(reading, job) ?? intake.take(reading));
    record.add(row, fault);
  }
  await writing;
  await intake.write(record.takeBatch());
  watcher.onProgress?.(table.bytes, table.bytes);
}

const currencyIn = (line: object) => ('currency' in line && typeof line.currency === 'string' ? line.currency : null);

function refuseCurrency(line: object, job: JobScope): Rejection | null {
  const currency = currencyIn(line);
  if (currency === null || currency === job.currency) return null;
  return { reason: 'OTHER_CURRENCY', detail: `${currency} in a file and workspace of ${job.currency}` };
}

/** @throws DomainError when the columns do not fit, there are no rows, or no date can be read. */
async function readSample(
  table: Table,
  format: Format,
): Promise<{ reader: RowReader<object>; currency: string | null }> {
  const reader = format.open(table.first);
  let count = 0;
  let badDate: string | undefined;
  let currency: string | null = null;
  let dates = 0;
  for await (const { fields } of table.rows(undefined, format.isData(table.first))) {
    if (++count > SAMPLE_ROWS) break;
    if (fields === null) continue;
    const reading = reader.read(fields);
    if (isRejection(reading)) {
      if (reading.reason === 'BAD_DATE') badDate ??= reading.detail;
      continue;
    }
    dates++;
    currency ??= currencyIn(reading);
  }
  if (count === 0)
    throw new DomainError('EMPTY_FILE', `${table.path} has no rows: expected ${format.expects}`, ['file']);
  if (dates === 0 && badDate !== undefined) {
    throw new DomainError(
      'UNREADABLE_DATES',
      `no date in the first ${Math.min(count, SAMPLE_ROWS)} rows of ${table.path} can be read; ${badDate}`,
      ['file'],
    );
  }
  return { reader, currency };
}
