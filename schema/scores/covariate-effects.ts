import type { Coefficient } from '../../server/engine/models/covariates.ts';
import type { CovariateEffects as CovariateEffectsShape } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';

const analytics = { scope: 'analytics:read' } as const;

const CovariateProcess = builder.enumType('CovariateProcess', {
  description: 'What a covariate acts on.',
  values: {
    TRANSACTION: { value: 'transaction', description: 'How often customers buy while they are customers.' },
    DROPOUT: { value: 'dropout', description: 'How soon they leave.' },
  } as const,
});

const CovariateEffect = builder.objectRef<Coefficient>('CovariateEffect').implement({
  description: 'What one level of a covariate changes, compared with the most frequent level.',
  authScopes: analytics,
  fields: (t) => ({
    process: t.expose('process', { type: CovariateProcess, description: 'What it acts on.' }),
    name: t.exposeString('name', { description: 'The covariate and its level, such as "channel: Newsletter".' }),
    coefficient: t.exposeFloat('value', {
      description: 'Natural logarithm of the factor on the purchase rate, or on the rate or odds of leaving.',
    }),
    factor: t.float({
      description: 'The factor itself: 1.2 is 20 % more.',
      resolve: ({ value }) => Math.exp(value),
    }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the coefficient; null where the data do not settle it.',
    }),
    pValue: t.exposeFloat('pValue', {
      nullable: true,
      description: 'Chance of so large a coefficient where the level changes nothing, 0 to 1.',
    }),
  }),
});

const LikelihoodRatioTest = builder
  .objectRef<NonNullable<CovariateEffectsShape['likelihoodRatio']>>('LikelihoodRatioTest')
  .implement({
    description: 'Whether the covariates improve the model by more than chance would.',
    authScopes: analytics,
    fields: (t) => ({
      statistic: t.exposeFloat('statistic', { description: 'Twice the gain in log-likelihood over the plain model.' }),
      degreesOfFreedom: t.exposeInt('degrees', { description: 'Coefficients that were added.' }),
      pValue: t.exposeFloat('pValue', { description: 'Chance of such a gain where no covariate matters, 0 to 1.' }),
    }),
  });

export const CovariateEffects = builder.objectRef<CovariateEffectsShape>('CovariateEffects').implement({
  description: 'What static properties of customers change in how often they buy and how soon they leave.',
  authScopes: analytics,
  fields: (t) => ({
    isUsed: t.exposeBoolean('isUsed', {
      description: 'Whether the figures of the run use them: only where the test finds them to matter.',
    }),
    reason: t.exposeString('reason', { description: 'Why they are used or not.' }),
    effects: t.expose('coefficients', {
      type: [CovariateEffect],
      description: 'By process and level; empty where nothing varies.',
    }),
    likelihoodRatioTest: t.expose('likelihoodRatio', {
      type: LikelihoodRatioTest,
      nullable: true,
      description: 'The test against the model without covariates; null where they could not be fitted.',
    }),
  }),
});
