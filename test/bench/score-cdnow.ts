import { readFileSync } from 'node:fs';

import { inWorker, PARALLEL_JOBS } from '../../server/compute/pool.ts';
import type { CustomerColumns } from '../../server/compute/score-columns.ts';
import { bgNbd } from '../../server/engine/models/bg-nbd.ts';
import { gammaGamma } from '../../server/engine/models/gamma-gamma.ts';
import { scorer } from '../../server/engine/models/score.ts';
import type { History, Spend } from '../../server/engine/models/types.ts';
import { DRAWS } from '../../server/engine/models/value-intervals.ts';
import { cdnowOrders, spendGroups, summarised } from '../support/cdnow.ts';
import { sharedData } from '../support/files.ts';
import { everywhere } from '../support/horizons.ts';
import { dayGroups } from './day-groups.ts';
import type { Figures } from './figures.ts';

const ROUNDS = 15;
const TASK = 'CDNOW master to 1997-09-30, 23570 customers';
const DRIFT = 0.15;

const columnsOf = (customers: readonly (History & Spend)[]): CustomerColumns => ({
  x: Float64Array.from(customers, ({ x }) => x),
  tx: Float64Array.from(customers, ({ tx }) => tx),
  T: Float64Array.from(customers, ({ T }) => T),
  spendX: Float64Array.from(customers, ({ x }) => x),
  m: Float64Array.from(customers, ({ m }) => m),
  paying: new Float64Array(customers.length).fill(1),
  stratum: new Uint16Array(customers.length),
});

/**
 * What ../shared/data/peer_timings.json had its peers do, warm and in one thread: summarise the orders, fit BG/NBD and
 * Gamma-Gamma, then P(alive), expected orders and CLV of all customers (at five horizons instead of one). The median of rounds. With intervals it is
 * the same with each customer's futures simulated in worker threads, as an analysis does.
 */
export async function scoreCdnow(): Promise<Figures> {
  const orders = cdnowOrders('master');
  let customers = 0;
  const rounds: Record<'summary' | 'fit' | 'score' | 'total', number>[] = [];
  const withIntervals: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const summaries = summarised(orders);
    customers = summaries.length;
    const summary = performance.now();
    const transactions = bgNbd.fit(dayGroups(summaries));
    const spend = gammaGamma.fit(spendGroups(summaries));
    const fit = performance.now();
    const settings = { marginRate: 1, annualDiscountRate: 0.1 };
    const score = scorer(transactions, spend, settings);
    for (const customer of summaries) score(customer, customer);
    const scored = performance.now();
    rounds.push({ summary: summary - start, fit: fit - summary, score: scored - fit, total: scored - start });
    const now = { transactions: [transactions], spend, settings };
    const setup = { key: `${round}`, now, before: null, deviations: everywhere(DRIFT) };
    const part = Math.ceil(customers / PARALLEL_JOBS);
    await Promise.all(
      Array.from({ length: PARALLEL_JOBS }, (_, i) =>
        inWorker('scoreColumns', {
          setup,
          customers: columnsOf(summaries.slice(i * part, (i + 1) * part)),
          before: null,
        }),
      ),
    );
    withIntervals.push(fit - start + performance.now() - scored);
  }
  const middle = (times: number[]) => Math.round(times.sort((a, b) => a - b)[ROUNDS >> 1]!) / 1000;
  const median = (part: keyof (typeof rounds)[number]) => middle(rounds.map((round) => round[part]));
  const total = median('total');
  return {
    customers,
    summarySeconds: median('summary'),
    fitSeconds: median('fit'),
    scoreSeconds: median('score'),
    totalSeconds: total,
    withIntervalsSeconds: middle(withIntervals),
    drawsPerCustomer: DRAWS,
    ...ratios(total),
  };
}

/** How many times faster than each peer that did the whole task or the fits of it. */
function ratios(total: number): Figures {
  const { note: _note, ...peers } = JSON.parse(readFileSync(sharedData('peer_timings.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries<Record<string, Record<string, number>>>(peers).flatMap(([peer, tasks]) => {
      const figures = tasks[TASK] ?? tasks['CDNOW master'];
      const seconds = figures?.total ?? figures?.fitBgNbd ?? figures?.fitMbgNbd;
      const what = figures?.total === undefined ? ', its fit alone' : '';
      return seconds === undefined
        ? []
        : [[`times faster than ${peer}${what}`, Math.round((10 * seconds) / total) / 10]];
    }),
  );
}
