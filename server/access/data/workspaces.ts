import type pg from 'pg';
import { DomainError } from '../../domain/errors.ts';
import { workspaceId } from '../../domain/ids.ts';
import type { Revenue } from '../../domain/revenue.ts';
import { inTransaction } from '../../store/transaction.ts';
import type { CallerWorkspace } from '../caller.ts';
import type { WorkspaceSettings } from '../workspace-settings.ts';
import { writeRevenue } from './revenue.ts';
import { writeTimeZone } from './time-zone.ts';

const COLUMNS = `id, name, currency, annual_discount_rate as "annualDiscountRate", margin_rate as "marginRate",
  time_zone as "timeZone", revenue, currency_display as "currencyDisplay", global_holdout_share as "globalHoldoutShare", published_run_id as "publishedRunId"`;

/** @throws DomainError NO_SUCH_WORKSPACE naming those that exist. */
export async function findWorkspace(pool: pg.Pool, name: string): Promise<CallerWorkspace> {
  const { rows } = await pool.query<CallerWorkspace>(`select ${COLUMNS} from workspace where name = $1`, [name]);
  if (rows[0] !== undefined) return rows[0];
  const others = await workspaceNames(pool);
  const known = others.length === 0 ? 'there is none yet: import a file first' : `there are: ${others.join(', ')}`;
  throw new DomainError('NO_SUCH_WORKSPACE', `no workspace "${name}"; ${known}`, ['workspace']);
}

export async function workspaceNames(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from workspace order by name');
  return rows.map(({ name }) => name);
}

/** The workspace of this name, made in `currency` when there is none. */
export async function ensureWorkspace(pool: pg.Pool, name: string, currency = 'USD'): Promise<CallerWorkspace> {
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(name)) {
    throw new DomainError(
      'BAD_WORKSPACE',
      `"${name}" is no name for a workspace: expected letters, digits, - and _, at most 63`,
      ['workspace'],
    );
  }
  await pool.query('insert into workspace (id, name, currency) values ($1, $2, $3) on conflict do nothing', [
    workspaceId(name),
    name,
    currency,
  ]);
  return findWorkspace(pool, name);
}

/** Whether there is a workspace of this name with a published run. */
export async function isPublished(pool: pg.Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('select 1 from workspace where name = $1 and published_run_id is not null', [
    name,
  ]);
  return rowCount === 1;
}

interface ImportSettings {
  readonly currency: string;
  readonly isBound: boolean;
  readonly timeZone: string;
  readonly revenue: Revenue;
}

/** What a file is read by; bound: there are amounts in the currency. Null where there is no such workspace. */
export async function readImportSettings(pool: pg.Pool, name: string): Promise<ImportSettings | null> {
  const { rows } = await pool.query<ImportSettings>(
    `select currency, time_zone as "timeZone", revenue,
       exists (select from customer c where c.workspace_id = w.id and c.history_version > 0)
       or exists (select from product p where p.workspace_id = w.id and (p.price is not null or p.unit_cost is not null)) as "isBound"
     from workspace w where name = $1`,
    [name],
  );
  return rows[0] ?? null;
}

export async function setCurrency(pool: pg.Pool, workspaceId: string, currency: string): Promise<void> {
  await pool.query('update workspace set currency = $2 where id = $1', [workspaceId, currency]);
}

export async function setGlobalHoldoutShare(pool: pg.Pool, workspaceId: string, share: number): Promise<void> {
  await pool.query('update workspace set global_holdout_share = $2 where id = $1', [workspaceId, share]);
}

const SETTING: Readonly<Record<keyof WorkspaceSettings, string>> = {
  marginRate: 'margin_rate',
  annualDiscountRate: 'annual_discount_rate',
  timeZone: 'time_zone',
  revenue: 'revenue',
  currencyDisplay: 'currency_display',
};

/** Writes the settings that are given. @returns All of them. */
export const writeSettings = (
  pool: pg.Pool,
  workspaceId: string,
  settings: Partial<WorkspaceSettings>,
): Promise<WorkspaceSettings> =>
  settings.timeZone === undefined && settings.revenue === undefined
    ? updateSettings(pool, workspaceId, settings)
    : inTransaction(pool, async (tx) => {
        if (settings.timeZone !== undefined) await writeTimeZone(tx, workspaceId, settings.timeZone);
        if (settings.revenue !== undefined) await writeRevenue(tx, workspaceId, settings.revenue);
        return updateSettings(tx, workspaceId, settings);
      });

async function updateSettings(
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  settings: Partial<WorkspaceSettings>,
): Promise<WorkspaceSettings> {
  const names = Object.keys(settings) as (keyof WorkspaceSettings)[];
  const written = names.map((name, i) => `${SETTING[name]} = $${i + 2}`);
  const { rows } = await db.query<WorkspaceSettings>(
    `update workspace set ${['id = id', ...written].join(', ')} where id = $1
     returning margin_rate as "marginRate", annual_discount_rate as "annualDiscountRate", time_zone as "timeZone",
       revenue, currency_display as "currencyDisplay"`,
    [workspaceId, ...names.map((name) => settings[name])],
  );
  return rows[0]!;
}
