import type pg from 'pg';

import { rfmScores } from '../analytics/rfm.ts';
import { insertScores, type RunScope, type ScoreRow } from '../data/score-writer.ts';
import { type SummaryRow, summaryPages } from '../data/summaries.ts';
import { daysBetween } from '../domain/day.ts';
import { HORIZONS } from '../domain/horizon.ts';
import { type ScoreSettings, scorer } from '../models/score.ts';
import type { ChosenFit } from './fit-models.ts';
import { historyOf, monetaryOf, type Reduction, repeatSpendOf, spendOf } from './reduce-summaries.ts';

const NEVER = '0001-01-01';
const NOTHING = HORIZONS.map(() => 0);
const CLV12 = HORIZONS.indexOf('P12M');

export interface ScoreInput {
  readonly run: RunScope;
  readonly asOf: string;
  readonly base: Reduction;
  readonly transactions: ChosenFit;
  readonly spend: ChosenFit;
  readonly settings: ScoreSettings;
}

/** Scores every customer of the workspace, page by page, while the page before is being stored. @returns The largest 12-month CLV. */
export async function scoreCustomers(pool: pg.Pool, input: ScoreInput): Promise<number> {
  const score = scorer(input.transactions.fit, input.spend.fit, input.settings);
  const spend = input.spend.fit.model === 'gamma-gamma' ? repeatSpendOf : spendOf;
  let highest = 0;
  let storing: Promise<void> = Promise.resolve();

  function toScore(summary: SummaryRow): ScoreRow {
    const { customerId, netRevenue, orderCount, orderDays, lastOrderOn } = summary;
    const facts = { customerId, netRevenue, orderCount, orderDays, lastOrderOn: lastOrderOn ?? NEVER };
    if (lastOrderOn === null) return { ...PROSPECT, ...facts };
    const { probabilityAlive, churn90, expectedSpend, expectedOrders, clv } = score(
      historyOf(summary, input.asOf),
      spend(summary),
    );
    const rfm = rfmScores(
      {
        daysSinceLastOrder: daysBetween(lastOrderOn, input.asOf),
        orderDays,
        monetaryValue: monetaryOf(summary, input.base.isMargin),
      },
      input.base.edges,
    );
    const clv12 = clv[CLV12]!;
    highest = Math.max(highest, clv12);
    return {
      ...facts,
      segment: rfm.segment,
      recency: rfm.r,
      frequency: rfm.f,
      monetary: rfm.m,
      probabilityAlive,
      churn90,
      expectedSpend,
      expectedOrders,
      clv,
      moneyAtRisk: clv12 * churn90,
    };
  }

  for await (const page of summaryPages(pool, input.run.workspaceId, input.asOf)) {
    const scores = page.map(toScore);
    await storing;
    storing = insertScores(pool, input.run, scores);
    storing.catch(() => {});
  }
  await storing;
  return highest;
}

/** Of whom nothing is known: readers show null where a sort column has to hold something. */
const PROSPECT = {
  segment: 'PROSPECT',
  recency: 0,
  frequency: 0,
  monetary: 0,
  probabilityAlive: null,
  churn90: 0,
  expectedSpend: 0,
  expectedOrders: NOTHING,
  clv: NOTHING,
  moneyAtRisk: 0,
} as const;
