import { dayNumber } from '../../server/domain/day.ts';
import { customerId, productId } from '../../server/domain/ids.ts';
import type { RecommendationKind } from '../../server/domain/recommendations.ts';
import type { RecommendationFindings } from '../../server/engine/recommenders/evaluation/findings.ts';
import type { Database } from '../../server/store/database.ts';
import { AS_OF, type Store } from './store.ts';

export interface ProductFixture {
  readonly id: string;
  readonly name?: string | null;
  readonly category?: string | null;
  /** Of the catalogue. */
  readonly price?: string | null;
  readonly inStock?: boolean;
  readonly isExcluded?: boolean;
  /** What the run says; null for nothing. */
  readonly score?: {
    readonly price?: number | null;
    readonly buyers?: number;
    readonly repeatShare?: number;
    readonly usualGapDays?: number | null;
  } | null;
}

export interface RecommendationFixture {
  readonly product: string;
  readonly kind?: RecommendationKind;
  readonly probability?: number;
  readonly value?: number | null;
  readonly because?: readonly string[];
  readonly boughtBoth?: number;
  readonly usualGapDays?: number;
  readonly lastBoughtOn?: string;
  readonly timesBought?: number;
  readonly expectedOn?: string;
  readonly priceRatio?: number;
}

export interface NeighborFixture {
  readonly of: string;
  readonly kind: 'BOUGHT_TOGETHER' | 'SIMILAR';
  /** Nearest first. */
  readonly products: readonly string[];
}

export interface RecommenderFixture {
  readonly products?: readonly ProductFixture[];
  /** By the customer's external id, best first. */
  readonly lists?: Readonly<Record<string, readonly RecommendationFixture[]>>;
  /** By country, empty for all; best first. */
  readonly trending?: Readonly<Record<string, readonly string[]>>;
  readonly neighbors?: readonly NeighborFixture[];
  /** By customer and product: days on which it was bought. */
  readonly bought?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const FINDINGS: RecommendationFindings = {
  horizonDays: 30,
  reason: 'a blend of 2 recommenders, measured on 40 customers',
  customers: 120,
  products: 12,
  split: { until: '2025-12-01', customers: 40, purchases: 90 },
  recommenders: [
    {
      recommender: 'itemKnn',
      isUsed: true,
      reason: 'adds 0.02 to the recall',
      weight: 0.75,
      figures: { recall: 0.4, ndcg: 0.3, hitRate: 0.5, coverage: 0.9, concentration: 0.4 },
    },
    { recommender: 'ials', isUsed: false, reason: 'adds nothing', weight: null, figures: null },
  ],
  blend: { recall: 0.45, ndcg: 0.35, hitRate: 0.55, coverage: 0.8, concentration: 0.5 },
  calibration: [{ predicted: 0.1, observed: 0.12, recommendations: 200 }],
};

/** Gives the run of a store recommendations, as an analysis would. */
export async function insertRecommender(db: Database, store: Store, fixture: RecommenderFixture = {}): Promise<void> {
  const { workspaceId, runId } = store;
  const { products = [], lists = {}, trending = {}, neighbors = [], bought = {} } = fixture;
  const ofRun = { workspaceId, runId };
  const product = (id: string) => productId(workspaceId, id);
  await db.prisma.recommendationModel.create({ data: { ...ofRun, findings: { ...FINDINGS } as object } });
  await db.prisma.product.createMany({ data: products.map((fixture) => productRow(workspaceId, fixture)) });
  await db.prisma.productScore.createMany({
    data: products
      .filter(({ score }) => score !== null)
      .map(({ id, score }) => ({ ...ofRun, productId: product(id), price: 9, buyers: 4, repeatShare: 0.25, ...score })),
  });
  await db.prisma.recommendation.createMany({
    data: Object.entries(lists).flatMap(([customer, recommendations]) =>
      recommendations.map(({ product: id, because = [], lastBoughtOn, expectedOn, ...recommendation }, index) => ({
        kind: 'CROSS_SELL',
        probability: 0.5 / (index + 1),
        ...recommendation,
        ...ofRun,
        customerId: customerId(workspaceId, customer),
        rank: index + 1,
        productId: product(id),
        becauseIds: because.map(product),
        lastBoughtOn: lastBoughtOn === undefined ? null : new Date(lastBoughtOn),
        expectedOn: expectedOn === undefined ? null : new Date(expectedOn),
      })),
    ),
  });
  await db.prisma.trendingProduct.createMany({
    data: Object.entries(trending).flatMap(([country, ids]) =>
      ids.map((id, index) => ({
        ...ofRun,
        country,
        rank: index + 1,
        productId: product(id),
        share: 0.5 / (index + 1),
      })),
    ),
  });
  await db.prisma.productNeighbor.createMany({
    data: neighbors.flatMap(({ of, kind, products: ids }) =>
      ids.map((id, index) => ({
        ...ofRun,
        productId: product(of),
        kind,
        rank: index + 1,
        neighborId: product(id),
        score: 1 / (index + 1),
        customers: 10 - index,
        lift: 2,
      })),
    ),
  });
  await db.prisma.customerProduct.createMany({
    data: Object.entries(bought).flatMap(([customer, ofProduct]) =>
      Object.entries(ofProduct).map(([id, days]) => ({
        workspaceId,
        customerId: customerId(workspaceId, customer),
        productId: product(id),
        days: days.map(dayNumber),
        quantity: days.length,
        revenue: 10 * days.length,
      })),
    ),
  });
}

const productRow = (workspaceId: string, { id, score: _, ...product }: ProductFixture) => ({
  name: `The ${id}`,
  category: 'Home',
  price: '10',
  ...product,
  id: productId(workspaceId, id),
  workspaceId,
  externalId: id,
});

/** The day so many days before the as-of day. */
export const daysBeforeAsOf = (days: number): string =>
  new Date(Date.parse(AS_OF) - days * 86_400_000).toISOString().slice(0, 10);
