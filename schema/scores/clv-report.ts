import { exactMoney, roundedMoney } from '../../server/domain/money.ts';
import { SEGMENT_NAME } from '../../server/domain/segments.ts';
import type { ClvCells } from '../../server/scores/data/clv-cells.ts';
import type { FitRow, RunRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Granularity, Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { AnalysisRun } from './analysis-run.ts';
import { ClvPoint, type GroupShape, pointsOf } from './clv-point.ts';
import { ModelFit } from './model-fit.ts';

const analytics = { scope: 'analytics:read' } as const;

const ClvGroup = builder.interfaceRef<GroupShape>('ClvGroup').implement({
  description: 'CLV of a group of customers.',
  authScopes: analytics,
  fields: (t) => ({
    customers: t.exposeInt('customers', { description: 'Number of customers in the group.' }),
    share: t.exposeFloat('share', { description: 'Share of all customers in the report, 0 to 1.' }),
    netRevenue: t.field({
      type: Money,
      description: 'Revenue of their orders minus refunds, up to the as-of day.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
    curve: t.field({
      type: [ClvPoint],
      description: 'CLV by horizon, shortest first. Empty when the run has a `noValueReason`.',
      resolve: (group) => pointsOf(group),
    }),
  }),
});

const SegmentClv = builder.objectRef<ClvCells['bySegment'][number] & GroupShape>('SegmentClv').implement({
  description: 'CLV of the customers in one RFM segment.',
  authScopes: analytics,
  interfaces: [ClvGroup],
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    name: t.string({ description: 'English name of the segment.', resolve: ({ segment }) => SEGMENT_NAME[segment] }),
  }),
});

const CohortClv = builder.objectRef<ClvCells['byCohort']['MONTH'][number] & GroupShape>('CohortClv').implement({
  description: 'CLV of the customers whose first order fell in one period.',
  authScopes: analytics,
  interfaces: [ClvGroup],
  fields: (t) => ({
    startsOn: t.expose('startsOn', {
      type: 'Date',
      description: 'First day of the period in which they first ordered.',
    }),
  }),
});

const CountryClv = builder.objectRef<ClvCells['byCountry'][number] & GroupShape>('CountryClv').implement({
  description: 'CLV of the customers of one country.',
  authScopes: analytics,
  interfaces: [ClvGroup],
  fields: (t) => ({
    country: t.exposeString('country', {
      nullable: true,
      description: 'The country, as in the orders. Null when it is unknown.',
    }),
  }),
});

interface ClvBinShape {
  readonly from: number;
  readonly to: number | null;
  readonly customers: number;
  readonly total: number;
}

const ClvBin = builder.objectRef<ClvBinShape>('ClvBin').implement({
  description: 'Customers whose 12-month CLV lies between two bounds.',
  authScopes: analytics,
  fields: (t) => ({
    from: t.field({
      type: 'Decimal',
      description: 'Lower bound, inclusive, in the workspace’s currency.',
      resolve: ({ from }, _args, { workspace }) => roundedMoney(from, workspace.currency).amount,
    }),
    to: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Upper bound, exclusive, in the workspace’s currency. Null for the highest bin.',
      resolve: ({ to }, _args, { workspace }) => (to === null ? null : roundedMoney(to, workspace.currency).amount),
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the bin.' }),
    total: t.field({
      type: Money,
      description: 'Sum of the 12-month CLV of the customers in the bin.',
      resolve: ({ total }, _args, { workspace }) => roundedMoney(total, workspace.currency),
    }),
  }),
});

/** Each half is read when a field asks for it, once. */
interface ClvReportShape {
  run(): Promise<RunRow>;
  cells(): Promise<ClvCells>;
}

const fitOf = async (report: ClvReportShape, process: FitRow['process']) =>
  (await report.run()).fits.find((fit) => fit.process === process && fit.isChosen)!;

const ClvReport = builder.objectRef<ClvReportShape>('ClvReport').implement({
  description: 'CLV of all customers with an order, in total and by group. Prospects have no CLV and are not counted.',
  authScopes: analytics,
  fields: (t) => ({
    run: t.field({
      type: AnalysisRun,
      description: 'The run that the figures are from.',
      resolve: (report) => report.run(),
    }),
    transactions: t.field({
      type: ModelFit,
      description: 'The model of when customers order and when they stop.',
      resolve: (report) => fitOf(report, 'TRANSACTIONS'),
    }),
    spend: t.field({
      type: ModelFit,
      description: 'The model of how much a customer spends on an order day.',
      resolve: (report) => fitOf(report, 'SPEND'),
    }),
    customers: t.int({
      description: 'Number of customers in the report.',
      resolve: async (report) => (await report.cells()).all.customers,
    }),
    curve: t.field({
      type: [ClvPoint],
      description:
        'CLV by horizon, shortest first. Empty when there are no customers, and when the run has a `noValueReason`.',
      resolve: async ({ cells, run }) => pointsOf({ ...(await cells()).all, run }),
    }),
    distribution: t.field({
      type: [ClvBin],
      description: 'Histogram of the 12-month CLV, lowest bin first. Empty when the run has a `noValueReason`.',
      resolve: async (report) => bins(await report.cells(), await report.run()),
    }),
    bySegment: t.field({
      type: [SegmentClv],
      description: 'CLV by RFM segment, best segment first. Segments without customers are left out.',
      resolve: async ({ cells, run }) => (await cells()).bySegment.map((group) => ({ ...group, run })),
    }),
    byCohort: t.field({
      type: [CohortClv],
      description:
        'CLV by month, quarter or year of the first order, oldest first. Periods without customers are left out.',
      args: {
        granularity: t.arg({
          type: Granularity,
          required: true,
          defaultValue: 'MONTH',
          description: 'Length of the periods.',
        }),
      },
      resolve: async ({ cells, run }, { granularity }) =>
        (await cells()).byCohort[granularity].map((group) => ({ ...group, run })),
    }),
    byCountry: t.field({
      type: [CountryClv],
      description: 'CLV by country, highest 12-month CLV first.',
      resolve: async ({ cells, run }) => (await cells()).byCountry.map((group) => ({ ...group, run })),
    }),
  }),
});

/** The bin above the last edge is open, and left out where nobody is in it. */
function bins({ byBin }: ClvCells, { clvBinEdges, noValueReason }: RunRow): ClvBinShape[] {
  if (noValueReason !== null) return [];
  return [...clvBinEdges, null]
    .map((to, bin) => ({
      from: clvBinEdges[bin - 1] ?? 0,
      to,
      ...(byBin.get(bin) ?? { customers: 0, total: 0 }),
    }))
    .filter(({ to, customers }) => to !== null || customers > 0);
}

builder.queryField('clv', (t) =>
  t.field({
    type: ClvReport,
    nullable: true,
    description: 'CLV of the workspace’s customers. Null until a run is published.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    args: {
      segments: t.arg({
        type: [Segment],
        description: 'Only customers of these RFM segments. An empty list does not filter.',
      }),
      countries: t.arg.stringList({ description: 'Only customers of these countries. An empty list does not filter.' }),
    },
    resolve: (_root, filter, { loaders, read, workspace: { publishedRunId } }) => {
      if (publishedRunId === null) return null;
      let cells: Promise<ClvCells> | undefined;
      return {
        run: async () => (await loaders.run.load(publishedRunId))!,
        cells: () => (cells ??= read.clv(filter)),
      };
    },
  }),
);
