import { randomUUID } from 'node:crypto';

import { Prisma } from '../../prisma/generated/client/client.ts';
import type { KeyKind } from '../../server/access/api-key.ts';
import { createKey } from '../../server/access/create-key.ts';
import { customerId, workspaceId as idOf, orderId, productId, refundId } from '../../server/domain/ids.ts';
import { HORIZON_MONTHS } from '../../server/domain/period.ts';
import { SCOPES, type Scope } from '../../server/domain/scopes.ts';
import type { Segment } from '../../server/domain/segments.ts';
import type { Database } from '../../server/store/database.ts';

/** The time by which tests run. */
export const NOW = new Date('2026-01-15T12:00:00Z');
export const AS_OF = '2025-12-31';
export const PEPPER = 'pepper-for-tests';

export interface CustomerFixture {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly country?: string;
  readonly channel?: string;
  readonly orders?: readonly OrderFixture[];
  /** Absent for a customer whom the run does not know. */
  readonly score?: ScoreFixture;
}

export interface OrderFixture {
  readonly id: string;
  readonly at: string;
  readonly lines: readonly {
    readonly product?: string;
    readonly quantity?: string;
    readonly price: string;
    readonly discount?: string;
  }[];
  readonly refunds?: readonly { readonly id: string; readonly at: string; readonly amount: string }[];
}

export interface ScoreFixture {
  readonly segment?: Segment;
  /** 12-month CLV; that of another horizon is in proportion to its months. */
  readonly clv?: number;
  readonly churn?: number;
  readonly scores?: readonly [recency: number, frequency: number, monetary: number];
  readonly cohort?: string;
  readonly lastOrderOn?: string;
  /** As many as there are orders, or 3, by default. */
  readonly orderDays?: number;
  readonly netRevenue?: string;
  readonly clvBin?: number;
  /** Recency, orders, spend, refit. */
  readonly change?: readonly number[];
}

export interface Store {
  readonly workspaceId: string;
  readonly runId: string;
  /** An API key of the store, as its owner sees it. */
  key(scopes?: readonly Scope[], kind?: KeyKind, origins?: readonly string[]): Promise<string>;
}

/** Puts a workspace with customers, and a published run that knows those with a score, straight into the database. */
export async function createStore(
  db: Database,
  customers: readonly CustomerFixture[] = [],
  { published = true, name = randomUUID() }: { readonly published?: boolean; readonly name?: string } = {},
): Promise<Store> {
  const workspaceId = idOf(name);
  await db.prisma.workspace.create({ data: { id: workspaceId, name, currency: 'EUR' } });
  await insertCustomers(db, workspaceId, customers);
  const runId = await insertRun(db, workspaceId);
  const known = customers.flatMap((customer) => (customer.score ? [{ customer, score: customer.score }] : []));
  await db.prisma.customerScore.createMany({
    data: known.map(({ customer, score }) => scoreRow(workspaceId, runId, customer, score)),
  });
  await db.prisma.scoreCell.createMany({
    data: known.map(({ customer, score }) => cellRow(workspaceId, runId, customer, score)),
  });
  if (published) {
    await db.prisma.workspace.update({ where: { id: workspaceId }, data: { publishedRunId: runId } });
    await db.prisma.analysisRun.update({ where: { id: runId }, data: { status: 'PUBLISHED', finishedAt: NOW } });
  }
  return {
    workspaceId,
    runId,
    key: async (scopes = SCOPES, kind = 'RESTRICTED', origins = []) => {
      const input = { name: 'test', kind, scopes, origins, expiresAt: null };
      const { id, key } = await createKey({ prisma: db.prisma, pepper: PEPPER, now: NOW }, workspaceId, input);
      // A use just noted is not noted again, which would be a statement more.
      await db.prisma.apiKey.update({ where: { id }, data: { lastUsedAt: NOW } });
      return key;
    },
  };
}

async function insertCustomers(
  { prisma }: Database,
  workspaceId: string,
  customers: readonly CustomerFixture[],
): Promise<void> {
  const idOf = ({ id }: CustomerFixture) => customerId(workspaceId, id);
  const orders = customers.flatMap((customer) =>
    (customer.orders ?? []).map((order) => orderRows(workspaceId, idOf(customer), order)),
  );
  await prisma.customer.createMany({
    data: customers.map((customer) => {
      const { id: externalId, name, email, country, channel } = customer;
      const lastActiveOn = new Date(customer.orders?.at(-1)?.at ?? AS_OF);
      return { id: idOf(customer), workspaceId, externalId, name, email, country, channel, lastActiveOn };
    }),
  });
  await prisma.product.createMany({ data: orders.flatMap(({ products }) => products), skipDuplicates: true });
  await prisma.order.createMany({ data: orders.map(({ order }) => order) });
  await prisma.orderLine.createMany({ data: orders.flatMap(({ lines }) => lines) });
  await prisma.refund.createMany({ data: orders.flatMap(({ refunds }) => refunds) });
}

