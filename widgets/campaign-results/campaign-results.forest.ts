import { type Estimate, reachOf } from './campaign-results.data.ts';

/** Where an estimate lies on the axis: shares of its length from the lower end; ends of an interval may lie beyond. */
export type Mark = Readonly<Record<'at' | 'low' | 'high', number>>;

export interface Forest {
  /** One to three round numbers, 0 among them. */
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
  readonly zero: number;
  /** Without an interval, its ends are where the value is. */
  readonly mark: (estimate: Estimate) => Mark;
}

/** What reaches so many times as far as usual is cut, so that one small group does not flatten all others. */
const MOST_USUAL = 4;
const MOST_TICKS = 3;

/** One axis for all estimates, with 0 on it. */
export function forestOf(estimates: readonly Estimate[]): Forest {
  const reaches = estimates.map(reachOf).sort((a, b) => a - b);
  const bound = MOST_USUAL * (reaches[Math.floor(reaches.length / 2)] ?? 0) || 1;
  const endsOf = ({ value, interval }: Estimate) => [interval?.low ?? value, interval?.high ?? value] as const;
  const ends = estimates.flatMap(endsOf);
  const low = Math.max(Math.min(0, ...ends), -bound);
  const high = Math.min(Math.max(0, ...ends), bound);
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / MOST_TICKS));
  const ticksOf = (step: number) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => ticksOf(one) <= MOST_TICKS)!;
  const first = Math.ceil(low / step);
  const at = (value: number) => (value - low) / span;
  return {
    ticks: Array.from({ length: ticksOf(step) }, (_, index) => (first + index) * step).map((value) => ({
      value,
      at: at(value),
    })),
    zero: at(0),
    mark: (estimate) => {
      const [from, to] = endsOf(estimate);
      return { at: at(Math.min(Math.max(estimate.value, low), high)), low: at(from), high: at(to) };
    },
  };
}
