import type pg from 'pg';
import { inWorker, PARALLEL_JOBS } from '../compute/pool.ts';
import type { ScoreColumns, ScoreSetup, Valuation } from '../compute/score-columns.ts';
import { daysBetween } from '../domain/day.ts';
import { HORIZONS } from '../domain/period.ts';
import type { Progress } from '../domain/progress.ts';
import { CHANGES } from '../engine/analytics/clv-change.ts';
import { rfmScores } from '../engine/analytics/rfm.ts';
import type { RunScope } from '../store/run-scope.ts';
import { insertScores, type ScoreRow } from './data/score-writer.ts';
import { type SummaryRow, summaryPages } from './data/summaries.ts';
import { roundedTo } from './exact-sums.ts';
import { monetaryOf, type Reduction } from './reduce-summaries.ts';
import { columnsOf } from './score-rows.ts';
import type { Strata } from './stratify.ts';

/** Customers that a thread scores at a time: few enough that a small base keeps all threads busy. */
const PAGE = 1000;

/** Each keeps a connection busy that others may want. */
const PAGES_AT_ONCE = Math.min(PARALLEL_JOBS, 4);

const NEVER = '0001-01-01';
const NOTHING = HORIZONS.map(() => 0);
const NO_INTERVAL = { p10: [], p50: [], p90: [], variance: [] };
/** Far below the digits that expected order days are shown with. */
const ORDER_DAYS_QUANTUM = 2 ** -24;
const CLV12 = HORIZONS.indexOf('P12M');

/** The run before, where its figures can be compared with. */
export interface EarlierRun {
  readonly id: string;
  readonly asOf: string;
  readonly valuation: Valuation;
  readonly paidShareAfterFree: number;
}

export interface ScoreInput {
  readonly run: RunScope;
  readonly asOf: string;
  readonly base: Reduction;
  readonly valuation: Valuation;
  /** Null where one set of parameters is for all. */
  readonly strata: Strata | null;
  readonly before: EarlierRun | null;
  /** By horizon: standard deviation of ln(actual/predicted) by which the intervals are widened. */
  readonly deviations: readonly number[];
  /** Whether customers get values: else nothing is known of what is to come. */
  readonly hasValues: boolean;
}

/**
 * Scores every customer of the workspace, page by page, in worker threads, while the pages before are being stored.
 * @returns The largest 12-month CLV.
 */
export async function scoreCustomers(pool: pg.Pool, input: ScoreInput, onProgress?: Progress): Promise<number> {
  const { run, before, valuation, strata } = input;
  const setup: ScoreSetup = {
    key: run.runId,
    now: valuation,
    before: before && { ...before.valuation, weeksAgo: daysBetween(before.asOf, input.asOf) / 7 },
    deviations: input.deviations,
  };
  const reference = Math.max(0, strata?.list.findIndex(({ row }) => row.every((dummy) => dummy === 0)) ?? 0);
  let highest = 0;
  let done = 0;

  async function scorePage(page: readonly SummaryRow[]): Promise<void> {
    const buyers = page.filter(({ orderDays }) => orderDays > 0);
    const prospects = page.filter(({ orderDays }) => orderDays === 0).map(toProspect);
    const scored = input.hasValues ? await valued(buyers) : buyers.map((buyer) => toUnvalued(buyer, input));
    for (const { clv } of scored) highest = Math.max(highest, clv[CLV12]!);
    await insertScores(pool, run, [...scored, ...prospects]);
    done += page.length;
    onProgress?.(done, input.base.customers);
  }

  async function valued(buyers: readonly SummaryRow[]): Promise<ScoreRow[]> {
    // Traits that came up since the fit have no parameters of their own: they count as the most frequent levels.
    const stratum = buyers
      .map(({ traits }) => strata?.indexOf(traits) ?? 0)
      .map((position) => (position < valuation.transactions.length ? position : reference));
    const scores = await inWorker('scoreColumns', {
      setup,
      customers: columnsOf(buyers, input.asOf, valuation, input.base.paidShareAfterFree, stratum),
      before:
        before &&
        columnsOf(
          buyers.map((summary) => summary.before),
          before.asOf,
          before.valuation,
          before.paidShareAfterFree,
          buyers.map((summary) => summary.before?.stratum ?? 0),
        ),
    });
    return buyers.map((summary, i) => toScore(summary, stratum[i]!, scores, i, input));
  }

  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const page of summaryPages(pool, run.workspaceId, input.asOf, before?.id, strata?.covariates, PAGE)) {
      const work = scorePage(page)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(work));
      underWay.add(work);
      if (underWay.size > PAGES_AT_ONCE) await Promise.race(underWay);
      if (failures.length > 0) break;
    }
  } finally {
    // What is still being stored must be stored before a failed run's figures are dropped.
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
  return highest;
}

