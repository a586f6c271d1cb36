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

/** A list with everything that ids and reasons of its rows speak of. */
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
      description: 'What speaks for it, for programs.',
      resolve: ({ recommendation }) => REASON_OF_KIND[recommendation.kind],
    }),
    text: t.string({
      description: 'The reason in English, such as "usually bought again after 34 days, last bought 31 days ago".',
      resolve: ({ recommendation, list }) => reasonText({ ...recommendation, country: list.country }),
    }),
    products: t.field({
      type: [Product],
      description:
        'Products that speak for it, strongest first: bought before or, where `customers` is null, only looked at. Empty where none does.',
      resolve: ({ recommendation }) => recommendation.because,
    }),
    customers: t.int({
      nullable: true,
      description: 'Customers who bought the first of those products and this one by the as-of day; null without one.',
      resolve: ({ recommendation }) => recommendation.boughtBoth,
    }),
    usualGapDays: t.float({
      nullable: true,
      description: 'Days after which it is usually bought again; null where that does not matter or is unknown.',
      resolve: ({ recommendation }) => recommendation.usualGapDays,
    }),
    daysSinceLastBought: t.int({
      nullable: true,
      description: 'Days from the customer’s last purchase of it to the as-of day; null where they never bought it.',
      resolve: ({ recommendation }) => recommendation.daysSinceLastBought,
    }),
    timesBought: t.int({
      description: 'Days on which the customer bought it; 0 for never.',
      resolve: ({ recommendation }) => recommendation.timesBought,
    }),
    priceRatio: t.float({
      nullable: true,
      description: 'Its price over what the customer usually pays in its category; null where that does not matter.',
      resolve: ({ recommendation }) => recommendation.priceRatio,
    }),
  }),
});

const Recommendation = builder.objectRef<RowShape>('Recommendation').implement({
  description: 'A product offered to a customer.',
  authScopes: reading,
  fields: (t) => ({
    id: t.id({
      description:
        'Opaque id for `recordRecommendationFeedback`. It tells which customer got what, where, in which variant and by which run, and holds after later runs.',
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
    rank: t.exposeInt('rank', { description: 'Place in this list, from 1.' }),
    product: t.field({
      type: Product,
      description: 'What is recommended: in stock, and not excluded.',
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
        'Probability that the customer buys it within the horizon of the list, 0 to 1; null in CONTROL and FALLBACK lists.',
      resolve: ({ recommendation }) => recommendation.probability,
    }),
    expectedMargin: t.field({
      type: Money,
      nullable: true,
      description:
        'The probability times the margin of a purchase; null where the cost is unknown, and in CONTROL and FALLBACK lists.',
      resolve: ({ recommendation: { value } }, _args, { workspace }) =>
        value === null ? null : roundedMoney(value, workspace.currency),
    }),
    expectedOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Day on which the customer is expected to need it again; it may have passed. Null but for REPLENISH.',
      resolve: ({ recommendation }) => recommendation.expectedOn,
    }),
    reason: t.field({ type: RecommendationReason, description: 'Why it is recommended.', resolve: (row) => row }),
  }),
});

const CustomerRecommendations = builder.objectRef<ListShape>('CustomerRecommendations').implement({
  description: 'What to offer a customer, by the published run; filtered by stock and placement when it is asked for.',
  authScopes: reading,
  fields: (t) => ({
    nodes: t.field({
      type: [Recommendation],
      description: 'The recommendations, best first.',
      resolve: (list) =>
        list.recommendations.map((recommendation, index) => ({ rank: index + 1, recommendation, list })),
    }),
    variant: t.expose('variant', { type: RecommendationVariant, description: 'Which list it is.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description:
        'Why it is not the customer’s own list, such as "no purchases yet: what sells best in DE lately"; null for PERSONAL.',
    }),
    horizonDays: t.exposeInt('horizonDays', {
      description: 'Days from the as-of day that the probabilities speak of.',
    }),
    asOf: t.expose('asOf', { type: 'Date', description: 'Last day of purchases that the run has seen.' }),
  }),
});

builder.objectField(Customer, 'recommendations', (t) =>
  t.field({
    type: CustomerRecommendations,
    nullable: true,
    description:
      'What to offer the customer next. Products out of stock or excluded are never among them. Null until a run with recommendations is published.',
    authScopes: reading,
    complexity: listCost,
    args: {
      kinds: t.arg({
        type: [RecommendationKind],
        description:
          'Only these, of those that the placement has; all when absent. What sells best instead is of the kind TRENDING all the same.',
      }),
      first: t.arg.int({
        defaultValue: LIST_SIZE,
        description: `Recommendations to list at most, 1 to ${MOST_RECOMMENDATIONS}.`,
      }),
      placement: t.arg.string({
        description:
          'Name of the placement that shows them: its filters and its control group apply. None when absent.',
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
