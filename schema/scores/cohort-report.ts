import { exactMoney, roundedMoney } from '../../server/domain/money.ts';
import type { Granularity as GranularityValue } from '../../server/domain/period.ts';
import type {
  CohortPeriod as CohortPeriodShape,
  Cohort as CohortShape,
} from '../../server/scores/data/cohort-cells.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Granularity } from '../enums.ts';
import { Money } from '../money.ts';
import { AnalysisRun } from './analysis-run.ts';

const analytics = { scope: 'analytics:read' } as const;

const CohortPeriod = builder.objectRef<CohortPeriodShape>('CohortPeriod').implement({
  description: 'Activity of a cohort in one calendar period.',
  authScopes: analytics,
  fields: (t) => ({
    period: t.exposeInt('period', {
      description: 'Number of periods since the first order; the period of the first order is 0.',
    }),
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day of the period.' }),
    activeCustomers: t.exposeInt('activeCustomers', {
      description: 'Number of customers with an order in the period.',
    }),
    retention: t.exposeFloat('retention', { description: 'Share of the cohort with an order in the period, 0 to 1.' }),
    revenue: t.field({
      type: Money,
      description: 'Revenue of the cohort in the period.',
      resolve: ({ revenue }, _args, { workspace }) => exactMoney(revenue, workspace.currency),
    }),
    cumulativeRevenue: t.field({
      type: Money,
      description: 'Revenue of the cohort from its first period to the end of this one.',
      resolve: ({ cumulativeRevenue }, _args, { workspace }) => exactMoney(cumulativeRevenue, workspace.currency),
    }),
    cumulativeRevenuePerCustomer: t.field({
      type: Money,
      description: '`cumulativeRevenue` divided by the number of customers in the cohort.',
      resolve: ({ cumulativeRevenuePerCustomer }, _args, { workspace }) =>
        roundedMoney(cumulativeRevenuePerCustomer, workspace.currency),
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description: 'Whether the period ended by the as-of day. The figures of an incomplete period can still grow.',
    }),
  }),
});

const Cohort = builder.objectRef<CohortShape>('Cohort').implement({
  description: 'Customers whose first order fell in one calendar period.',
  authScopes: analytics,
  fields: (t) => ({
    startsOn: t.expose('startsOn', {
      type: 'Date',
      description: 'First day of the period in which they first ordered.',
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the cohort.' }),
    periods: t.expose('periods', {
      type: [CohortPeriod],
      description: 'The periods up to the as-of day, first to last. Periods that were not observed are left out.',
    }),
  }),
});

interface CohortReportShape {
  readonly runId: string;
  readonly granularity: GranularityValue;
  readonly cohorts: readonly CohortShape[];
}

const CohortReport = builder.objectRef<CohortReportShape>('CohortReport').implement({
  description: 'Retention and revenue by acquisition cohort.',
  authScopes: analytics,
  fields: (t) => ({
    run: t.field({
      type: AnalysisRun,
      description: 'The run that the figures are from.',
      resolve: async ({ runId }, _args, { loaders }) => (await loaders.run.load(runId))!,
    }),
    granularity: t.expose('granularity', { type: Granularity, description: 'Length of the periods.' }),
    cohorts: t.expose('cohorts', { type: [Cohort], description: 'The cohorts, oldest first.' }),
  }),
});

builder.queryField('cohorts', (t) =>
  t.field({
    type: CohortReport,
    nullable: true,
    description: 'Retention and revenue by acquisition cohort. Null until a run is published.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    args: {
      granularity: t.arg({
        type: Granularity,
        required: true,
        defaultValue: 'MONTH',
        description: 'Length of the periods.',
      }),
    },
    resolve: async (_root, { granularity }, { read, workspace: { publishedRunId } }) =>
      publishedRunId === null ? null : { runId: publishedRunId, granularity, cohorts: await read.cohorts(granularity) },
  }),
);
