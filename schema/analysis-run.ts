import type { FitRow, RunRow } from '../server/data/runs.ts';
import { readPage } from '../server/domain/page.ts';
import { builder } from './builder.ts';
import { toConnection } from './connection.ts';
import { pageCost } from './cost.ts';

const analytics = { scope: 'analytics:read' } as const;

export const AnalysisRun = builder.node(builder.objectRef<RunRow>('AnalysisRun'), {
  description: 'One analysis of the whole workspace: what it assumed, the models it fitted, and how it ended.',
  authScopes: analytics,
  id: { resolve: (run) => run.id },
  loadMany: (ids, ctx) => ids.map((id) => ctx.loaders.run.load(id)),
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
    fits: t.expose('fits', { type: [ModelFit], description: 'The fitted models: transactions, then spend.' }),
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

const FitProcess = builder.enumType('FitProcess', {
  description: 'What a model describes.',
  values: {
    TRANSACTIONS: { description: 'When customers order and when they stop.' },
    SPEND: { description: 'How much a customer spends on a day with orders.' },
  } as const,
});

const FitStatus = builder.enumType('FitStatus', {
  description: 'How the search for a model’s parameters ended.',
  values: {
    CONVERGED: { description: 'The likelihood cannot be improved any further.' },
    MAX_ITERATIONS: { description: 'The search was stopped while the likelihood was still improving.' },
    STALLED: { description: 'The search could make no more progress before it converged.' },
    FALLBACK: { description: 'There was too little data to fit a model; a pooled figure stands in, see the reason.' },
  } as const,
});

const ModelParameter = builder.objectRef<ModelParameterShape>('ModelParameter').implement({
  description: 'A fitted parameter.',
  authScopes: analytics,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The letter that the literature gives it, such as "alpha".' }),
    value: t.exposeFloat('value', { description: 'The estimate; rates are per week.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the estimate; null where the data do not settle it.',
    }),
  }),
});

interface ModelParameterShape {
  readonly name: string;
  readonly value: number;
  readonly standardError: number | null;
}

export const ModelFit = builder.objectRef<FitRow>('ModelFit').implement({
  description: 'A model that a run fitted to the whole workspace.',
  authScopes: analytics,
  fields: (t) => ({
    process: t.expose('process', { type: FitProcess, description: 'What the model describes.' }),
    model: t.exposeString('model', {
      description:
        'Name of the model: "MBG/NBD", "BG/NBD", "Gamma-Gamma", or "Pooled rate" and "Pooled mean" for a fallback.',
    }),
    status: t.expose('status', { type: FitStatus, description: 'How the search for the parameters ended.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the fit is a fallback or did not converge; null for a sound fit.',
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure stands in for a fitted model.',
      resolve: (fit) => fit.status === 'FALLBACK',
    }),
    parameters: t.field({
      type: [ModelParameter],
      description: 'The fitted parameters.',
      resolve: ({ parameters, standardErrors }) =>
        Object.entries(parameters).map(([name, value]) => ({
          name,
          value,
          standardError: standardErrors?.[name] ?? null,
        })),
    }),
    logLikelihood: t.exposeFloat('logLikelihood', {
      nullable: true,
      description: 'Natural logarithm of the likelihood at the estimates; null for a fallback.',
    }),
    iterations: t.exposeInt('iterations', { nullable: true, description: 'Steps of the search; null for a fallback.' }),
    customers: t.exposeInt('customers', { description: 'Customers that the fit is made from.' }),
  }),
});

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
