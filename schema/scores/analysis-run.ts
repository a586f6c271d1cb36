import { queryFromInfo } from '@pothos/plugin-prisma';

import { dayOf } from '../../server/domain/day.ts';
import { readPage, sliceOf } from '../../server/domain/page.ts';
import { MARGIN_SOURCES } from '../../server/domain/rates/margin.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { Revenue, Workspace } from '../access/workspace.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost, STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { pageQuery } from '../page-query.ts';
import { Backtest } from './backtest.ts';
import { CovariateEffects } from './covariate-effects.ts';
import { FormulaClv } from './formula-clv.ts';
import './model-fit.ts';

const analytics = { scope: 'analytics:read' } as const;

export const AnalysisRun = builder.prismaNode('AnalysisRun', {
  description: 'One analysis of the whole workspace: its assumptions, its models and its outcome.',
  authScopes: analytics,
  nullable: true,
  id: { resolve: (run) => run.id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    status: t.field({
      type: RunStatus,
      description: 'State of the run.',
      resolve: ({ status }) => status as RunRow['status'],
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why the run failed. Null when it did not fail.' }),
    isPublished: t.boolean({
      description: 'Whether this is the run whose figures queries return.',
      resolve: (run, _args, ctx) => run.id === ctx.workspace.publishedRunId,
    }),
    asOf: t.field({
      type: 'Date',
      description: 'Last day of the observed data. Forecasts start on the day after.',
      resolve: ({ asOf }) => dayOf(asOf),
    }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', {
      description: 'Effective annual discount rate; 0.1 is 10%.',
    }),
    marginRate: t.exposeFloat('marginRate', {
      description: 'Share of revenue that is counted as value, 0 to 1; 1 makes CLV a revenue figure.',
    }),
    marginSource: t.field({
      type: MarginSource,
      description: 'Where the margin rate came from.',
      resolve: ({ marginSource }) => marginSource as RunRow['marginSource'],
    }),
    revenue: t.field({
      type: Revenue,
      description: 'What the run counted as revenue.',
      resolve: ({ revenue }) => revenue as RunRow['revenue'],
    }),
    knownCostShare: t.exposeFloat('knownCostShare', {
      nullable: true,
      description:
        'Share of the revenue up to the as-of day whose cost is known from the order line or the catalogue, 0 to 1. Null without revenue and for runs that did not record it.',
    }),
    unassignedRefundRate: t.exposeFloat('unassignedRefundRate', {
      nullable: true,
      description:
        'Share of what orders brought up to the as-of day that went back in refunds of no known order, 0 to 1. CLV is lowered by it. Null for runs that did not count it.',
    }),
    paidShareAfterFree: t.exposeFloat('paidShareAfterFree', {
      nullable: true,
      description:
        'Of the order days of customers who began with a free order, the share that was paid, 0 to 1. Expected spend of customers who have only free orders is lowered to it. Null for runs that did not count it.',
    }),
    noValueReason: t.exposeString('noValueReason', {
      nullable: true,
      description:
        'Why the run foretells no value: fewer than four weeks of orders, or no customer with orders on two days. Null when it does.',
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers that were scored, Prospects included.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the run started.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the run ended, whether it succeeded or failed. Null while it is running.',
    }),
    publishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the run was published. Null for a run that was never published.',
      resolve: ({ status, finishedAt }) => (status === 'PUBLISHED' || status === 'SUPERSEDED' ? finishedAt : null),
    }),
    fits: t.relation('fits', {
      description: 'The models that the figures come from: first transactions, then spend.',
      query: (_args, { workspace }) => ({
        where: { workspaceId: workspace.id, isChosen: true },
        orderBy: { process: 'desc' },
      }),
      resolve: async (_query, { id }, _args, { loaders }) =>
        (await loaders.run.load(id))!.fits.filter(({ isChosen }) => isChosen),
    }),
    models: t.relation('fits', {
      description:
        'All fitted models, candidates included: first transactions, then spend, the chosen model first in each.',
      query: (_args, { workspace }) => ({
        where: { workspaceId: workspace.id },
        orderBy: [{ process: 'desc' }, { isChosen: 'desc' }, { model: 'asc' }],
      }),
      resolve: async (_query, { id }, _args, { loaders }) => [...(await loaders.run.load(id))!.fits],
    }),
    modelReason: t.exposeString('modelReason', {
      nullable: true,
      description:
        'Why this model of transactions was chosen: how the candidates compared in the backtest. Null while the run is running.',
    }),
    backtest: t.field({
      type: Backtest,
      nullable: true,
      description: 'Forecasts made on past days compared with what happened. Null when the history is too short.',
      resolve: ({ backtestWeeks, errors, coverage, ...run }) =>
        backtestWeeks === null
          ? null
          : { ...run, backtestWeeks, errors: errors as RunRow['errors'], coverage: coverage as RunRow['coverage'] },
    }),
    backtestReason: t.exposeString('backtestReason', {
      nullable: true,
      description: 'Why there is no backtest. Null when there is one.',
    }),
    spendCorrelation: t.exposeFloat('spendCorrelation', {
      nullable: true,
      description:
        'Spearman’s rank correlation between order frequency and spend of repeat buyers, -1 to 1. The model of spend assumes that it is near 0. Null without repeat buyers.',
    }),
    formulas: t.field({
      type: [FormulaClv],
      description: 'Mean value of a customer by textbook formulas, to compare with the models.',
      resolve: ({ formulas }) => formulas as unknown as RunRow['formulas'],
    }),
    covariates: t.field({
      type: CovariateEffects,
      nullable: true,
      description:
        'Effects of country, channel or first category. Null when the analysis was started without covariates.',
      resolve: ({ covariates }) => covariates as RunRow['covariates'],
    }),
  }),
});

