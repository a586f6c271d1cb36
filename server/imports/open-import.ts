import { basename } from 'node:path';
import type pg from 'pg';
import { readImportSettings } from '../access/data/workspaces.ts';
import { DEFAULT_SETTINGS } from '../access/workspace-settings.ts';
import { DomainError } from '../domain/errors.ts';
import { workspaceId } from '../domain/ids.ts';
import type { Revenue } from '../domain/revenue.ts';
import { chooseCurrency } from './choose-currency.ts';
import { listProfiles, type NewProfile } from './data/import-profiles.ts';
import type { ImportChoices, OpenFile } from './intake.ts';
import { rowsOf } from './reading/first-row.ts';
import { openTable } from './reading/open-table.ts';
import type { Layout, Table } from './reading/table.ts';
import { type NamedFormat, recognise } from './recognise.ts';
import {
  choicesToSave,
  headerHash,
  mergeChoices,
  profileNamed,
  profileOfHeader,
  refuseOtherHeader,
  refuseProfileName,
} from './saved-profiles.ts';

/** Times without an offset are in the workspace's zone where none is given. */
export type GivenChoices = Omit<ImportChoices, 'timeZone'> & { readonly timeZone?: string | undefined };

export interface ImportInput {
  readonly workspace: string;
  readonly path: string;
  /** Name of the file as people know it, also in errors; that of `path` when absent. */
  readonly name?: string | undefined;
  /** What the file may be; the header decides between several. */
  readonly formats: readonly NamedFormat[];
  readonly sheet?: string | undefined;
  /** Currency of a file that names none; when absent the source's own, else the workspace's, else USD. */
  readonly currency?: string | undefined;
  readonly choices?: GivenChoices | undefined;
  /** Name of the saved profile that completes the choices; absent: the one that was saved of a file with the same header. */
  readonly profile?: string | undefined;
  /** Name under which the choices are saved when rows have been stored. */
  readonly saveProfileAs?: string | undefined;
  /** Whether to report what an import would do, and store nothing. */
  readonly dryRun?: boolean | undefined;
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a file was taken for, before anything is stored. */
export interface Recognition {
  readonly format: NamedFormat;
  readonly layout: Layout;
  readonly file: Pick<OpenFile<object>, 'columns' | 'ignored' | 'readings' | 'warnings'>;
  readonly currency: string;
  /** What the workspace counts as revenue. */
  readonly revenue: Revenue;
  /** Name of the saved profile that it is read by; null where there is none. */
  readonly profile: string | null;
}

/** A file that is ready to be stored. */
export interface OpenImport extends Recognition {
  readonly workspace: string;
  readonly name: string;
  readonly table: Table;
  readonly file: OpenFile<object>;
  /** To be saved when rows have been stored. */
  readonly newProfile: NewProfile | null;
}

/** What was seen of a file by the time that it was opened or refused. */
export interface SeenImport extends Partial<Pick<OpenImport, 'table' | 'format' | 'file' | 'profile'>> {
  readonly choices?: GivenChoices;
}

/**
 * Recognises a file and looks at all its rows; stores nothing.
 * @param onSeen Is given each part as soon as it is known.
 * @throws DomainError where the file cannot be imported as it is.
 */
export async function openImport(
  pool: pg.Pool,
  input: Omit<ImportInput, 'dryRun'>,
  onSeen: (part: SeenImport) => void = () => {},
): Promise<OpenImport> {
  try {
    return await open(pool, input, onSeen);
  } catch (error) {
    const { path, name } = input;
    if (!(error instanceof DomainError) || name === undefined) throw error;
    throw new DomainError(error.code, error.message.replaceAll(path, name), error.field, error.values);
  }
}

async function open(
  pool: pg.Pool,
  input: Omit<ImportInput, 'dryRun'>,
  onSeen: (part: SeenImport) => void,
): Promise<OpenImport> {
  const { workspace, path, name = basename(path), formats, profile, saveProfileAs } = input;
  const given = { ...input.choices, sheet: input.sheet, currency: input.currency };
  const profiles = await listProfiles(pool, workspaceId(workspace));
  if (saveProfileAs !== undefined) refuseProfileName(profiles, saveProfileAs);
  const isNew = profile === saveProfileAs && profiles.every((each) => each.name !== profile);
  const named = profile === undefined || isNew ? null : profileNamed(profiles, profile);
  const only = formats.length === 1 ? formats[0] : formats.find((format) => format.name === named?.source);
  const openSheet = async (sheet: string | undefined) =>
    stoppable(await openTable(path, { sheet, syntax: only?.syntax === 'words' ? 'words' : undefined }), input.signal);
  let table = await openSheet(given.sheet ?? named?.choices.sheet);
  onSeen({ table });
  if (named !== null) refuseOtherHeader(named, given, table.first);

  const saved = profile === undefined ? profileOfHeader(profiles, table.first, formats) : named;
  const chosen = mergeChoices(saved?.choices ?? {}, given);
  const { sheet, currency: chosenCurrency, ...choices } = chosen;
  if (sheet !== undefined && table.layout.otherSheets.includes(sheet)) table = await openSheet(sheet);
  onSeen({ table, choices, profile: saved?.name ?? null });
  const kind = only ?? formats.find((each) => each.name === saved?.source);
  const format = recognise(table, kind === undefined ? formats : [kind], choices);
  onSeen({ format });
  const known = await readImportSettings(pool, workspace);
  const timeZone = choices.timeZone ?? known?.timeZone ?? 'UTC';
  const home = chosenCurrency?.toUpperCase() ?? known?.currency;
  const file = withTitles(await format.open(table, { ...choices, timeZone, home }), table.layout);
  onSeen({ file });
  await format.check?.(pool, workspaceId(workspace), linesOf(table, file));
  const currency = await chooseCurrency(pool, { workspace, known, given: chosenCurrency, file, format });
  return {
    ...{ workspace, name, table, layout: table.layout, format, file, currency },
    revenue: known?.revenue ?? DEFAULT_SETTINGS.revenue,
    profile: saved?.name ?? null,
    newProfile:
      saveProfileAs === undefined
        ? null
        : {
            name: saveProfileAs,
            source: format.name,
            choices: choicesToSave(chosen),
            headerHash: file.isFirstData ? null : headerHash(table.first),
          },
  };
}

/** @returns The file, with a warning of the rows above its header. */
const withTitles = (file: OpenFile<object>, { titleRows }: Layout): OpenFile<object> =>
  titleRows === 0
    ? file
    : { ...file, warnings: [{ code: 'TITLE_ROWS', count: titleRows, amount: null }, ...file.warnings] };

async function* linesOf(table: Table, file: OpenFile<object>): AsyncGenerator<object> {
  for await (const row of table.rows(undefined, file.isFirstData))
    for (const outcome of file.read(row)) if ('lines' in outcome) yield* outcome.lines;
}

/** @returns A table whose rows end with the signal. */
function stoppable(table: Table, signal: AbortSignal | undefined): Table {
  if (signal === undefined) return table;
  async function* batches(...args: Parameters<Table['batches']>) {
    for await (const rows of table.batches(...args)) {
      if (signal?.aborted) throw asDomainError(signal.reason);
      yield rows;
    }
  }
  return { ...table, ...rowsOf(batches) };
}

const asDomainError = (reason: unknown) =>
  reason instanceof DomainError
    ? reason
    : new DomainError('REQUEST_CUT_OFF', 'the request ended before the file was read');
