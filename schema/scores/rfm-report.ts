import { exactMoney, roundedMoney } from '../../server/domain/money.ts';
import { SEGMENT_NAME } from '../../server/domain/segments.ts';
import type {
  RfmCell as RfmCellShape,
  RfmCells,
  RfmSegment as RfmSegmentShape,
} from '../../server/scores/data/rfm-cells.ts';
import { intervalOfTotal } from '../../server/scores/total-interval.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { AnalysisRun } from './analysis-run.ts';
import { ClvInterval } from './clv-interval.ts';

const analytics = { scope: 'analytics:read' } as const;

const RfmSegment = builder.objectRef<RfmSegmentShape & { readonly runId: string }>('RfmSegment').implement({
  description: 'Customers of one RFM segment.',
  authScopes: analytics,
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    name: t.string({ description: 'English name of the segment.', resolve: ({ segment }) => SEGMENT_NAME[segment] }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the segment.' }),
    share: t.exposeFloat('share', { description: 'Share of all customers, 0 to 1.' }),
    netRevenue: t.field({
      type: Money,
      description: 'Revenue of their orders minus refunds, up to the as-of day.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
    clv: t.field({
      type: Money,
      nullable: true,
      description: 'Sum of their 12-month CLV. Null for Prospects and for an empty segment.',
      resolve: ({ clv }, _args, { workspace }) => clv && roundedMoney(clv.total, workspace.currency),
    }),
    clvInterval: t.field({
      type: ClvInterval,
      nullable: true,
      description: 'Interval of `clv`. Null when `clv` is null and in runs that stored no intervals.',
      resolve: async ({ clv, runId }, _args, { loaders }) =>
        clv && intervalOfTotal((await loaders.run.load(runId))!, 'P12M', clv),
    }),
    meanClv: t.field({
      type: Money,
      nullable: true,
      description: 'Mean 12-month CLV per customer. Null for Prospects and for an empty segment.',
      resolve: ({ clv }, _args, { workspace }) => clv && roundedMoney(clv.mean, workspace.currency),
    }),
  }),
});

const RfmCell = builder.objectRef<RfmCellShape>('RfmCell').implement({
  description: 'Customers with one pair of scores.',
  authScopes: analytics,
  fields: (t) => ({
    recency: t.exposeInt('recency', { description: 'Score of the last order day, 1 (longest ago) to 5 (latest).' }),
    frequencyMonetary: t.exposeInt('frequencyMonetary', {
      description: 'Mean of the frequency and monetary scores, rounded half up, 1 to 5.',
    }),
    segment: t.expose('segment', { type: Segment, description: 'The segment that the cell belongs to.' }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the cell.' }),
    netRevenue: t.field({
      type: Money,
      description: 'Revenue of their orders minus refunds, up to the as-of day.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
  }),
});

const RfmReport = builder.objectRef<RfmCells & { readonly runId: string }>('RfmReport').implement({
  description: 'Customers by RFM segment and by RFM scores.',
  authScopes: analytics,
  fields: (t) => ({
    run: t.field({
      type: AnalysisRun,
      description: 'The run that the figures are from.',
      resolve: async ({ runId }, _args, { loaders }) => (await loaders.run.load(runId))!,
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the report, Prospects included.' }),
    segments: t.field({
      type: [RfmSegment],
      description: 'All twelve segments from best to worst, empty ones included.',
      resolve: ({ segments, runId }) => segments.map((segment) => ({ ...segment, runId })),
    }),
    grid: t.expose('grid', {
      type: [RfmCell],
      description:
        'The 25 cells of customers with an order, empty ones included, from recency 5 to 1 and, within a recency, from frequency-monetary 1 to 5.',
    }),
  }),
});

builder.queryField('rfm', (t) =>
  t.field({
    type: RfmReport,
    nullable: true,
    description: 'Customers by RFM segment and score. Null until a run is published.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    resolve: async (_root, _args, { read, workspace: { publishedRunId } }) =>
      publishedRunId === null ? null : { ...(await read.rfm()), runId: publishedRunId },
  }),
);
