import type pg from 'pg';

import { DomainError } from '../../domain/errors.ts';
import { KINDS } from '../../imports/choice-names.ts';
import { listAllCampaigns } from '../data/campaigns.ts';
import type { ExposureLine } from './exposure-line.ts';

/**
 * Refuses a file all of whose campaigns are new, and of which nothing shows what they are for: no row could be stored.
 * @param lines Are read to the first that can be stored.
 * @throws DomainError MISSING_KIND
 */
export async function refuseWithoutKind(
  pool: pg.Pool,
  workspaceId: string,
  lines: AsyncIterable<ExposureLine>,
): Promise<void> {
  const known = new Set((await listAllCampaigns(pool, workspaceId)).map(({ name }) => name));
  let unknown: string | undefined;
  for await (const { campaign, kind } of lines) {
    if (kind !== null || known.has(campaign)) return;
    unknown ??= campaign;
  }
  if (unknown === undefined) return;
  throw new DomainError(
    'MISSING_KIND',
    `the workspace has no campaign "${unknown}", and nothing shows what it is for: name it with --kind (${Object.keys(KINDS).join(', ')}) or a column "kind"`,
    ['kind'],
  );
}
