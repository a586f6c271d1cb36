import type pg from 'pg';
import { ensureWorkspace, setCurrency } from '../access/data/workspaces.ts';
import { DomainError } from '../domain/errors.ts';
import { workspaceId } from '../domain/ids.ts';
import type { Revenue } from '../domain/revenue.ts';
import { refreshStatistics } from '../store/statistics.ts';
import type { JobScope } from './data/import-batch.ts';
import { type FoundWarning, failJob, finishJob, type JobFigures, startJob } from './data/import-jobs.ts';
import { writeProfile } from './data/import-profiles.ts';
import type { Outcome, Rejection } from './formats/format.ts';
import type { Intake, OpenFile } from './intake.ts';
import { type ImportInput, type OpenImport, openImport } from './open-import.ts';
import type { Table } from './reading/table.ts';
import { RowRecord } from './row-record.ts';

export interface StartedImport {
  /** Id of the import. */
  readonly job: string;
  /** Settles when the file is stored; rejects when the import has failed. */
  readonly done: Promise<ImportReport>;
}

export interface ImportWatcher {
  onProgress?(bytes: number, total: number): void;
}

export interface ImportReport extends JobFigures {
  /** null of a dry run. */
  readonly job: string | null;
  /** Name of the kind of file. */
  readonly source: string;
  readonly currency: string;
  /** What the workspace counts as revenue: `net` is net sales whatever it is. */
  readonly revenue: Revenue;
  /** Name of the saved profile that it was read by, or is now saved as; null where there is none. */
  readonly profile: string | null;
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
  if (input.dryRun) return tryImport(pool, opened, watcher);
  const { done } = await startImport(pool, opened, watcher);
  return done;
}

/** What an import would come to. */
export async function tryImport(pool: pg.Pool, opened: OpenImport, watcher: ImportWatcher = {}): Promise<ImportReport> {
  const { workspace, format, file, table, currency, revenue, profile } = opened;
  const intake = await format.intake(pool, {
    jobId: '',
    workspaceId: workspaceId(workspace),
    currency,
    isDryRun: true,
  });
  const figures = await store(table, file, intake, watcher);
  const warnings = warningsOf(opened, intake);
  return { job: null, source: format.name, currency, revenue, profile, warnings, ...figures };
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
  opened: OpenImport,
  job: JobScope,
  watcher: ImportWatcher,
): Promise<ImportReport> {
  const { format, file, table, currency, revenue, profile, newProfile } = opened;
  const intake = await format.intake(pool, job);
  const figures = await store(table, file, intake, watcher);
  const warnings = warningsOf(opened, intake);
  await finishJob(pool, job, figures, warnings);
  const isSaving = newProfile !== null && figures.accepted > 0;
  if (isSaving) await writeProfile(pool, job.workspaceId, newProfile);
  await refreshStatistics(pool, 'imported');
  const profileName = isSaving ? newProfile.name : profile;
  return { job: job.jobId, source: format.name, currency, revenue, profile: profileName, warnings, ...figures };
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
  for await (const rows of table.batches(onRead, file.isFirstData)) {
    for (const row of rows) takeAll(file.read(row));
    if (record.pending < BATCH_ROWS) continue;
    await writing;
    writing = intake.write(record.takeBatch(Math.min(1, read / table.bytes)));
    // The failure is thrown by the next await; until then it is not an unhandled one.
    writing.catch(() => {});
    watcher.onProgress?.(read, table.bytes);
  }
  takeAll(file.end());
  await writing;
  await intake.write(record.takeBatch(1));
  await intake.close();
  watcher.onProgress?.(table.bytes, table.bytes);
  return { ...record.figures(), ...intake.figures() };
}

const warningsOf = ({ file }: OpenImport, intake: Intake<object>): FoundWarning[] => [
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
