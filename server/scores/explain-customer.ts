import type { CustomerScore } from '../customers/data/customer-columns.ts';
import type { CustomerOrderDays } from '../customers/data/order-days.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import { actBefore, actBeforeDay } from '../engine/analytics/act-before.ts';
import { type AlivePath, alivePath } from '../engine/analytics/alive-path.ts';
import { fittedTransactions } from '../engine/models/find-model.ts';
import type { RunRow } from './data/runs.ts';
import { chosenFits } from './fit-rows.ts';
import { historyOf } from './score-rows.ts';

/** How far the picture of P(alive) looks ahead, in days. */
const PROJECTED_DAYS = 182;

const modelOf = (run: RunRow, { stratum }: CustomerScore) => fittedTransactions(chosenFits(run).transactions[stratum]!);

/**
 * The day on which P(alive) falls under a threshold if the customer does not buy; it may lie in the past.
 * @returns null where it never does, and for a fallback.
 * @throws DomainError BAD_THRESHOLD unless the threshold lies between 0 and 1.
 */
export function actBeforeDate(score: CustomerScore, run: RunRow, threshold: number): string | null {
  if (!(threshold > 0 && threshold < 1))
    throw new DomainError('BAD_THRESHOLD', `threshold must lie between 0 and 1, got ${threshold}`, ['threshold']);
  if (score.firstOrderOn === null) return null;
  const { model, parameters } = modelOf(run, score);
  const weeks = actBefore(model, parameters, historyOf(score, run.asOf), threshold);
  return weeks === null ? null : dayOfNumber(actBeforeDay(dayNumber(score.firstOrderOn), weeks));
}

/** P(alive) of a customer since the first order, and half a year on if nothing is bought; null for a fallback. */
export function aliveHistory(score: CustomerScore, run: RunRow, { days }: CustomerOrderDays): AlivePath | null {
  const { model, parameters } = modelOf(run, score);
  const asOfDay = dayNumber(run.asOf);
  return alivePath({
    orderDays: days,
    asOfDay,
    until: asOfDay + PROJECTED_DAYS,
    probabilityAlive: (history) => model.probabilityAlive(parameters, history),
  });
}
