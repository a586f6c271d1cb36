import type { Campaign } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import type { ResultsRequest } from '../engine/experiments/types.ts';

/** What a caller may leave open. */
export type ResultsArguments = {
  readonly [Name in keyof Omit<ResultsRequest, 'withClv'>]?: ResultsRequest[Name] | null | undefined;
};

const LONGEST_WINDOW_DAYS = 365;
const MOST_DIMENSIONS = 2;

/** @throws DomainError naming the argument that is not acceptable. */
export function readResultsRequest(
  args: ResultsArguments,
  campaign: Pick<Campaign, 'windowDays'>,
  withClv: boolean,
): ResultsRequest {
  const windowDays = args.windowDays ?? campaign.windowDays;
  if (!Number.isInteger(windowDays) || windowDays < 1 || windowDays > LONGEST_WINDOW_DAYS) {
    const message = `windowDays must be 1 to ${LONGEST_WINDOW_DAYS}, got ${windowDays}`;
    throw new DomainError('BAD_WINDOW', message, ['windowDays']);
  }
  const by = [...new Set(args.by ?? [])];
  if (by.length > MOST_DIMENSIONS) {
    throw new DomainError('BAD_DIMENSIONS', `expected at most ${MOST_DIMENSIONS} dimensions, got ${by.length}`, ['by']);
  }
  const winsorizeAt = args.winsorizeAt ?? null;
  if (winsorizeAt !== null && !(winsorizeAt > 0.5 && winsorizeAt < 1)) {
    throw new DomainError('BAD_QUANTILE', `winsorizeAt must lie between 0.5 and 1, got ${winsorizeAt}`, [
      'winsorizeAt',
    ]);
  }
  const metric = args.metric ?? 'REVENUE';
  const covariate = args.covariate ?? 'PRIOR_REVENUE';
  return { metric, windowDays, by, covariate, winsorizeAt, withClv: withClv || metric === 'CLV' };
}