function orderRows(workspaceId: string, customer: string, order: OrderFixture) {
  const shared = { customerId: customer, workspaceId };
  const source = { ...shared, importJobId: randomUUID(), currency: 'EUR' };
  const id = orderId(customer, order.id);
  const lines = order.lines.map(({ product, quantity = '1', price, discount = '0' }, index) => ({
    ...shared,
    orderId: id,
    lineNo: index + 1,
    productId: product === undefined ? null : productId(workspaceId, product),
    quantity,
    unitPrice: price,
    discount,
  }));
  const amount = lines.reduce(
    (sum, line) => sum.plus(new Prisma.Decimal(line.quantity).times(line.unitPrice).minus(line.discount)),
    new Prisma.Decimal(0),
  );
  return {
    order: { ...source, id, externalId: order.id, placedAt: new Date(order.at), amount, lineCount: lines.length },
    lines,
    products: order.lines.flatMap(({ product }) =>
      product === undefined
        ? []
        : [
            {
              id: productId(workspaceId, product),
              workspaceId,
              externalId: product,
              name: `The ${product}`,
              category: 'Home',
            },
          ],
    ),
    refunds: (order.refunds ?? []).map((refund) => ({
      ...source,
      id: refundId(customer, refund.id),
      externalId: refund.id,
      orderId: id,
      refundedAt: new Date(refund.at),
      amount: refund.amount,
    })),
  };
}

/** A run of the workspace that has not been published. */
export async function insertRun(db: Database, workspaceId: string, startedAt = NOW): Promise<string> {
  const id = randomUUID();
  const asOf = new Date(AS_OF);
  await db.prisma.analysisRun.create({
    data: {
      id,
      workspaceId,
      status: 'RUNNING',
      asOf,
      currency: 'EUR',
      annualDiscountRate: 0.1,
      marginRate: 0.4,
      clvBinEdges: [50, 100, 200],
      modelReason: 'MBG/NBD has the lowest CRPS',
      backtestWeeks: 13,
      ownShare: 0,
      errors: [0.2, 0.2, 0.2, 0.28, 0.35].map((deviation) => ({
        shift: 0,
        season: 1,
        deviation,
        measuredWeeks: 13,
        origins: 4,
      })),
      coverage: [
        {
          weeks: 13,
          customers: { promised: 0.9, held: 79, count: 100 },
          totals: { promised: 0.8, held: 3, count: 4 },
          centralShare: 0.78,
        },
      ],
      sharedDeviations: [0.21, 0.21, 0.21, 0.22, 0.22],
      spendCorrelation: 0.1,
      formulas: [
        { key: 'HISTORIC', perCustomer: 100 },
        { key: 'ARPU_MARGIN_CHURN', perCustomer: null },
      ],
      startedAt,
    },
  });
  const fit = { runId: id, workspaceId, customers: 60, logLikelihood: -123.5, iterations: 12 };
  await db.prisma.modelFit.createMany({
    data: [
      {
        ...fit,
        process: 'TRANSACTIONS',
        model: 'MBG/NBD',
        status: 'CONVERGED',
        parameters: { r: 0.5, alpha: 6.2, a: 0.9, b: 1.6 },
        standardErrors: { r: 0.05, alpha: 0.4, a: 0.1, b: null },
      },
      {
        ...fit,
        process: 'TRANSACTIONS',
        model: 'BG/NBD',
        isChosen: false,
        status: 'CONVERGED',
        parameters: { r: 0.2, alpha: 4.4, a: 0.8, b: 2.4 },
      },
      {
        ...fit,
        process: 'SPEND',
        model: 'Pooled mean',
        status: 'FALLBACK',
        reason: '12 repeat buyers, 50 are needed',
        parameters: { k: 1, mBar: 40 },
        logLikelihood: null,
        iterations: null,
      },
    ],
  });
  await db.prisma.backtest.createMany({
    data: [
      { runId: id, workspaceId, origin: new Date('2025-06-30'), model: 'MBG/NBD', figures: figuresOfBacktest(0.3) },
      { runId: id, workspaceId, origin: new Date('2025-06-30'), model: 'Own rate', figures: figuresOfBacktest(0.5) },
    ],
  });
  return id;
}

