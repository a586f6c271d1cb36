import type { CustomerRow } from '../../server/customers/data/customer-columns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import { REASON_OF_KIND } from '../../server/domain/recommendations.ts';
import { MOST_RECOMMENDATIONS } from '../../server/recommendations/placement.ts';
import { LIST_SIZE } from '../../server/recommendations/recommendation-filter.ts';
import { recommendationText } from '../../server/recommendations/recommendation-id.ts';
import { reasonText } from '../../server/recommendations/recommendation-reason.ts';
import {
  readListRequest,
  type ServedList,
  type ServedRecommendation,
  serveRecommendations,
} from '../../server/recommendations/serve-recommendations.ts';
import { builder } from '../builder.ts';
import { listCost } from '../cost.ts';
import { Customer } from '../customers/customer.ts';
import { Product } from '../customers/product.ts';
import { Money } from '../money.ts';
import { RecommendationKind, RecommendationReasonCode, RecommendationVariant } from './recommendation-enums.ts';

const reading = { scope: 'recommendations:read' } as const;

/** A list with everything that the ids and reasons of its rows need. */
interface ListShape extends ServedList {
  readonly customer: CustomerRow;
  readonly runId: string;
  readonly placement: string;
  readonly horizonDays: number;
  readonly asOf: string;
}

interface RowShape {
  readonly rank: number;
  readonly recommendation: ServedRecommendation;
  readonly list: ListShape;
}

const RecommendationReason = builder.objectRef<RowShape>('RecommendationReason').implement({
  description: 'Why a product is recommended to a customer.',
  authScopes: reading,
  fields: (t) => ({
    code: t.field({
      type: RecommendationReasonCode,
      description: 'Kind of the reason, for programs.',
      resolve: ({ recommendation }) => REASON_OF_KIND[recommendation.kind],
    }),
    text: t.string({
      description: 'The reason in English, such as "usually bought again after 34 days, last bought 31 days ago".',
      resolve: ({ recommendation, list }) => reasonText({ ...recommendation, country: list.country }),
    }),
    products: t.field({
      type: [Product],
      description:
        'Products that the recommendation is based on, strongest first: products that the customer bought, or only viewed when `customers` is null. Empty when there are none.',
      resolve: ({ recommendation }) => recommendation.because,
    }),
    customers: t.int({
      nullable: true,
      description:
        'Number of customers who bought both the first of `products` and this product by the as-of day. Null when `products` is empty or was only viewed.',
      resolve: ({ recommendation }) => recommendation.boughtBoth,
    }),
    usualGapDays: t.float({
      nullable: true,
      description: 'Usual days between two purchases of the product. Null when it is unknown or not the reason.',
      resolve: ({ recommendation }) => recommendation.usualGapDays,
    }),
    daysSinceLastBought: t.int({
      nullable: true,
      description:
        'Days from the customer’s last purchase of the product to the as-of day. Null when they never bought it.',
      resolve: ({ recommendation }) => recommendation.daysSinceLastBought,
    }),
    timesBought: t.int({
      description: 'Number of order days on which the customer bought the product.',
      resolve: ({ recommendation }) => recommendation.timesBought,
    }),
    priceRatio: t.float({
      nullable: true,
      description:
        'Price of the product divided by what the customer usually pays in its category. Null when it is not the reason.',
      resolve: ({ recommendation }) => recommendation.priceRatio,
    }),
  }),
});

