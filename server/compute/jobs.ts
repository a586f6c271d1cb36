import { backtest } from '../analytics/backtest.ts';
import { fitOthers } from './candidates.ts';
import { fitBase } from './fit-base.ts';
import { fitStrata } from './fit-strata.ts';
import { scoreColumns } from './score-columns.ts';

/** What worker threads can be asked to do. */
const JOBS = { backtest, fitBase, fitOthers, fitStrata, scoreColumns } as const;

export type Jobs = typeof JOBS;

interface Call {
  readonly name: keyof Jobs;
  readonly input: readonly unknown[];
}

export default ({ name, input }: Call): unknown => (JOBS[name] as (...input: readonly unknown[]) => unknown)(...input);
