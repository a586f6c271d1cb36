import { normalQuantile } from '../numerics/normal.ts';
import type { Rate } from './result-types.ts';
import type { Estimate } from './types.ts';

const Z = normalQuantile(0.975);

/**
 * A share with Wilson's 95% interval, which lies in [0, 1] and has a width also where nobody or everybody did.
 * @param count From 0 to `of`. @param of Null of nobody.
 * @see Wilson (1927); Brown, Cai & DasGupta (2001) eq. 4
 */
export function wilson(count: number, of: number): Estimate | null {
  if (of === 0) return null;
  const share = count / of;
  const size = of + Z * Z;
  const middle = (count + (Z * Z) / 2) / size;
  const margin = (Z / size) * Math.sqrt(of * share * (1 - share) + (Z * Z) / 4);
  // At the ends the bound is the share itself; the difference of two roundings would not be.
  const low = count === 0 ? 0 : middle - margin;
  const high = count === of ? 1 : middle + margin;
  return { value: share, interval: { low, high } };
}

/**
 * @param of Those who could have. Where fewer are known than did (who clicks has pictures off and is not seen to open), those
 * who did: a share is never above 1.
 */
export function rate(count: number, of: number): Rate {
  const base = Math.max(count, of);
  return { count, of: base, share: wilson(count, base) };
}
