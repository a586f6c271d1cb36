import type { HorizonCoverage } from './coverage.ts';

/** Outcomes that lay within intervals, against how many should have. */
export interface CoverageCount {
  /** Share that should lie within, 0 to 1. */
  readonly promised: number;
  readonly held: number;
  readonly count: number;
}

/** What the 80% intervals of a horizon held, over the origins. */
export interface Coverage {
  readonly weeks: number;
  readonly customers: CoverageCount;
  readonly totals: CoverageCount;
  /** Mean share of the customers' outcomes within the middle 80% of their forecasts, 0 to 1. */
  readonly centralShare: number;
}

const TOTALS_PROMISED = 0.8;

/** @param origins the coverage of each, by horizon. @returns shortest horizon first. */
export function coverageByHorizon(origins: readonly (readonly HorizonCoverage[])[]): Coverage[] {
  const all = origins.flat();
  const lengths = [...new Set(all.map(({ weeks }) => weeks))].toSorted((a, b) => a - b);
  return lengths.map((weeks) => {
    const measured = all.filter((each) => each.weeks === weeks);
    const sumOf = (of: (each: HorizonCoverage) => number) => measured.reduce((sum, each) => sum + of(each), 0);
    const customers = sumOf((each) => each.customers);
    return {
      weeks,
      customers: {
        promised: sumOf((each) => each.customersPromised) / customers,
        held: sumOf((each) => each.customersHeld),
        count: customers,
      },
      totals: {
        promised: TOTALS_PROMISED,
        held: sumOf((each) => Number(each.totalHeld)),
        count: measured.length,
      },
      centralShare: sumOf((each) => each.centralShare * each.customers) / customers,
    };
  });
}
