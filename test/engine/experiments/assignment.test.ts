import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hashShare } from '../../../server/domain/hash-share.ts';
import { customerId } from '../../../server/domain/ids.ts';
import { assignBalanced, assignVariant, halfOf, isHeldOut } from '../../../server/engine/experiments/assignment.ts';
import { chiSquareTail } from '../../../server/engine/numerics/incomplete-gamma.ts';

const WORKSPACE = '6e0f6f0e-52f5-5a5f-9a63-7c8ba1d8fd4a';
const customers = Array.from({ length: 6000 }, (_, n) => customerId(WORKSPACE, `C-${n}`));

const variantsOf = (...weights: (number | null)[]) =>
  weights.map((weight, i) => ({ name: `variant ${i}`, weight, isControl: i === 0 }));

/** p of Pearson's chi-square for a table of counts whose expected counts are given. */
function chiSquare(observed: readonly number[], expected: readonly number[], degrees: number): number {
  const x = observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  return chiSquareTail(x, degrees);
}

const countOf = (labels: readonly number[], kinds: number) =>
  Array.from({ length: kinds }, (_, kind) => labels.filter((label) => label === kind).length);

/** p of two labels of the same customers being independent. */
function independence(a: readonly number[], b: readonly number[], kindsA: number, kindsB: number): number {
  const [rows, columns] = [countOf(a, kindsA), countOf(b, kindsB)];
  const observed = countOf(
    a.map((label, i) => label * kindsB + b[i]!),
    kindsA * kindsB,
  );
  const expected = observed.map((_, i) => (rows[Math.floor(i / kindsB)]! * columns[i % kindsB]!) / a.length);
  return chiSquare(observed, expected, (kindsA - 1) * (kindsB - 1));
}

const variants = variantsOf(2, 1, 1);
const labels = (campaign: string, of = customers) =>
  of.map((id) => variants.indexOf(assignVariant(WORKSPACE, campaign, id, variants)));

describe('a hash share', () => {
  it('is the first 48 bits of SHA-256 over what it is made of', () => {
    const hex = createHash('sha256').update(`${WORKSPACE}/cart/ann`).digest('hex');
    expect(hashShare(WORKSPACE, 'cart', 'ann')).toBe(Number.parseInt(hex.slice(0, 12), 16) / 2 ** 48);
  });

  it('is uniform over customers', () => {
    const bins = customers.map((id) => Math.floor(20 * hashShare(WORKSPACE, 'spring', id)));
    expect(chiSquare(countOf(bins, 20), Array(20).fill(customers.length / 20), 19)).toBeGreaterThan(0.001);
  });
});

