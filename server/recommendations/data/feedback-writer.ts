import type { Pool } from 'pg';
import type { FeedbackKind } from '../../domain/recommendations.ts';
import { type Columns, insertion } from '../../store/sql/unnest.ts';
import type { RecommendationId } from '../recommendation-id.ts';

export interface FeedbackRow extends Omit<RecommendationId, 'kind'> {
  readonly id: string;
  readonly recommendationKind: string;
  readonly kind: FeedbackKind;
  readonly at: Date;
}

const COLUMNS: Columns<FeedbackRow> = {
  customerId: 'uuid',
  id: 'uuid',
  runId: 'uuid',
  productId: 'uuid',
  recommendationKind: 'text',
  kind: 'text',
  placement: 'text',
  variant: 'text',
  at: 'timestamptz',
};

/** The customers and products of these that the workspace has. */
export async function knownParties(
  pool: Pool,
  workspaceId: string,
  rows: readonly Pick<FeedbackRow, 'customerId' | 'productId'>[],
): Promise<ReadonlySet<string>> {
  const { rows: found } = await pool.query<{ id: string }>(
    `select id from customer where workspace_id = $1 and id = any($2::uuid[]) and not is_anonymous
     union all select id from product where workspace_id = $1 and id = any($3::uuid[])`,
    [workspaceId, rows.map(({ customerId }) => customerId), rows.map(({ productId }) => productId)],
  );
  return new Set(found.map(({ id }) => id));
}

/** Adds feedback, leaving alone what is there. @returns How much of it is new. */
export async function insertFeedback(pool: Pool, workspaceId: string, rows: readonly FeedbackRow[]): Promise<number> {
  const { rowCount } = await pool.query(
    insertion('recommendation_feedback', { workspace_id: workspaceId }, COLUMNS, rows, 'on conflict do nothing'),
  );
  return rowCount ?? 0;
}
