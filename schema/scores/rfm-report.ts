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
  description: 'The customers of one RFM segment.',
  authScopes: analytics,
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    name: t.string({ description: 'English name of the segment.', resolve: ({ segment }) => SEGMENT_NAME[segment] }),
    customers: t.exposeInt('customers', { description: 'Customers in the segment.' }),
    share: t.exposeFloat('share', { description: 'Share of all customers, 0 to 1.' }),
    netRevenue: t.field({
      type: Money,
      description: 'Everything they ordered less everything refunded, by the as-of day.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
    clv: t.field({
      type: Money,
      nullable: true,
      description: '12-month CLV of all of them together; null for Prospects and for an empty segment.',
      resolve: ({ clv }, _args, { workspace }) => clv && roundedMoney(clv.total, workspace.currency),
    }),
    clvInterval: t.field({
      type: ClvInterval,
      nullable: true,
      description: 'How sure that is; null where the CLV is, and in a run from before intervals were kept.',
      resolve: async ({ clv, runId }, _args, { loaders }) =>
        clv && intervalOfTotal((await loaders.run.load(runId))!, 'P12M', clv),
    }),
    meanClv: t.field({
      type: Money,
      nullable: true,
      description: '12-month CLV per customer; null for Prospects and for an empty segment.',
      resolve: ({ clv }, _args, { workspace }) => clv && roundedMoney(clv.mean, workspace.currency),
    }),
  }),
});

const RfmCell = builder.objectRef<RfmCellShape>('RfmCell').implement({
  description: 'The customers with one pair of scores.',
  authScopes: analytics,
  fields: (t) => ({
    recency: t.exposeInt('recency', { description: 'Score of the last order day, 1 (longest ago) to 5.' }),
    frequencyMonetary: t.exposeInt('frequencyMonetary', {
      description: 'Mean of the scores of frequency and money, 1 to 5, halves rounded up.',
    }),
    segment: t.expose('segment', { type: Segment, description: 'The segment that the cell belongs to.' }),
    customers: t.exposeInt('customers', { description: 'Customers in the cell.' }),
    netRevenue: t.field({
      type: Money,
      description: 'Everything they ordered less everything refunded, by the as-of day.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
  }),
});

const RfmReport = builder.objectRef<RfmCells & { readonly runId: string }>('RfmReport').implement({
  description: 'The customers by recency, frequency and money.',
  authScopes: analytics,
  fields: (t) => ({
    run: t.field({
      type: AnalysisRun,
      description: 'The run that the figures are from.',
      resolve: async ({ runId }, _args, { loaders }) => (await loaders.run.load(runId))!,
    }),
    customers: t.exposeInt('customers', { description: 'Customers of the report, Prospects included.' }),
    segments: t.field({
      type: [RfmSegment],
      description: 'All twelve segments from best to worst, empty ones included.',
      resolve: ({ segments, runId }) => segments.map((segment) => ({ ...segment, runId })),
    }),
    grid: t.expose('grid', {
      type: [RfmCell],
      description:
        'The 25 cells of customers who ever bought, empty ones included: recency 5 first, and in it frequency-monetary 1 first.',
    }),
  }),
});

builder.queryField('rfm', (t) =>
  t.field({
    type: RfmReport,
    nullable: true,
    description: 'The customers by RFM segment and score; null until an analysis run has been published.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    resolve: async (_root, _args, { read, workspace: { publishedRunId } }) =>
      publishedRunId === null ? null : { ...(await read.rfm()), runId: publishedRunId },
  }),
);
