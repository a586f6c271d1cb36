import type pg from 'pg';
import type { ImportChoices } from '../intake.ts';

/** What was chosen of how a file is read, for the next file like it; never what a file holds. */
export interface SavedChoices
  extends Pick<ImportChoices, 'mapping' | 'decimal' | 'dateFormat' | 'dateOrder' | 'amounts' | 'states'> {
  readonly timeZone?: string | undefined;
  readonly sheet?: string | undefined;
  readonly currency?: string | undefined;
}

export interface NewProfile {
  readonly name: string;
  /** Name of the kind of file. */
  readonly source: string;
  readonly choices: SavedChoices;
  /** null of a file without a header. */
  readonly headerHash: string | null;
}

export interface SavedProfile extends NewProfile {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The profiles of a workspace by name. They are few. */
export async function listProfiles(pool: pg.Pool, workspaceId: string): Promise<readonly SavedProfile[]> {
  const { rows } = await pool.query<SavedProfile>(
    `select name, source, choices, header_hash as "headerHash", created_at as "createdAt", updated_at as "updatedAt"
     from import_profile where workspace_id = $1 order by name`,
    [workspaceId],
  );
  return rows;
}

/** Saves a profile, in place of one of the same name. */
export async function writeProfile(
  pool: pg.Pool,
  workspaceId: string,
  { name, source, choices, headerHash }: NewProfile,
): Promise<void> {
  await pool.query(
    `insert into import_profile (workspace_id, name, source, choices, header_hash) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, name) do update
       set source = excluded.source, choices = excluded.choices, header_hash = excluded.header_hash, updated_at = excluded.updated_at`,
    [workspaceId, name, source, JSON.stringify(choices), headerHash],
  );
}

/** @returns Whether there was one of this name. */
export async function removeProfile(pool: pg.Pool, workspaceId: string, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from import_profile where workspace_id = $1 and name = $2', [
    workspaceId,
    name,
  ]);
  return rowCount === 1;
}