/** The i-th customer's row. */
function toScore(summary: SummaryRow, stratum: number, scores: ScoreColumns, i: number, input: ScoreInput): ScoreRow {
  const perHorizon = (column: Float64Array) => column.subarray(i * HORIZONS.length, (i + 1) * HORIZONS.length);
  const { value, variance: squared } = input.base.quanta;
  const clv = perHorizon(scores.clv).map((each) => roundedTo(value, each));
  const alive = scores.probabilityAlive[i]!;
  const change = scores.change?.subarray(i * CHANGES.length, (i + 1) * CHANGES.length) ?? [];
  const { p10, p50, p90, variance } = scores.interval!;
  return {
    ...factsOf(summary),
    ...rfmOf(summary, input),
    stratum,
    probabilityAlive: Number.isNaN(alive) ? null : alive,
    churn90: scores.churn90[i]!,
    expectedSpend: scores.expectedSpend[i]!,
    expectedOrderDays: perHorizon(scores.expectedOrderDays).map((each) => roundedTo(ORDER_DAYS_QUANTUM, each)),
    clv,
    interval: {
      p10: perHorizon(p10),
      p50: perHorizon(p50),
      p90: perHorizon(p90),
      variance: perHorizon(variance).map((each) => roundedTo(squared, each)),
    },
    moneyAtRisk: roundedTo(value, clv[CLV12]! * scores.churn90[i]!),
    clvChange: Number.isNaN(change[0]) ? [] : change,
  };
}

function rfmOf(summary: SummaryRow, { asOf, base }: ScoreInput) {
  const { segment, r, f, m } = rfmScores(
    {
      daysSinceLastOrder: daysBetween(summary.lastOrderOn!, asOf),
      orderDays: summary.orderDays,
      monetaryValue: monetaryOf(summary, base.isMargin),
    },
    base.edges,
  );
  return { segment, recency: r, frequency: f, monetary: m };
}

/** Customers in a run without values: readers show null, as for those without a history. */
const toUnvalued = (summary: SummaryRow, input: ScoreInput): ScoreRow => ({
  ...toProspect(summary),
  ...rfmOf(summary, input),
});

/** Customers without a history: readers show null where a sort column has to hold something. */
const toProspect = (summary: SummaryRow): ScoreRow => ({
  ...factsOf(summary),
  stratum: 0,
  segment: 'PROSPECT',
  recency: 0,
  frequency: 0,
  monetary: 0,
  probabilityAlive: null,
  churn90: 0,
  expectedSpend: 0,
  expectedOrderDays: NOTHING,
  clv: NOTHING,
  interval: NO_INTERVAL,
  moneyAtRisk: 0,
  clvChange: [],
});

const factsOf = (summary: SummaryRow) => ({
  customerId: summary.customerId,
  netRevenue: summary.netRevenue,
  orderCount: summary.orderCount,
  orderDays: summary.orderDays,
  firstOrderOn: summary.firstOrderOn,
  lastOrderOn: summary.lastOrderOn ?? NEVER,
  purchaseValue: summary.purchaseValue,
  monetaryValue: summary.monetaryValue,
});
