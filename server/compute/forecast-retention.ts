import { DomainError } from '../domain/errors.ts';
import { checkAnnualRate } from '../domain/rates/discount-rate.ts';
import { bdw } from '../engine/models/bdw.ts';
import type { ContractGroup, ContractModel } from '../engine/models/contract-types.ts';
import { sbg } from '../engine/models/sbg.ts';
import type { Fit } from '../engine/models/types.ts';

export interface RetentionInput {
  /** Customers of a cohort at the start, after the first renewal, after the second, and so on. */
  readonly survivors: readonly number[];
  /** How many renewals to look ahead. */
  readonly renewalsAhead: number;
  /** Length of a renewal period. */
  readonly periodMonths: number;
  readonly annualDiscountRate: number;
}

export interface RetentionForecast {
  readonly model: string;
  readonly fit: Fit<object>;
  /** Share of the cohort still there at the start, after the first renewal, ...: through what was seen and beyond. */
  readonly survival: readonly number[];
  /** Share of those active who renew: the first time, the second, ... */
  readonly retention: readonly number[];
  /** Of a customer who has just made the last renewal seen: renewals to come without an end, discounted to the next one. */
  readonly discountedRenewals: number;
}

const MOST_PERIODS = 240;
const MOST_CUSTOMERS = 1e9;

const MODELS = { sBG: sbg, BdW: bdw } as const;

/**
 * How a cohort with contracts will go on, by the two models of renewal.
 * @throws DomainError for survivors that are not falling whole numbers, and for what the models refuse.
 */
export function forecastRetention(input: RetentionInput): RetentionForecast[] {
  const { survivors, renewalsAhead, periodMonths } = input;
  checkSurvivors(survivors);
  checkWhole('renewalsAhead', renewalsAhead, 0, MOST_PERIODS);
  checkWhole('periodMonths', periodMonths, 1, 120);
  const delta = (Math.log1p(checkAnnualRate(input.annualDiscountRate)) * periodMonths) / 12;
  const seen = survivors.length - 1;
  const periods = Array.from({ length: seen + renewalsAhead }, (_, i) => i + 1);
  const groups = contractsOf(survivors);
  return Object.entries(MODELS).map(([name, each]) => {
    const model = each as unknown as ContractModel<object>;
    const fit = model.fit(groups);
    const { parameters } = fit;
    const loyal = { tenure: seen, churned: false };
    return {
      model: name,
      fit,
      survival: [1, ...periods.map((period) => model.survival(parameters, period))],
      retention: periods.map((period) => model.retentionRate(parameters, period)),
      discountedRenewals: model.discountedExpectedTransactions(parameters, loyal, Number.POSITIVE_INFINITY, delta),
    };
  });
}

/** Who left at each renewal, and who is still there. */
function contractsOf(survivors: readonly number[]): ContractGroup[] {
  const last = survivors.length - 1;
  const left = survivors.slice(1).map((count, i) => ({ tenure: i + 1, churned: true, count: survivors[i]! - count }));
  return [...left, { tenure: last, churned: false, count: survivors[last]! }].filter(({ count }) => count > 0);
}

function checkSurvivors(survivors: readonly number[]): void {
  const isFalling = survivors.every((count, i) => i === 0 || count <= survivors[i - 1]!);
  const isWhole = survivors.every((count) => Number.isInteger(count) && count >= 0 && count <= MOST_CUSTOMERS);
  if (survivors.length < 3 || survivors.length > MOST_PERIODS || !isWhole || !isFalling)
    throw new DomainError(
      'BAD_SURVIVORS',
      `survivors must be 3 to ${MOST_PERIODS} whole numbers, none larger than the one before: the cohort at the start, after the first renewal, ...`,
      ['survivors'],
    );
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw new DomainError('BAD_ARGUMENTS', `${name} must be a whole number from ${least} to ${most}, got ${value}`, [
      name,
    ]);
}
