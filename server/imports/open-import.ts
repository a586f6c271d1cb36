import { basename } from 'node:path';
import type pg from 'pg';
import { readImportSettings } from '../access/data/workspaces.ts';
import { workspaceId } from '../domain/ids.ts';
import { chooseCurrency } from './choose-currency.ts';
import { listProfiles, type NewProfile } from './data/import-profiles.ts';
import type { ImportChoices, OpenFile } from './intake.ts';
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
  /** Name of the saved profile that completes the choices; absent: the one that was saved of a file with the same header. */
  readonly profile?: string | undefined;
  /** Name under which the choices are saved when rows have been stored. */
  readonly saveProfileAs?: string | undefined;
  /** Whether to report what an import would do, and store nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What a file was taken for, before anything is stored. */
export interface Recognition {
  readonly format: NamedFormat;
  readonly layout: Layout;
  readonly file: Pick<OpenFile<object>, 'columns' | 'ignored' | 'readings' | 'warnings'>;
  readonly currency: string;
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

/** Recognises a file and looks at all its rows; stores nothing. @throws DomainError where the file cannot be imported as it is. */
export async function openImport(pool: pg.Pool, input: Omit<ImportInput, 'dryRun'>): Promise<OpenImport> {
  const { workspace, path, name = basename(path), formats, profile, saveProfileAs } = input;
  const given = { ...input.choices, sheet: input.sheet, currency: input.currency };
  const profiles = await listProfiles(pool, workspaceId(workspace));
  if (saveProfileAs !== undefined) refuseProfileName(profiles, saveProfileAs);
  const isNew = profile === saveProfileAs && profiles.every((each) => each.name !== profile);
  const named = profile === undefined || isNew ? null : profileNamed(profiles, profile);
  const only = formats.length === 1 ? formats[0] : formats.find((format) => format.name === named?.source);
  const openSheet = (sheet: string | undefined) =>
    openTable(path, { sheet, syntax: only?.syntax === 'words' ? 'words' : undefined });
  let table = await openSheet(given.sheet ?? named?.choices.sheet);
  if (named !== null) refuseOtherHeader(named, given, table.first);

  const saved = profile === undefined ? profileOfHeader(profiles, table.first, formats) : named;
  const chosen = mergeChoices(saved?.choices ?? {}, given);
  const { sheet, currency: chosenCurrency, ...choices } = chosen;
  if (sheet !== undefined && table.layout.otherSheets.includes(sheet)) table = await openSheet(sheet);
  const kind = only ?? formats.find((each) => each.name === saved?.source);
  const format = recognise(table, kind === undefined ? formats : [kind], choices);
  const known = await readImportSettings(pool, workspace);
  const file = await format.open(table, { timeZone: known?.timeZone ?? 'UTC', ...choices });
  const currency = await chooseCurrency(pool, { workspace, known, given: chosenCurrency, file, format });
  return {
    ...{ workspace, name, table, layout: table.layout, format, file, currency },
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
