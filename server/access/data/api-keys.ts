import type { Pool } from 'pg';

import type { Caller, CallerKey, CallerWorkspace } from '../caller.ts';

interface KeyRow {
  readonly key: Omit<CallerKey, 'lastUsedAt'>;
  readonly workspace: CallerWorkspace;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key with its workspace, by the key's hash, however stale the key is. */
export interface StoredKey extends Caller {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export async function findKey(pool: Pool, hash: string): Promise<StoredKey | null> {
  const { rows } = await pool.query<KeyRow>(
    `select
       json_build_object('id', k.id, 'name', k.name, 'kind', k.kind, 'scopes', k.scopes, 'origins', k.origins,
         'lastFour', k.last_four) as key,
       json_build_object('id', w.id, 'name', w.name, 'currency', w.currency, 'marginRate', w.margin_rate, 'globalHoldoutShare', w.global_holdout_share,
         'annualDiscountRate', w.annual_discount_rate, 'timeZone', w.time_zone, 'revenue', w.revenue, 'currencyDisplay', w.currency_display,
         'publishedRunId', w.published_run_id) as workspace,
       k.last_used_at as "lastUsedAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
     from api_key k join workspace w on w.id = k.workspace_id
     where k.hash = $1`,
    [hash],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { key, workspace, lastUsedAt, expiresAt, revokedAt } = row;
  return { key: { ...key, lastUsedAt }, workspace, expiresAt, revokedAt };
}

/** Notes that a key was used, unless that was noted less than a minute ago. */
export async function touchKey(pool: Pool, { key, workspace }: Caller, now: Date): Promise<void> {
  await pool.query(
    `update api_key set last_used_at = $3
     where workspace_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
    [workspace.id, key.id, now],
  );
}

/** Whether a usable publishable key of any workspace lists this origin: all that a preflight, which carries no key, can ask. */
export async function isListedOrigin(pool: Pool, origin: string, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from api_key
     where kind = 'PUBLISHABLE' and $1 = any(origins) and revoked_at is null and (expires_at is null or expires_at > $2)
     limit 1`,
    [origin, now],
  );
  return rowCount === 1;
}
