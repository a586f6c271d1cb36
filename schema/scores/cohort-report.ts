import type { Granularity as GranularityValue } from '../../server/domain/granularity.ts';
import { exactMoney, roundedMoney } from '../../server/domain/money.ts';
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
  description: 'What a cohort did in one calendar period.',
  authScopes: analytics,
  fields: (t) => ({
    period: t.exposeInt('period', { description: 'Periods since that of the first order, which is 0.' }),
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day of the period.' }),
    activeCustomers: t.exposeInt('activeCustomers', { description: 'Customers who ordered in the period.' }),
    retention: t.exposeFloat('retention', { description: 'Share of the cohort that ordered in the period, 0 to 1.' }),
    revenue: t.field({
      type: Money,
      description: 'What the cohort spent in the period.',
      resolve: ({ revenue }, _args, { workspace }) => exactMoney(revenue, workspace.currency),
    }),
    cumulativeRevenue: t.field({
      type: Money,
      description: 'What the cohort spent from its first period to the end of this one.',
      resolve: ({ cumulativeRevenue }, _args, { workspace }) => exactMoney(cumulativeRevenue, workspace.currency),
    }),
    cumulativeRevenuePerCustomer: t.field({
      type: Money,
      description: 'The same, per customer of the cohort.',
      resolve: ({ cumulativeRevenuePerCustomer }, _args, { workspace }) =>
        roundedMoney(cumulativeRevenuePerCustomer, workspace.currency),
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description: 'Whether the period ended by the as-of day; one that it cuts is still filling up.',
    }),
  }),
});

const Cohort = builder.objectRef<CohortShape>('Cohort').implement({
  description: 'The customers whose first order fell in one calendar period.',
  authScopes: analytics,
  fields: (t) => ({
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day of the period of the first order.' }),
    customers: t.exposeInt('customers', { description: 'Customers of the cohort.' }),
    periods: t.expose('periods', {
      type: [CohortPeriod],
      description: 'Its periods up to the as-of day, first to last; a period that was not observed is absent.',
    }),
  }),
});

interface CohortReportShape {
  readonly runId: string;
  readonly granularity: GranularityValue;
  readonly cohorts: readonly CohortShape[];
}

const CohortReport = builder.objectRef<CohortReportShape>('CohortReport').implement({
  description: 'What became of the customers, by when they first ordered.',
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
    description: 'Retention and revenue by acquisition cohort; null until an analysis run has been published.',
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
