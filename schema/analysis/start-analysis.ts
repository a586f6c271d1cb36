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
      description:
        'The one of the others that did best on held-out orders; MBG/NBD where the history is too short to tell.',
    },
    MBG_NBD: { value: 'mbg', description: 'MBG/NBD: a customer may stop after any order, the first one included.' },
    BG_NBD: {
      value: 'bg',
      description: 'BG/NBD: a customer may stop after a repeat order; one-time buyers all count as alive.',
    },
    PARETO_NBD: { value: 'pareto', description: 'Pareto/NBD: a customer may stop at any time.' },
  } as const,
});

const CovariateName = builder.enumType('Covariate', {
  description: 'What customers differ by from the beginning.',
  values: {
    COUNTRY: { value: 'country', description: 'Country of the customer.' },
    CHANNEL: { value: 'channel', description: 'Channel that won the customer.' },
    FIRST_CATEGORY: { value: 'first-category', description: 'Category of the dearest line of the first order.' },
  } as const,
});

const StartAnalysisInput = builder.inputType('StartAnalysisInput', {
  description: 'The analysis to start.',
  fields: (t) => ({
    asOf: t.field({
      type: 'Date',
      description: 'Last day that counts as observed; the day of the latest order or refund when absent.',
    }),
    model: t.field({
      type: AnalysisModel,
      required: true,
      defaultValue: 'auto',
      description: 'Model of when customers order and when they stop.',
    }),
    annualDiscountRate: t.float({
      description: 'Effective rate a year to discount with, 0.1 being 10 %; the workspace’s when absent.',
    }),
    covariates: t.field({
      type: [CovariateName],
      description:
        'Tested for what they change in how often customers buy and how soon they leave, and used where they matter.',
    }),
    marginRate: t.float({ description: 'Share of revenue to count as value, 0 to 1; the workspace’s when absent.' }),
  }),
});

const StartedAnalysis = builder.objectRef<{ readonly runId: string }>('StartedAnalysis').implement({
  description: 'An analysis that has begun; readers see the run before it until it is published.',
  authScopes: writing,
  fields: (t) => ({
    run: t.field({
      type: AnalysisRun,
      nullable: true,
      description:
        'The run, for asking how far it has come; null, with an error, for a caller without the scope analytics:read.',
      resolve: ({ runId }, _args, { loaders }) => loaders.run.load(runId),
    }),
  }),
});

builder.mutationField('startAnalysis', (t) =>
  t.field({
    type: StartedAnalysis,
    description: 'Starts an analysis of the whole workspace, which is published when it is done.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StartAnalysisResult', 'The started analysis, or what was wrong with the request.'),
    args: { input: t.arg({ type: StartAnalysisInput, required: true, description: 'The analysis to start.' }) },
    resolve: (_root, { input }, ctx) => ctx.analysis.start(input),
  }),
);
