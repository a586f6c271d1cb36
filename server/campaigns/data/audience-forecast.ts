import type { Pool } from 'pg';
import { matchingCustomers } from '../../customers/data/customer-list.ts';
import type { CampaignAudience } from '../../domain/campaigns.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export interface AudienceForecast {
  readonly customers: number;
  /** Mean probability of an order within the window; null without a run that knows any of them. */
  readonly conversion: number | null;
}

/**
 * How many customers an audience has, and what share of them the published run expects to order within a window anyway: the
 * probability for 90 days, brought down to the window as if it came evenly.
 */
export async function forecastAudience(
  pool: Pool,
  view: WorkspaceView,
  audience: CampaignAudience,
  windowDays: number,
): Promise<AudienceForecast> {
  const { matching, values, bind } = matchingCustomers(view, audience);
  const { rows } = await pool.query<AudienceForecast>(
    `select count(*)::int as customers, avg(1 - power(s.churn_90, ${bind(windowDays)}::float8 / 90)) as conversion ${matching}`,
    values,
  );
  return rows[0]!;
}