const Recommendation = builder.objectRef<RowShape>('Recommendation').implement({
  description: 'One product proposed to one customer.',
  authScopes: reading,
  fields: (t) => ({
    id: t.id({
      description:
        'Opaque id for `recordRecommendationFeedback`. It identifies customer, product, placement, variant and run, and stays valid after later runs.',
      resolve: ({ recommendation, list }) =>
        recommendationText({
          customerId: list.customer.id,
          runId: list.runId,
          productId: recommendation.product.id,
          kind: recommendation.kind,
          variant: list.variant,
          placement: list.placement,
        }),
    }),
    rank: t.exposeInt('rank', { description: 'Position in the list, from 1.' }),
    product: t.field({
      type: Product,
      description: 'The recommended product. It is in stock and not excluded.',
      resolve: ({ recommendation }) => recommendation.product,
    }),
    kind: t.field({
      type: RecommendationKind,
      description: 'What it is for.',
      resolve: ({ recommendation }) => recommendation.kind,
    }),
    probability: t.float({
      nullable: true,
      description:
        'Probability that the customer buys the product within `horizonDays`, 0 to 1. Null in CONTROL and FALLBACK lists.',
      resolve: ({ recommendation }) => recommendation.probability,
    }),
    expectedMargin: t.field({
      type: Money,
      nullable: true,
      description:
        '`probability` multiplied by the margin of the purchase. Null when the cost is unknown, and in CONTROL and FALLBACK lists.',
      resolve: ({ recommendation: { value } }, _args, { workspace }) =>
        value === null ? null : roundedMoney(value, workspace.currency),
    }),
    expectedOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Day on which the customer is expected to buy the product again. It may be in the past. Null for all kinds but REPLENISH.',
      resolve: ({ recommendation }) => recommendation.expectedOn,
    }),
    reason: t.field({
      type: RecommendationReason,
      description: 'Why the product is recommended.',
      resolve: (row) => row,
    }),
  }),
});

const CustomerRecommendations = builder.objectRef<ListShape>('CustomerRecommendations').implement({
  description:
    'Recommendations for a customer, from the published run. Stock and the filters of the placement are applied at the time of the query.',
  authScopes: reading,
  fields: (t) => ({
    nodes: t.field({
      type: [Recommendation],
      description: 'The recommendations, best first.',
      resolve: (list) =>
        list.recommendations.map((recommendation, index) => ({ rank: index + 1, recommendation, list })),
    }),
    variant: t.expose('variant', { type: RecommendationVariant, description: 'Which list the customer got.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description:
        'Why the list is not the customer’s own, such as "no purchases yet: these are the best-selling products in DE". Null for PERSONAL.',
    }),
    horizonDays: t.exposeInt('horizonDays', {
      description: 'Days from the as-of day that the probabilities cover.',
    }),
    asOf: t.expose('asOf', { type: 'Date', description: 'Last day of the data that the run used.' }),
  }),
});

builder.objectField(Customer, 'recommendations', (t) =>
  t.field({
    type: CustomerRecommendations,
    nullable: true,
    description:
      'Recommendations for the customer. Products out of stock or excluded are left out. Null until a run with recommendations is published.',
    authScopes: reading,
    complexity: listCost,
    args: {
      kinds: t.arg({
        type: [RecommendationKind],
        description:
          'Only these of the kinds that the placement allows. Default: all. They do not limit a list of best-selling products, which is of the kind TRENDING.',
      }),
      first: t.arg.int({
        defaultValue: LIST_SIZE,
        description: `Maximum number of recommendations, 1 to ${MOST_RECOMMENDATIONS}.`,
      }),
      placement: t.arg.string({
        description:
          'Name of the placement that shows the recommendations. Its filters and its control group apply. Default: none.',
      }),
    },
    resolve: async (customer, { kinds, first, placement }, { loaders, workspace }) => {
      const request = readListRequest({ kinds, first });
      const { id, country, orderCount } = customer;
      const source = await loaders.listSources.load({ customerId: id, country, placement: placement ?? null });
      if (source === null) return null;
      const served = { id, workspaceId: workspace.id, hasOrders: orderCount > 0 };
      return {
        ...serveRecommendations(served, source, request),
        customer,
        runId: workspace.publishedRunId!,
        placement: source.placement?.name ?? '',
        horizonDays: source.horizonDays,
        asOf: source.asOf,
      };
    },
  }),
);
