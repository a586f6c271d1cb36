import type { Coefficient } from '../../server/engine/models/covariates.ts';
import type { CovariateEffects as CovariateEffectsShape } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';

const analytics = { scope: 'analytics:read' } as const;

const CovariateProcess = builder.enumType('CovariateProcess', {
  description: 'The behaviour that a covariate changes.',
  values: {
    TRANSACTION: { value: 'transaction', description: 'How often customers order while they are active.' },
    DROPOUT: { value: 'dropout', description: 'How soon customers leave.' },
  } as const,
});

const CovariateEffect = builder.objectRef<Coefficient>('CovariateEffect').implement({
  description: 'Effect of one level of a covariate, compared with the most frequent level.',
  authScopes: analytics,
  fields: (t) => ({
    process: t.expose('process', { type: CovariateProcess, description: 'The behaviour that it changes.' }),
    name: t.exposeString('name', { description: 'The covariate and its level, such as "channel: Newsletter".' }),
    coefficient: t.exposeFloat('value', {
      description: 'Natural logarithm of `factor`.',
    }),
    factor: t.float({
      description: 'Factor on the order rate, or on the rate or odds of leaving; 1.2 is 20% more.',
      resolve: ({ value }) => Math.exp(value),
    }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the coefficient. Null when the data do not determine it.',
    }),
    pValue: t.exposeFloat('pValue', {
      nullable: true,
      description:
        'Probability of a coefficient at least this large when the level has no effect, 0 to 1. Null without a standard error.',
    }),
  }),
});

const LikelihoodRatioTest = builder
  .objectRef<NonNullable<CovariateEffectsShape['likelihoodRatio']>>('LikelihoodRatioTest')
  .implement({
    description: 'Test whether the covariates improve the model more than chance would.',
    authScopes: analytics,
    fields: (t) => ({
      statistic: t.exposeFloat('statistic', {
        description: 'Twice the difference in log-likelihood from the model without covariates.',
      }),
      degreesOfFreedom: t.exposeInt('degrees', { description: 'Number of coefficients that were added.' }),
      pValue: t.exposeFloat('pValue', {
        description: 'Probability of a statistic at least this large when no covariate matters, 0 to 1.',
      }),
    }),
  });

export const CovariateEffects = builder.objectRef<CovariateEffectsShape>('CovariateEffects').implement({
  description: 'Effects of attributes of customers on how often they order and how soon they leave.',
  authScopes: analytics,
  fields: (t) => ({
    isUsed: t.exposeBoolean('isUsed', {
      description:
        'Whether the figures of the run use the covariates. They do when the likelihood ratio test is significant.',
    }),
    reason: t.exposeString('reason', { description: 'Why the covariates are used or not.' }),
    effects: t.expose('coefficients', {
      type: [CovariateEffect],
      description: 'One effect for each process and level. Empty when no covariate varies.',
    }),
    likelihoodRatioTest: t.expose('likelihoodRatio', {
      type: LikelihoodRatioTest,
      nullable: true,
      description: 'Test against the model without covariates. Null when the covariates could not be fitted.',
    }),
  }),
});
