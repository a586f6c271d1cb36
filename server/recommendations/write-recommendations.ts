import type pg from 'pg';

import { inWorker, PARALLEL_JOBS } from '../compute/pool.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import type { Progress } from '../domain/progress.ts';
import type { ListMaker, Recommendation } from '../engine/recommenders/recommendations.ts';
import type { Due } from '../engine/recommenders/repeat-purchase.ts';
import type { RunScope } from '../store/run-scope.ts';
import { insertRecommendations, type RecommendationRow, type ReplenishmentRow } from './data/recommendation-writer.ts';
import type { Base } from './gather-interactions.ts';

export interface RecommendationsInput {
  readonly run: RunScope;
  readonly asOf: string;
  readonly base: Base;
  readonly maker: ListMaker;
}

/** Customers that a thread makes lists for at a time. */
const PAGE = 500;

/** Makes the lists of all customers in worker threads, while those before are being stored. */
export async function writeRecommendations(
  pool: pg.Pool,
  input: RecommendationsInput,
  onProgress?: Progress,
): Promise<void> {
  const { data } = input.base;
  const pages = Array.from({ length: Math.ceil(data.users / PAGE) }, (_, page) => page * PAGE).values();
  let done = 0;
  // As many writers as threads take page after page. All of them end before a failed run's figures are dropped.
  const writers = await Promise.allSettled(
    Array.from({ length: PARALLEL_JOBS }, async () => {
      for (const from of pages) {
        await writePage(pool, input, from);
        done += Math.min(PAGE, data.users - from);
        onProgress?.(done, data.users);
      }
    }),
  );
  for (const writer of writers) if (writer.status === 'rejected') throw writer.reason;
}

async function writePage(pool: pg.Pool, input: RecommendationsInput, from: number): Promise<void> {
  const { run, base, maker } = input;
  const to = Math.min(base.data.users, from + PAGE);
  const lists = await inWorker('makeRecommendations', { data: base.data, maker, from, to });
  const recommendations = lists.flatMap(({ recommendations }, i) =>
    recommendations.map((recommendation, rank) => toRecommendation(input, from + i, recommendation, rank + 1)),
  );
  const replenishments = lists.flatMap(({ due }, i) => due.map((each) => toReplenishment(input, from + i, each)));
  await insertRecommendations(pool, run, recommendations, replenishments);
}

function toRecommendation(
  { base: { customerIds, products }, asOf, maker: { isMeasured } }: RecommendationsInput,
  user: number,
  { item, kind, probability, value, because, boughtBoth, due, priceRatio }: Recommendation,
  rank: number,
): RecommendationRow {
  const dates = due && datesOf(due, asOf);
  return {
    customer_id: customerIds[user]!,
    rank,
    product_id: products[item]!.id,
    kind,
    probability: isMeasured ? probability : null,
    value: isMeasured && !Number.isNaN(value) ? value : null,
    because_ids: because.map((each) => products[each]!.id),
    bought_both: boughtBoth,
    usual_gap_days: dates?.usual_gap_days ?? null,
    last_bought_on: dates?.last_bought_on ?? null,
    times_bought: due?.times ?? 0,
    expected_on: dates?.expected_on ?? null,
    price_ratio: priceRatio,
  };
}

const toReplenishment = (
  { base: { customerIds, products }, asOf }: RecommendationsInput,
  user: number,
  due: Due,
): ReplenishmentRow => ({
  customer_id: customerIds[user]!,
  product_id: products[due.item]!.id,
  probability: due.probability,
  ...datesOf(due, asOf),
  times_bought: due.times,
});

function datesOf({ elapsed, expectedIn, usualGap }: Due, asOf: string) {
  const today = dayNumber(asOf);
  return {
    expected_on: dayOfNumber(today + Math.round(expectedIn)),
    usual_gap_days: usualGap,
    last_bought_on: dayOfNumber(today - elapsed),
  };
}
