import { basename } from 'node:path';
import type pg from 'pg';
import { ensureWorkspace, readImportSettings, setCurrency } from '../access/data/workspaces.ts';
import { DomainError } from '../domain/errors.ts';
import { workspaceId } from '../domain/ids.ts';
import { refreshStatistics } from '../store/statistics.ts';
import { chooseCurrency } from './choose-currency.ts';
import type { JobScope } from './data/import-batch.ts';
import { type FoundWarning, failJob, finishJob, type JobFigures, startJob } from './data/import-jobs.ts';
import type { Outcome, Rejection } from './formats/format.ts';
import type { ImportChoices, Intake, OpenFile } from './intake.ts';
import { openTable } from './reading/open-table.ts';
import type { Layout, Table } from './reading/table.ts';
import { type NamedFormat, recognise } from './recognise.ts';
import { RowRecord } from './row-record.ts';

export interface ImportInput {
  readonly workspace: string;
  readonly path: string;
  /** Name of the file as people know it; that of `path` when absent. */
  readonly name?: string | undefined;
  /** What the file may be; the header decides between several. */
  readonly formats: readonly NamedFormat[];
  readonly sheet?: string | undefined;
  /** Currency of a file that names none; when absent the source's own, else the workspace's, else USD. */
  readonly currency?: string | undefined;
  readonly choices?: Partial<ImportChoices> | undefined;
  /** Whether to report what an import would do, and store nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What a file was taken for, before anything is stored. */
export interface Recognition {
  readonly format: NamedFormat;
  readonly layout: Layout;
  readonly file: Pick<OpenFile<object>, 'columns' | 'ignored' | 'readings' | 'warnings'>;
  readonly currency: string;
}

/** A file that is ready to be stored. */
export interface OpenImport extends Recognition {
  readonly workspace: string;
  readonly name: string;
  readonly table: Table;
  readonly file: OpenFile<object>;
}

export interface StartedImport {
  /** Id of the import. */
  readonly job: string;
  /** Settles when the file is stored; rejects when the import has failed. */
  readonly done: Promise<ImportReport>;
}

export interface ImportWatcher {
  onRecognised?(recognition: Recognition): void;
  onProgress?(bytes: number, total: number): void;
}

export interface ImportReport extends JobFigures {
  /** null of a dry run. */
  readonly job: string | null;
  /** Name of the kind of file. */
  readonly source: string;
  readonly currency: string;
  readonly warnings: readonly FoundWarning[];
}

/** Rows a batch holds: one transaction, and the most that a crash can take back. Smaller ones spend their time on round trips. */
const BATCH_ROWS = 10_000;

/** Reads a file into a workspace. Importing it again, or after a crash, leads to the same rows and figures. */
export async function importFile(
  pool: pg.Pool,
  input: ImportInput,
  watcher: ImportWatcher = {},
): Promise<ImportReport> {
  const opened = await openImport(pool, input);
  watcher.onRecognised?.(opened);
  if (input.dryRun) return tryImport(pool, opened, watcher);
  const { done } = await startImport(pool, opened, watcher);
  return done;
}

/** Recognises a file and looks at all its rows; stores nothing. @throws DomainError where the file cannot be imported as it is. */
export async function openImport(
  pool: pg.Pool,
  { workspace, path, name = basename(path), formats, sheet, currency: given, choices }: Omit<ImportInput, 'dryRun'>,
): Promise<OpenImport> {
  const only = formats.length === 1 ? formats[0] : undefined;
  const table = await openTable(path, { sheet, syntax: only?.syntax === 'words' ? 'words' : undefined });
  const format = only ?? recognise(table, formats);
  const known = await readImportSettings(pool, workspace);
  const file = await format.open(table, { timeZone: known?.timeZone ?? 'UTC', ...choices });
  const currency = await chooseCurrency(pool, { workspace, known, given, file, format });
  return { workspace, name, table, layout: table.layout, format, file, currency };
}

/** What an import would come to. */
export async function tryImport(
  pool: pg.Pool,
  { workspace, format, file, table, currency }: OpenImport,
  watcher: ImportWatcher = {},
): Promise<ImportReport> {
  const intake = await format.intake(pool, {
    jobId: '',
    workspaceId: workspaceId(workspace),
    currency,
    isDryRun: true,
  });
  const figures = await store(table, file, intake, watcher);
  return { job: null, source: format.name, currency, warnings: warningsOf(file, intake), ...figures };
}

/** Records an import; the rows are stored behind `done`. */
export async function startImport(
  pool: pg.Pool,
  opened: OpenImport,
  watcher: ImportWatcher = {},
): Promise<StartedImport> {
  const { currency, name, format } = opened;
  const workspace = await ensureWorkspace(pool, opened.workspace, currency);
  if (workspace.currency !== currency) await setCurrency(pool, workspace.id, currency);
  const job: JobScope = {
    jobId: await startJob(pool, workspace.id, { name, source: format.name }),
    workspaceId: workspace.id,
    currency,
    isDryRun: false,
  };
  const done = storeImport(pool, opened, job, watcher).catch(async (error: unknown) => {
    const reason = error instanceof DomainError ? error.message : 'an unexpected fault, see the log';
    await failJob(pool, job, reason).catch(() => {});
    throw error;
  });
  // Whoever does not wait reads the outcome from the import itself.
  done.catch(() => {});
  return { job: job.jobId, done };
}

async function storeImport(
  pool: pg.Pool,
  { format, file, table, currency }: OpenImport,
  job: JobScope,
  watcher: ImportWatcher,
): Promise<ImportReport> {
  const intake = await format.intake(pool, job);
  const figures = await store(table, file, intake, watcher);
  const warnings = warningsOf(file, intake);
  await finishJob(pool, job, figures, warnings);
  await refreshStatistics(pool, 'imported');
  return { job: job.jobId, source: format.name, currency, warnings, ...figures };
}

/** Reads on while the batch before is being written. */
async function store(
  table: Table,
  file: OpenFile<object>,
  intake: Intake<object>,
  watcher: ImportWatcher,
): Promise<JobFigures> {
  const record = new RowRecord();
  let read = 0;
  let writing: Promise<void> = Promise.resolve();
  const takeAll = (outcomes: Iterable<Outcome<object>>) => {
    for (const outcome of outcomes) record.add(outcome, take(outcome, intake));
  };
  const onRead = (bytes: number) => {
    read += bytes;
  };
  for await (const row of table.rows(onRead, file.isFirstData)) {
    takeAll(file.read(row));
    if (record.pending < BATCH_ROWS) continue;
    await writing;
    writing = intake.write(record.takeBatch());
    // The failure is thrown by the next await; until then it is not an unhandled one.
    writing.catch(() => {});
    watcher.onProgress?.(read, table.bytes);
  }
  takeAll(file.end());
  await writing;
  await intake.write(record.takeBatch());
  await intake.close();
  watcher.onProgress?.(table.bytes, table.bytes);
  return { ...record.figures(), ...intake.figures() };
}

const warningsOf = (file: OpenFile<object>, intake: Intake<object>) => [
  ...file.warnings,
  ...(intake.warnings?.() ?? []),
];

/** @returns What is wrong with a row's lines; null where all were taken. */
function take(outcome: Outcome<object>, intake: Intake<object>): Rejection | null {
  if ('excluded' in outcome && outcome.drop !== undefined) intake.drop?.(outcome.drop);
  if (!('lines' in outcome)) return null;
  for (const line of outcome.lines) {
    const fault = intake.take(line);
    if (fault !== null) return fault;
  }
  return null;
}
