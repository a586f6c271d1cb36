import type { Pool } from 'pg';

import type { RecommendationFindings } from '../../engine/recommenders/evaluation/findings.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** What the published run has found out about recommending; null where it makes no recommendations. */
export async function readRecommendationFindings(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
): Promise<RecommendationFindings | null> {
  if (runId === null) return null;
  const { rows } = await pool.query<{ findings: RecommendationFindings }>(
    'select findings from recommendation_model where workspace_id = $1 and run_id = $2',
    [workspaceId, runId],
  );
  return rows[0]?.findings ?? null;
}
