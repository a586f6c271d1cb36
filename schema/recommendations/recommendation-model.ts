import type {
  CalibrationBin,
  ListFigures,
  RecommendationFindings,
  RecommenderFindings,
} from '../../server/engine/recommenders/evaluation/findings.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { AnalysisRun } from '../scores/analysis-run.ts';

const reading = { scope: 'recommendations:read' } as const;

const Recommender = builder.enumType('Recommender', {
  description: 'A method that predicts what a customer buys next.',
  values: {
    POPULARITY: { value: 'popularity', description: 'What most customers buy.' },
    ITEM_KNN: { value: 'itemKnn', description: 'What is bought by the buyers of what the customer bought.' },
    EASE: { value: 'ease', description: 'A linear model of each product from all others, EASE (Steck 2019).' },
    IALS: {
      value: 'ials',
      description: 'Customers and products as vectors, implicit ALS (Hu, Koren and Volinsky 2008).',
    },
    REPEAT_PURCHASE: { value: 'repeatPurchase', description: 'What the customer bought before and will need again.' },
  } as const,
});

const RecommenderFigures = builder.objectRef<ListFigures>('RecommenderFigures').implement({
  description: 'Accuracy of lists of ten on held-out purchases. All figures are 0 to 1.',
  authScopes: reading,
  fields: (t) => ({
    recall: t.exposeFloat('recall', {
      description: 'Mean share of the products that a customer bought which the list named.',
    }),
    ndcg: t.exposeFloat('ndcg', {
      description: 'Normalised discounted cumulative gain: 1 where every list begins with what was bought.',
    }),
    hitRate: t.exposeFloat('hitRate', {
      description: 'Share of customers whose list named at least one product that they bought.',
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of all products that stand in anybody’s list.' }),
    concentration: t.exposeFloat('concentration', {
      description: 'Gini coefficient of how often products are listed: 0 for all alike, 1 for always the same few.',
    }),
  }),
});

const RecommenderResult = builder.objectRef<RecommenderFindings>('RecommenderResult').implement({
  description: 'One recommender, and whether the lists rest on it.',
  authScopes: reading,
  fields: (t) => ({
    recommender: t.expose('recommender', { type: Recommender, description: 'The recommender.' }),
    isUsed: t.exposeBoolean('isUsed', { description: 'Whether it is part of the blend.' }),
    reason: t.exposeString('reason', { description: 'Why it is or is not, in a sentence.' }),
    weight: t.exposeFloat('weight', {
      nullable: true,
      description: 'Its share in the blend, 0 to 1; the shares add up to 1. Null where it is not used.',
    }),
    figures: t.expose('figures', {
      type: RecommenderFigures,
      nullable: true,
      description: 'How it did alone; null where it could not be measured.',
    }),
  }),
});

const RecommenderSplit = builder.objectRef<NonNullable<RecommendationFindings['split']>>('RecommenderSplit').implement({
  description: 'The purchases that were held out to measure recommenders.',
  authScopes: reading,
  fields: (t) => ({
    until: t.expose('until', { type: 'Date', description: 'Last day of purchases that the recommenders saw.' }),
    customers: t.exposeInt('customers', { description: 'Customers who bought within the horizon after it.' }),
    purchases: t.exposeInt('purchases', {
      description: 'Products that they bought in it, each counted once a customer.',
    }),
  }),
});

const RecommendationCalibrationBin = builder.objectRef<CalibrationBin>('RecommendationCalibrationBin').implement({
  description: 'Held-out recommendations, grouped by predicted probability.',
  authScopes: reading,
  fields: (t) => ({
    predicted: t.exposeFloat('predicted', { description: 'Mean predicted probability of a purchase, 0 to 1.' }),
    observed: t.exposeFloat('observed', { description: 'Share that was bought, 0 to 1.' }),
    recommendations: t.exposeInt('recommendations', { description: 'Recommendations of the bin.' }),
  }),
});

const RecommendationModel = builder
  .objectRef<RecommendationFindings & { readonly runId: string }>('RecommendationModel')
  .implement({
    description: 'How the recommendations of the published run were made, and their accuracy on held-out purchases.',
    authScopes: reading,
    fields: (t) => ({
      run: t.field({
        type: AnalysisRun,
        description: 'The run that made them.',
        resolve: async ({ runId }, _args, { loaders }) => (await loaders.run.load(runId))!,
      }),
      horizonDays: t.exposeInt('horizonDays', {
        description: 'Days that the probabilities cover, and length of the held-out period.',
      }),
      reason: t.exposeString('reason', { description: 'What the lists are based on, in one sentence.' }),
      customers: t.exposeInt('customers', { description: 'Customers whose purchases it learned from.' }),
      products: t.exposeInt('products', { description: 'Products that it knows.' }),
      split: t.expose('split', {
        type: RecommenderSplit,
        nullable: true,
        description: 'The last split of the purchases by time; null where the history is too short for one.',
      }),
      recommenders: t.expose('recommenders', {
        type: [RecommenderResult],
        description: 'All recommenders that took part, used or not.',
      }),
      blend: t.expose('blend', {
        type: RecommenderFigures,
        nullable: true,
        description:
          'How the blend did on customers whose purchases its weights were not learned from; null without a split.',
      }),
      calibration: t.expose('calibration', {
        type: [RecommendationCalibrationBin],
        description:
          'Predicted probability against the share that was bought, least likely first; empty without a split.',
      }),
    }),
  });

builder.queryField('recommendationModel', (t) =>
  t.field({
    type: RecommendationModel,
    nullable: true,
    description: 'How recommendations are made; null until a run with recommendations is published.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: async (_root, _args, { read, workspace: { publishedRunId } }) => {
      const findings = await read.recommendationFindings();
      return findings && { ...findings, runId: publishedRunId! };
    },
  }),
);