describe('a variant by hash', () => {
  it('is had by as many customers as its weight says', () => {
    const expected = [1 / 2, 1 / 4, 1 / 4].map((share) => share * customers.length);
    for (const campaign of ['spring', 'summer', 'autumn'])
      expect(chiSquare(countOf(labels(campaign), 3), expected, 2)).toBeGreaterThan(0.001);
  });

  it('says nothing of the variant in another campaign, of the holdout, of a half or of another workspace', () => {
    const spring = labels('spring');
    const held = customers.map((id) => Number(isHeldOut(WORKSPACE, 0.3, id)));
    const elsewhere = customers.map((id) => variants.indexOf(assignVariant('other', 'spring', id, variants)));
    expect(independence(spring, labels('summer'), 3, 3)).toBeGreaterThan(0.001);
    expect(independence(spring, held, 3, 2)).toBeGreaterThan(0.001);
    expect(independence(spring, customers.map(halfOf), 3, 2)).toBeGreaterThan(0.001);
    expect(independence(spring, elsewhere, 3, 3)).toBeGreaterThan(0.001);
    expect(independence(spring, labels('spring'), 3, 3)).toBe(0);
  });

  it('stays as it is, whoever else comes and in whatever order', () => {
    const few = customers.slice(0, 50);
    expect(labels('spring', customers).slice(0, 50)).toEqual(labels('spring', few));
    expect(labels('spring', few.toReversed()).toReversed()).toEqual(labels('spring', few));
  });

  it.each([[[]], [[1, null]], [[1, 0]], [[-1, 2]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
    'cannot be had for weights %o',
    (weights) => {
      expect(() => assignVariant(WORKSPACE, 'spring', 'ann', variantsOf(...weights))).toThrow(
        expect.objectContaining({ name: 'DomainError', field: ['variants'] }),
      );
    },
  );
});

describe('the holdout', () => {
  it('only grows with its share', () => {
    const held = (share: number) => customers.filter((id) => isHeldOut(WORKSPACE, share, id));
    expect(held(0)).toEqual([]);
    expect(held(1)).toHaveLength(customers.length);
    expect(held(0.1)).toEqual(held(0.1).filter((id) => isHeldOut(WORKSPACE, 0.11, id)));
    expect(Math.abs(held(0.1).length - 600)).toBeLessThan(4 * Math.sqrt(customers.length * 0.09));
  });
});

describe('halves', () => {
  it('are even', () => {
    const second = customers.filter((id) => halfOf(id) === 1).length;
    expect(Math.abs(second - customers.length / 2)).toBeLessThan(4 * Math.sqrt(customers.length / 4));
  });

  it('go by the parity of the last hexadecimal digit', () => {
    expect(['0', '1', '8', '9', 'a', 'b', 'e', 'f'].map((digit) => halfOf(`6e0f-${digit}`))).toEqual([
      0, 1, 0, 1, 0, 1, 0, 1,
    ]);
  });
});

describe('balanced variants of a stratum', () => {
  const assign = (
    ids: readonly string[],
    of: ReturnType<typeof variantsOf>,
    counts: readonly number[],
    campaign = 'c',
  ) =>
    assignBalanced({ workspaceId: WORKSPACE, campaignId: campaign, counts }, ids, of).map((variant) =>
      of.indexOf(variant),
    );

  it('are within one customer of their shares at any time, in batches of any size', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });
    const batches = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, batches, (weight, sizes) => {
        const of = variantsOf(...weight);
        const sum = weight.reduce((total, each) => total + each, 0);
        const counts = weight.map(() => 0);
        let sofar = 0;
        for (const size of sizes) {
          const ids = customers.slice(sofar, sofar + size);
          for (const each of assign(ids, of, counts)) counts[each]!++;
          sofar += size;
          for (const [i, count] of counts.entries()) {
            const off = Math.abs(count - (weight[i]! / sum) * sofar);
            expect(off).toBeLessThanOrEqual(of.length === 1 ? 0 : 1 - 1 / (2 * of.length - 2) + 1e-6);
          }
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('are left to chance where several are as much in need', () => {
    const ofFirst = Array.from({ length: 600 }, (_, n) => assign([customers[n]!], variantsOf(1, 1, 1), [4, 4, 4])[0]!);
    expect(chiSquare(countOf(ofFirst, 3), [200, 200, 200], 2)).toBeGreaterThan(0.001);
    // Of many newcomers at once it is the one with the lowest hash whose turn is first.
    const ofLowest = Array.from({ length: 300 }, (_, n) => {
      const ids = customers.slice(5 * n, 5 * n + 5);
      const hashes = ids.map((id) => hashShare(WORKSPACE, 'c', id));
      return assign(ids, variantsOf(1, 1, 1), [0, 0, 0])[hashes.indexOf(Math.min(...hashes))]!;
    });
    expect(chiSquare(countOf(ofLowest, 3), [100, 100, 100], 2)).toBeGreaterThan(0.001);
  });

  it('do not depend on the order in which newcomers are named', () => {
    const ids = customers.slice(0, 40);
    const of = variantsOf(3, 2, 1);
    expect(assign(ids.toReversed(), of, [1, 0, 0]).toReversed()).toEqual(assign(ids, of, [1, 0, 0]));
  });

  it('say nothing of those in another campaign', () => {
    const of = variantsOf(1, 1);
    const [here, there] = ['spring', 'summer'].map((campaign) => assign(customers, of, [0, 0], campaign));
    expect(independence(here!, there!, 2, 2)).toBeGreaterThan(0.001);
    expect(here).not.toEqual(there);
  });

  it('make up for a variant that fell behind', () => {
    const counts = countOf(assign(customers.slice(0, 10), variantsOf(1, 1), [10, 0]), 2);
    expect(counts).toEqual([0, 10]);
  });
});