const MARGIN_SOURCE = {
  OPTION: 'The option `marginRate` of the analysis.',
  WORKSPACE: 'The setting of the workspace.',
  COSTS: 'The margin of the revenue whose cost is known.',
  DEFAULT: 'The rate 1: no cost is known and no rate was set, so all of the revenue counts.',
} as const;

const MarginSource = builder.enumType('MarginSource', {
  description: 'Where the margin rate of a run came from.',
  values: Object.fromEntries(
    MARGIN_SOURCES.map((source) => [source, { description: MARGIN_SOURCE[source] }]),
  ) as Record<(typeof MARGIN_SOURCES)[number], { description: string }>,
});

const RunStatus = builder.enumType('RunStatus', {
  description: 'State of an analysis run.',
  values: {
    RUNNING: { description: 'The run is being computed. Its figures are not visible yet.' },
    PUBLISHED: { description: 'The run is published: queries return its figures.' },
    SUPERSEDED: { description: 'The run was published and has been replaced by a later run.' },
    FAILED: { description: 'The run ended with an error. The run that was published before it stays in place.' },
  } as const,
});

builder.queryField('analysisRun', (t) =>
  t.field({
    type: AnalysisRun,
    nullable: true,
    description: 'The published run, or the run with an id. Null when the workspace has no such run.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    args: { id: t.arg.id({ description: 'Global id, as this API returned it.' }) },
    resolve: (_root, args, ctx, info) => {
      const id = args.id == null ? ctx.workspace.publishedRunId : storedId(args.id, 'AnalysisRun', 'id');
      if (id === null) return null;
      const query = queryFromInfo({ context: ctx, info });
      return ctx.prisma.analysisRun.findUnique({ ...query, where: { id, workspaceId: ctx.workspace.id } });
    },
  }),
);

builder.queryField('analysisRuns', (t) =>
  t.connection(
    {
      type: AnalysisRun,
      description: 'All runs of the workspace, newest first, failed runs included.',
      authScopes: analytics,
      complexity: pageCost,
      resolve: async (_root, args, ctx, info) => {
        const list = `${ctx.workspace.id}/analysisRuns`;
        const page = readPage(args, list);
        const { where, ...slice } = pageQuery(page, 'startedAt', 'desc', (text) => new Date(text));
        const rows = await ctx.prisma.analysisRun.findMany({
          ...queryFromInfo({ context: ctx, info, paths: [['edges', 'node'], ['nodes']] }),
          ...slice,
          where: { workspaceId: ctx.workspace.id, ...where },
        });
        return toConnection(
          list,
          sliceOf(page, rows, (run) => [run.startedAt.toISOString(), run.id]),
        );
      },
    },
    { name: 'AnalysisRunConnection', description: 'A page of analysis runs.', authScopes: analytics },
    { name: 'AnalysisRunEdge', description: 'An analysis run in a page.', authScopes: analytics },
  ),
);

builder.objectField(Workspace, 'publishedRun', (t) =>
  t.field({
    type: AnalysisRun,
    nullable: true,
    description: 'The run whose figures queries return. Null until a run is published.',
    authScopes: { scope: 'analytics:read' },
    resolve: ({ publishedRunId }, _args, ctx) =>
      publishedRunId === null ? null : ctx.loaders.run.load(publishedRunId),
  }),
);
