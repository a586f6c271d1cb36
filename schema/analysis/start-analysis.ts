import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { AnalysisRun } from '../scores/analysis-run.ts';

const writing = { scope: 'analyses:write' } as const;

const AnalysisModel = builder.enumType('AnalysisModel', {
  description: 'Model of when customers order and when they stop.',
  values: {
    AUTO: {
      value: 'auto',
      description: 'The model that did best in the backtest. MBG/NBD when the history is too short for a backtest.',
    },
    MBG_NBD: { value: 'mbg', description: 'MBG/NBD: a customer may stop after any order, the first one included.' },
    MBG_CNBD: {
      value: 'mbg-cnbd',
      description:
        'MBG/CNBD-k: as MBG/NBD, for customers who order at regular intervals. Equal to MBG/NBD where the data show no regularity (k is 1).',
    },
    BG_NBD: {
      value: 'bg',
      description: 'BG/NBD: a customer may stop after a repeat order. Every one-time buyer counts as active.',
    },
    PARETO_NBD: { value: 'pareto', description: 'Pareto/NBD: a customer may stop at any time.' },
  } as const,
});

const CovariateName = builder.enumType('Covariate', {
  description: 'An attribute of customers that the models can use.',
  values: {
    COUNTRY: { value: 'country', description: 'Country of the customer.' },
    CHANNEL: { value: 'channel', description: 'Channel of the first order.' },
    FIRST_CATEGORY: { value: 'first-category', description: 'Category of the most expensive line of the first order.' },
  } as const,
});

const StartAnalysisInput = builder.inputType('StartAnalysisInput', {
  description: 'Options of the analysis.',
  fields: (t) => ({
    asOf: t.field({
      type: 'Date',
      description: 'Last day of the data to use. Default: the day of the latest order or refund.',
    }),
    model: t.field({
      type: AnalysisModel,
      required: true,
      defaultValue: 'auto',
      description: 'Model of when customers order and when they stop.',
    }),
    annualDiscountRate: t.float({
      description: 'Effective annual discount rate; 0.1 is 10%. Default: the workspace’s rate.',
    }),
    covariates: t.field({
      type: [CovariateName],
      description:
        'Attributes to test for an effect on how often customers order and how soon they leave. They are used when the test is significant. Default: none.',
    }),
    marginRate: t.float({
      description:
        'Share of revenue to count as value, 0 to 1. Default: the rate of the workspace, otherwise the margin that known costs imply, otherwise 1.',
    }),
  }),
});

const StartedAnalysis = builder.objectRef<{ readonly runId: string }>('StartedAnalysis').implement({
  description: 'An analysis that was started. Queries return the previous run until it is published.',
  authScopes: writing,
  fields: (t) => ({
    run: t.prismaField({
      type: AnalysisRun,
      nullable: true,
      description:
        'The new run; query it again to see its state. Null, with an error, for a key without the scope analytics:read.',
      resolve: (query, { runId }, _args, { prisma, workspace }) =>
        prisma.analysisRun.findUniqueOrThrow({ ...query, where: { id: runId, workspaceId: workspace.id } }),
    }),
  }),
});

builder.mutationField('startAnalysis', (t) =>
  t.field({
    type: StartedAnalysis,
    description: 'Starts an analysis of the whole workspace. Its run is published when it ends.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StartAnalysisResult', 'The started analysis, or what was wrong with the request.'),
    args: { input: t.arg({ type: StartAnalysisInput, required: true, description: 'Options of the analysis.' }) },
    resolve: (_root, { input }, ctx) => ctx.analysis.start(input),
  }),
);
