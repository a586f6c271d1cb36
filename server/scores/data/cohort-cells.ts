import type { Pool } from 'pg';

import { GRANULARITY_MONTHS, type Granularity } from '../../domain/period.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export interface Cohort {
  /** First day of the period of the first order. */
  readonly startsOn: string;
  readonly customers: number;
  readonly periods: readonly CohortPeriod[];
}

export interface CohortPeriod {
  /** 0 is the period of the first order. */
  readonly period: number;
  readonly startsOn: string;
  readonly activeCustomers: number;
  /** Of the cohort's customers, 0 to 1. */
  readonly retention: number;
  /** Decimal text. */
  readonly revenue: string;
  readonly cumulativeRevenue: string;
  /** Per customer of the cohort. */
  readonly cumulativeRevenuePerCustomer: number;
  /** False where the as-of day cuts the period. */
  readonly isComplete: boolean;
}

interface CellRow extends CohortPeriod {
  readonly cohort: string;
  readonly customers: number;
}

/** The cohorts of a run, oldest first, each with its periods; a period that was not stored is absent. */
export async function readCohorts(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  granularity: Granularity,
): Promise<Cohort[]> {
  const { rows } = await pool.query<CellRow>(
    `select c.cohort, c.customers, c.period, (c.cohort + c.period * p.length)::date as "startsOn",
       c.active_customers as "activeCustomers", c.active_customers::float8 / c.customers as retention,
       c.revenue::text, t.revenue::text as "cumulativeRevenue",
       (t.revenue / c.customers)::float8 as "cumulativeRevenuePerCustomer",
       (c.cohort + (c.period + 1) * p.length)::date - 1 <= r.as_of as "isComplete"
     from cohort_cell c
     join analysis_run r on r.id = c.run_id and r.workspace_id = c.workspace_id
     cross join (select make_interval(months => $4) as length) p
     cross join lateral (select sum(e.revenue) as revenue from cohort_cell e
       where e.run_id = c.run_id and e.granularity = c.granularity and e.cohort = c.cohort and e.period <= c.period) t
     where c.workspace_id = $1 and c.run_id = $2 and c.granularity = $3
     order by c.cohort, c.period`,
    [workspaceId, runId, granularity, GRANULARITY_MONTHS[granularity]],
  );
  const cohorts = new Map<string, { startsOn: string; customers: number; periods: CohortPeriod[] }>();
  for (const { cohort, customers, ...period } of rows) {
    const entry = cohorts.get(cohort) ?? { startsOn: cohort, customers, periods: [] };
    entry.periods.push(period);
    cohorts.set(cohort, entry);
  }
  return [...cohorts.values()];
}
