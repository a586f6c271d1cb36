import { basename } from 'node:path';
import type pg from 'pg';

import type { JobScope } from '../data/fact-batch.ts';
import { closeFacts, writeFacts } from '../data/fact-writer.ts';
import { failJob, finishJob, type JobFigures, startJob } from '../data/import-jobs.ts';
import { refreshStatistics } from '../data/statistics.ts';
import { ensureWorkspace, knownCurrency, setCurrency } from '../data/workspaces.ts';
import { DomainError } from '../domain/errors.ts';
import { type ColumnMatch, type Format, isRejection, type RowReader } from '../ingest/format.ts';
import { inspect, rows, type Source } from '../ingest/read-rows.ts';
import { FactCollector } from './fact-collector.ts';

export interface ImportInput {
  readonly workspace: string;
  readonly path: string;
  readonly format: { readonly name: string; readonly reads: Format };
  /** Currency of a file that names none; when absent the format's own, else that of the orders that are there, else USD. */
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

/** Reads a file of orders into a workspace. Importing it again, or after a crash, leads to the same rows and figures. */
export async function importFile(
  pool: pg.Pool,
  input: ImportInput,
  watcher: ImportWatcher = {},
): Promise<ImportReport> {
  const source = await inspect(input.path);
  const sample = await readSample(source, input.format.reads);
  const known = await knownCurrency(pool, input.workspace);
  const currency = sample.currency ?? givenCurrency(input) ?? input.format.reads.currency ?? known ?? 'USD';
  watcher.onColumns?.(sample.reader.columns, sample.reader.ignored, currency);

  const workspace = await ensureWorkspace(pool, input.workspace, currency);
  if (known !== null && known !== currency) {
    throw new DomainError(
      'OTHER_CURRENCY',
      `workspace "${workspace.name}" is kept in ${known} and the file is in ${currency}: import it into a workspace of its own`,
      ['currency'],
    );
  }
  if (workspace.currency !== currency) await setCurrency(pool, workspace.id, currency);

  const job: JobScope = {
    jobId: await startJob(pool, workspace.id, { name: basename(input.path), format: input.format.name }),
    workspaceId: workspace.id,
    currency,
  };
  try {
    const facts = new FactCollector(workspace.id, currency);
    await store(pool, job, source, input.format.reads, facts, watcher);
    await closeFacts(pool, job, facts.closing());
    await finishJob(pool, job, facts.figures());
    await refreshStatistics(pool, 'facts');
    return { job: job.jobId, currency, ...facts.figures() };
  } catch (error) {
    await failJob(pool, job, error instanceof DomainError ? error.message : 'an unexpected fault, see the log').catch(
      () => {},
    );
    throw error;
  }
}

function givenCurrency({ currency }: ImportInput): string | undefined {
  if (currency === undefined || /^[A-Z]{3}$/i.test(currency)) return currency?.toUpperCase();
  throw new DomainError('BAD_CURRENCY', `currency "${currency}": expected a code of three letters, such as EUR`, [
    'currency',
  ]);
}

/** Reads on while the batch before is being written. */
async function store(
  pool: pg.Pool,
  job: JobScope,
  source: Source,
  format: Format,
  facts: FactCollector,
  watcher: ImportWatcher,
): Promise<void> {
  let read = 0;
  let reader: RowReader | undefined;
  let writing: Promise<void> = Promise.resolve();
  const onRead = (bytes: number) => {
    read += bytes;
  };
  for await (const row of rows(source, format.syntax, onRead)) {
    if (reader === undefined) {
      const first = row.fields ?? [];
      reader = format.open(first);
      if (!format.isData(first)) continue;
    }
    const reading = row.fields === null ? { reason: 'BAD_SYNTAX', detail: row.fault ?? '' } : reader.read(row.fields);
    if (facts.pendingRows >= BATCH_ROWS) {
      await writing;
      writing = write(pool, job, facts);
      // The failure is thrown by the next await; until then it is not an unhandled one.
      writing.catch(() => {});
      watcher.onProgress?.(read, source.bytes);
    }
    facts.add(row, reading);
  }
  await writing;
  await write(pool, job, facts);
  watcher.onProgress?.(source.bytes, source.bytes);
}

async function write(pool: pg.Pool, job: JobScope, facts: FactCollector): Promise<void> {
  const batch = facts.takeBatch();
  facts.markStored(batch, await writeFacts(pool, job, batch));
}

/** @throws DomainError when the columns do not fit, there are no rows, or no date can be read. */
async function readSample(source: Source, format: Format): Promise<{ reader: RowReader; currency: string | null }> {
  let reader: RowReader | undefined;
  let count = 0;
  let badDate: string | undefined;
  let currency: string | null = null;
  let dates = 0;
  for await (const { fields } of rows(source, format.syntax)) {
    if (reader === undefined) {
      reader = format.open(fields ?? []);
      if (!format.isData(fields ?? [])) continue;
    }
    if (++count > SAMPLE_ROWS) break;
    if (fields === null) continue;
    const reading = reader.read(fields);
    if (isRejection(reading)) {
      if (reading.reason === 'BAD_DATE') badDate ??= reading.detail;
      continue;
    }
    dates++;
    currency ??= reading.currency;
  }
  if (reader === undefined || count === 0)
    throw new DomainError('EMPTY_FILE', `${source.path} has no rows: expected ${format.expects}`, ['file']);
  if (dates === 0 && badDate !== undefined) {
    throw new DomainError(
      'UNREADABLE_DATES',
      `no date in the first ${Math.min(count, SAMPLE_ROWS)} rows of ${source.path} can be read; ${badDate}`,
      ['file'],
    );
  }
  return { reader, currency };
}
