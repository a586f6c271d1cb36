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
    POPULARITY: { value: 'popularity', description: 'The products that most customers buy.' },
    ITEM_KNN: { value: 'itemKnn', description: 'Products that were bought by the buyers of the customer’s products.' },
    EASE: { value: 'ease', description: 'A linear model of each product from all others, EASE (Steck 2019).' },
    IALS: {
      value: 'ials',
      description: 'A factor model of customers and products, implicit ALS (Hu, Koren and Volinsky 2008).',
    },
    REPEAT_PURCHASE: {
      value: 'repeatPurchase',
      description: 'Products that the customer bought before and is expected to need again.',
    },
  } as const,
});

const RecommenderFigures = builder.objectRef<ListFigures>('RecommenderFigures').implement({
  description: 'Accuracy of lists of ten products on held-out purchases. All figures are 0 to 1.',
  authScopes: reading,
  fields: (t) => ({
    recall: t.exposeFloat('recall', {
      description: 'Mean share of a customer’s held-out products that are in the list.',
    }),
    ndcg: t.exposeFloat('ndcg', {
      description:
        'Normalised discounted cumulative gain; 1 when every list begins with the products that were bought.',
    }),
    hitRate: t.exposeFloat('hitRate', {
      description: 'Share of customers with at least one bought product in their list.',
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of all products that are in at least one list.' }),
    concentration: t.exposeFloat('concentration', {
      description:
        'Gini coefficient of how often products are listed: 0 when all are listed equally often, near 1 when only a few are.',
    }),
  }),
});

const RecommenderResult = builder.objectRef<RecommenderFindings>('RecommenderResult').implement({
  description: 'One recommender with its accuracy and its weight.',
  authScopes: reading,
  fields: (t) => ({
    recommender: t.expose('recommender', { type: Recommender, description: 'The recommender.' }),
    isUsed: t.exposeBoolean('isUsed', { description: 'Whether the lists use the recommender.' }),
    reason: t.exposeString('reason', { description: 'Why the recommender is used or not, in one English sentence.' }),
    weight: t.exposeFloat('weight', {
      nullable: true,
      description: 'Weight of the recommender in the lists, 0 to 1. The weights add up to 1. Null when it is not used.',
    }),
    figures: t.expose('figures', {
      type: RecommenderFigures,
      nullable: true,
      description: 'Accuracy of the recommender alone. Null when it could not be measured.',
    }),
  }),
});

const RecommenderSplit = builder.objectRef<NonNullable<RecommendationFindings['split']>>('RecommenderSplit').implement({
  description: 'The purchases that were held out to measure recommenders.',
  authScopes: reading,
  fields: (t) => ({
    until: t.expose('until', {
      type: 'Date',
      description: 'Last day of the purchases that the recommenders learned from.',
    }),
    customers: t.exposeInt('customers', {
      description: 'Number of customers who bought within the horizon after that day.',
    }),
    productsBought: t.exposeInt('purchases', {
      description: 'Number of products that they bought within the horizon, counted once per customer.',
    }),
  }),
});

const RecommendationCalibrationBin = builder.objectRef<CalibrationBin>('RecommendationCalibrationBin').implement({
  description: 'Held-out recommendations, grouped by predicted probability.',
  authScopes: reading,
  fields: (t) => ({
    predicted: t.exposeFloat('predicted', { description: 'Mean predicted probability of a purchase, 0 to 1.' }),
    observed: t.exposeFloat('observed', { description: 'Share of the recommendations that were bought, 0 to 1.' }),
    recommendations: t.exposeInt('recommendations', { description: 'Number of recommendations in the bin.' }),
  }),
});

const RecommendationModel = builder
  .objectRef<RecommendationFindings & { readonly runId: string }>('RecommendationModel')
  .implement({
    description:
      'How the recommendations of the published run were computed, and their accuracy on held-out purchases.',
    authScopes: reading,
    fields: (t) => ({
      run: t.field({
        type: AnalysisRun,
        description: 'The run that computed the recommendations.',
        resolve: async ({ runId }, _args, { loaders }) => (await loaders.run.load(runId))!,
      }),
      horizonDays: t.exposeInt('horizonDays', {
        description: 'Days that the probabilities cover, and length of the held-out period.',
      }),
      reason: t.exposeString('reason', { description: 'What the lists are based on, in one English sentence.' }),
      customers: t.exposeInt('customers', { description: 'Number of customers whose purchases were used.' }),
      products: t.exposeInt('products', { description: 'Number of products in those purchases.' }),
      split: t.expose('split', {
        type: RecommenderSplit,
        nullable: true,
        description: 'The latest split of the purchases by time. Null when the history is too short.',
      }),
      recommenders: t.expose('recommenders', {
        type: [RecommenderResult],
        description: 'All recommenders that were compared, used or not.',
      }),
      blend: t.expose('blend', {
        type: RecommenderFigures,
        nullable: true,
        description:
          'Accuracy of the weighted recommenders, on customers who were not used to learn the weights. Null without a split.',
      }),
      calibration: t.expose('calibration', {
        type: [RecommendationCalibrationBin],
        description:
          'Predicted probability compared with the share that was bought, lowest probability first. Empty without a split.',
      }),
    }),
  });

builder.queryField('recommendationModel', (t) =>
  t.field({
    type: RecommendationModel,
    nullable: true,
    description: 'How recommendations are computed. Null until a run with recommendations is published.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: async (_root, _args, { read, workspace: { publishedRunId } }) => {
      const findings = await read.recommendationFindings();
      return findings && { ...findings, runId: publishedRunId! };
    },
  }),
);