const figuresOfBacktest = (crps: number) => ({
  customers: 55,
  orders: { predicted: 90, actual: 100, bias: -0.1, lnRatio: 0.105 },
  value: { predicted: 2250.5, actual: 2500, bias: -0.0998, lnRatio: 0.105 },
  meanAbsoluteError: 0.5,
  rootMeanSquareError: 0.9,
  crps,
  brier: 0.15,
  areaUnderCurve: 0.8,
  expectedCalibrationError: 0.02,
  anyOrderCalibration: [{ customers: 55, meanPredicted: 0.4, meanActual: 0.5 }],
  ordersCalibration: [{ customers: 55, meanPredicted: 1.6, meanActual: 1.8 }],
  normalisedGini: 0.6,
  topDecileShare: 0.5,
});

function figures({
  segment = 'LOYAL',
  clv = 100,
  churn = 0.25,
  lastOrderOn = '2025-12-01',
  netRevenue = '250',
}: ScoreFixture) {
  const prospect = segment === 'PROSPECT';
  const value = prospect ? 0 : clv;
  const perHorizon = Object.values(HORIZON_MONTHS).flatMap((months) => [
    [`clv${months}`, (value * months) / 12],
    [`expectedOrderDays${months}`, prospect ? 0 : months / 6],
  ]);
  return {
    segment,
    netRevenue: prospect ? '-10' : netRevenue,
    moneyAtRisk: prospect ? 0 : value * churn,
    churn90: prospect ? 0 : churn,
    lastOrderOn: new Date(prospect ? '0001-01-01' : lastOrderOn),
    horizons: Object.fromEntries(perHorizon) as Record<
      `clv${3 | 6 | 12 | 24 | 36}` | `expectedOrderDays${3 | 6 | 12 | 24 | 36}`,
      number
    >,
  };
}

const intervals = (clv: readonly number[]) => ({
  clvP10: clv.map((value) => value / 2),
  clvP50: clv.map((value) => 0.75 * value),
  clvP90: clv.map((value) => 2 * value),
  clvVariance: clv.map((value) => value ** 2),
});

function scoreRow(workspaceId: string, runId: string, customer: CustomerFixture, score: ScoreFixture) {
  const { horizons, ...rest } = figures(score);
  const [recency, frequency, monetary] = rest.segment === 'PROSPECT' ? [0, 0, 0] : (score.scores ?? [4, 3, 4]);
  return {
    ...rest,
    ...horizons,
    workspaceId,
    runId,
    customerId: customerId(workspaceId, customer.id),
    recency,
    frequency,
    monetary,
    ...intervals(
      rest.segment === 'PROSPECT' ? [] : Object.values(HORIZON_MONTHS).map((months) => horizons[`clv${months}`]),
    ),
    firstOrderOn: rest.segment === 'PROSPECT' ? null : new Date('2025-03-01'),
    purchaseValue: 120,
    monetaryValue: 40,
    clvChange: [...(score.change ?? [])],
    probabilityAlive: rest.segment === 'PROSPECT' ? null : 0.8,
    expectedSpend: rest.segment === 'PROSPECT' ? 0 : 42.125,
    orderCount: customer.orders?.length ?? 3,
    orderDays: score.orderDays ?? customer.orders?.length ?? 3,
  };
}

function cellRow(workspaceId: string, runId: string, customer: CustomerFixture, score: ScoreFixture) {
  const { horizons, segment, netRevenue, moneyAtRisk } = figures(score);
  const prospect = segment === 'PROSPECT';
  const [recency, frequency, monetary] = prospect ? [0, 0, 0] : (score.scores ?? [4, 3, 4]);
  return {
    ...horizons,
    workspaceId,
    runId,
    segment,
    netRevenue,
    moneyAtRisk,
    recency,
    fm: Math.floor((frequency + monetary + 1) / 2),
    clvVariance: prospect ? [] : Object.values(HORIZON_MONTHS).map((months) => horizons[`clv${months}`] ** 2),
    largestClv: prospect ? [] : [horizons.clv12, ...Object.values(HORIZON_MONTHS).map((m) => horizons[`clv${m}`])],
    cohort: prospect ? null : new Date(score.cohort ?? '2025-03-01'),
    country: customer.country ?? null,
    clvBin: score.clvBin ?? 0,
    customers: 1,
  };
}
