import { readPage } from '../../server/domain/page.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { Workspace } from '../access/workspace.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost, STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { Backtest } from './backtest.ts';
import { CovariateEffects } from './covariate-effects.ts';
import { FormulaClv } from './formula-clv.ts';
import { ModelFit } from './model-fit.ts';

const analytics = { scope: 'analytics:read' } as const;

export const AnalysisRun = builder.node(builder.objectRef<RunRow>('AnalysisRun'), {
  description: 'One analysis of the whole workspace: what it assumed, the models it fitted, and how it ended.',
  authScopes: analytics,
  id: { resolve: (run) => run.id },
  loadWithoutCache: (id, { loaders }) => loaders.run.load(id),
  fields: (t) => ({
    status: t.expose('status', { type: RunStatus, description: 'How far the run has come.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why the run failed; null when it did not.' }),
    isPublished: t.boolean({
      description: 'Whether this is the run that readers see now.',
      resolve: (run, _args, ctx) => run.id === ctx.workspace.publishedRunId,
    }),
    asOf: t.expose('asOf', {
      type: 'Date',
      description: 'Last day that counts as observed; forecasts start after it.',
    }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', {
      description: 'Effective rate a year that future orders are discounted with; 0.1 is 10 %.',
    }),
    marginRate: t.exposeFloat('marginRate', {
      description: 'Share of revenue that is counted as value, 0 to 1; 1 makes CLV a revenue figure.',
    }),
    customers: t.exposeInt('customers', { description: 'Customers that were scored, Prospects included.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the run started.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the run ended, well or not; null while it is running.',
    }),
    publishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When readers were switched to the run; null for one that was never published.',
      resolve: ({ status, finishedAt }) => (status === 'PUBLISHED' || status === 'SUPERSEDED' ? finishedAt : null),
    }),
    fits: t.field({
      type: [ModelFit],
      description: 'The models that the figures come from: transactions, then spend.',
      resolve: ({ fits }) => fits.filter(({ isChosen }) => isChosen),
    }),
    models: t.expose('fits', {
      type: [ModelFit],
      description:
        'All models that were fitted, the candidates among them: transactions, then spend; the chosen one of each first.',
    }),
    modelReason: t.exposeString('modelReason', {
      nullable: true,
      description: 'Why this model of transactions: how the candidates did on orders that they had not seen.',
    }),
    backtest: t.field({
      type: Backtest,
      nullable: true,
      description: 'How the models did on orders that they had not seen; null where the history is too short.',
      resolve: ({ backtestWeeks, drift, ...run }) =>
        backtestWeeks === null || drift === null ? null : { ...run, backtestWeeks, drift },
    }),
    backtestReason: t.exposeString('backtestReason', {
      nullable: true,
      description: 'Why there is no backtest; null where there is one.',
    }),
    spendCorrelation: t.exposeFloat('spendCorrelation', {
      nullable: true,
      description:
        'Spearman’s rank correlation of how often and for how much repeat buyers buy, -1 to 1. The model of spend assumes that it is near 0.',
    }),
    formulas: t.expose('formulas', {
      type: [FormulaClv],
      description: 'The value of a customer by the formulas of the field, to compare with.',
    }),
    covariates: t.expose('covariates', {
      type: CovariateEffects,
      nullable: true,
      description: 'What country, channel or first category change; null where the analysis was not asked for them.',
    }),
  }),
});

const RunStatus = builder.enumType('RunStatus', {
  description: 'How far an analysis run has come.',
  values: {
    RUNNING: { description: 'It is being computed; nobody sees its figures.' },
    PUBLISHED: { description: 'Readers see its figures.' },
    SUPERSEDED: { description: 'It was published once; a later run took its place.' },
    FAILED: { description: 'It ended with an error; the run published before stayed in place.' },
  } as const,
});

builder.queryField('analysisRun', (t) =>
  t.field({
    type: AnalysisRun,
    nullable: true,
    description: 'One analysis: the published one, or the one of an id; null when the workspace has no such run.',
    authScopes: analytics,
    complexity: STATEMENT_COST,
    args: { id: t.arg.id({ description: 'Id that this API gave.' }) },
    resolve: (_root, { id }, { loaders, workspace }) => {
      const key = id == null ? workspace.publishedRunId : storedId(id, 'AnalysisRun', 'id');
      return key === null ? null : loaders.run.load(key);
    },
  }),
);

builder.queryField('analysisRuns', (t) =>
  t.connection(
    {
      type: AnalysisRun,
      description: 'The analyses of the workspace, newest first, failed ones included.',
      authScopes: analytics,
      complexity: pageCost,
      resolve: async (_root, args, ctx) => {
        const list = `${ctx.workspace.id}/analysisRuns`;
        return toConnection(list, await ctx.read.runs(readPage(args, list)));
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
    description: 'The run whose figures readers see; null until one has been published.',
    authScopes: { scope: 'analytics:read' },
    resolve: ({ publishedRunId }, _args, ctx) =>
      publishedRunId === null ? null : ctx.loaders.run.load(publishedRunId),
  }),
);
