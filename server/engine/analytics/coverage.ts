/** The bounds of an 80% interval. */
const LOW = 0.1;
const HIGH = 0.9;

/** 1 where the interval holds what came, else 0: the mean over many customers is the coverage that one would count by hand. */
export const plainCoverage = ({ p10, p90 }: { readonly p10: number; readonly p90: number }, actual: number): number =>
  p10 <= actual && actual <= p90 ? 1 : 0;

/**
 * How much of an outcome lies between the 10% and the 90% point of its forecast. Over many customers the mean is 0.8 when the
 * forecasts are right, also for figures with a lump at zero, where an interval [0, p90] holds 90% and more.
 *
 * The actual figure y stands for the jump of the forecast's distribution function there, from F(y-) to F(y), and what
 * counts is the share of the jump within [0.1, 0.9]. With n draws the jump is from #{draws < y} / (n + 1) to
 * (#{draws <= y} + 1) / (n + 1): the places that y may take among the draws, which makes it exact for any n.
 * @param draws of the forecast, in any order, at least one.
 * @param actual what came, in their unit.
 * @returns in [0, 1].
 * @see Czado, Gneiting & Held (2009), Predictive Model Assessment for Count Data, Biometrics 65(4), eq. 2
 */
export function pitCoverage(draws: ArrayLike<number>, actual: number): number {
  let below = 0;
  let equal = 0;
  for (let i = 0; i < draws.length; i++) {
    if (draws[i]! < actual) below++;
    else if (draws[i] === actual) equal++;
  }
  const places = draws.length + 1;
  const from = below / places;
  const width = (equal + 1) / places;
  return Math.max(0, Math.min(from + width, HIGH) - Math.max(from, LOW)) / width;
}
