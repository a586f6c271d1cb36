import { DomainError } from '../domain/errors.ts';
import { backtest } from '../engine/analytics/backtest/backtest.ts';
import { fitOthers } from './candidates.ts';
import { fitBase } from './fit-base.ts';
import { fitStrata } from './fit-strata.ts';
import { forecastRetention } from './forecast-retention.ts';
import { forecastValue } from './forecast-value.ts';
import {
  crossUserItems,
  findNeighborhoods,
  fitRecommender,
  joinItemKnn,
  learnBlend,
  makeRecommendations,
  nearestItems,
  seenUntil,
  tryRecommenders,
} from './recommend.ts';
import { scoreColumns } from './score-columns.ts';

/** What worker threads can be asked to do. */
const JOBS = {
  backtest,
  fitBase,
  fitOthers,
  fitStrata,
  forecastRetention,
  forecastValue,
  scoreColumns,
  seenUntil,
  fitRecommender,
  crossUserItems,
  nearestItems,
  joinItemKnn,
  tryRecommenders,
  learnBlend,
  makeRecommendations,
  findNeighborhoods,
} as const;

export type Jobs = typeof JOBS;

interface Call {
  readonly name: keyof Jobs;
  readonly input: readonly unknown[];
}

/** An error that crosses threads keeps nothing but its message: the rest of a DomainError travels as a value. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly refused: Pick<DomainError, 'code' | 'message' | 'field'> };

export default ({ name, input }: Call): Outcome => {
  try {
    return { value: (JOBS[name] as (...input: readonly unknown[]) => unknown)(...input) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, field } = error;
    return { refused: { code, message, field } };
  }
};
