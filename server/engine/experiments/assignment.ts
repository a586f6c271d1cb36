import type { VariantRules } from '../../domain/campaigns.ts';
import { DomainError } from '../../domain/errors.ts';
import { hashShare } from '../../domain/hash-share.ts';

type Weighted = Pick<VariantRules, 'name' | 'weight'>;

/** No placement has such a name, and no campaign such an id. */
const HOLDOUT_SALT = 'campaigns:holdout';

/**
 * Whether no campaign may reach a customer. A larger share holds out more customers and lets nobody go.
 * @param globalHoldoutShare Of all customers, 0 to 1.
 */
export const isHeldOut = (workspaceId: string, globalHoldoutShare: number, customerId: string): boolean =>
  hashShare(workspaceId, HOLDOUT_SALT, customerId) < globalHoldoutShare;

/**
 * The half that a customer is in, for learning on one and judging on the other: the parity of the id's last digit, as in SQL
 * `('x' || right(customer_id::text, 1))::bit(4)::int & 1`. Ids are hashes, so it is as good as a coin.
 */
export const halfOf = (customerId: string): 0 | 1 => (Number.parseInt(customerId.slice(-1), 16) & 1 ? 1 : 0);

/**
 * The variant of a customer, by a hash and the weights: it depends on nobody else, so an audience may grow in any order.
 * @throws DomainError where there is no variant, or a weight is not above 0.
 */
export function assignVariant<Variant extends Weighted>(
  workspaceId: string,
  campaignId: string,
  customerId: string,
  variants: readonly Variant[],
): Variant {
  const shares = sharesOf(variants);
  let rest = hashShare(workspaceId, campaignId, customerId);
  for (const [i, share] of shares.entries()) {
    if (rest < share) return variants[i]!;
    rest -= share;
  }
  return variants.at(-1)!;
}

export interface Stratum {
  readonly workspaceId: string;
  readonly campaignId: string;
  /** Customers that each variant has in the stratum so far, in the order of the variants. They keep theirs. */
  readonly counts: readonly number[];
}

/**
 * The variants of newcomers to one stratum, in the order of the given ids. After each newcomer every variant has its share of
 * the stratum to within one customer, if it had so before. Newcomers take their turns in the order of a hash, so that only
 * chance decides; between variants with the same need, another part of the hash decides.
 * @see Tijdeman (1980), The chairman assignment problem: no customer more or less than 1 - 1/(2 variants - 2) from the share
 * @throws DomainError as {@link assignVariant}
 */
export function assignBalanced<Variant extends Weighted>(
  { workspaceId, campaignId, counts }: Stratum,
  customerIds: readonly string[],
  variants: readonly Variant[],
): Variant[] {
  const shares = sharesOf(variants);
  const sofar = [...counts];
  const hashes = customerIds.map((id) => hashShare(workspaceId, campaignId, id));
  const assigned = new Array<Variant>(customerIds.length);
  for (const turn of [...hashes.keys()].sort((a, b) => hashes[a]! - hashes[b]!)) {
    const next = mostUrgent(shares, sofar, lowBits(hashes[turn]!));
    sofar[next]!++;
    assigned[turn] = variants[next]!;
  }
  return assigned;
}

/** Independent of the order of hashes. @returns In [0, 1). */
const lowBits = (hash: number): number => (hash * 2 ** 24) % 1;

/** Deadlines that differ by rounding only are alike. */
const ROUNDING = 1e-9;

/** Of the variants that may have one more, that which would be the first to fall short. @param chance In [0, 1). */
function mostUrgent(shares: readonly number[], counts: readonly number[], chance: number): number {
  const total = counts.reduce((sum, count) => sum + count, 1);
  const slack = shares.length === 1 ? 0 : 1 / (2 * shares.length - 2);
  const behind = shares.map((share, i) => share * total - counts[i]!);
  const deadlines = behind.map((by, i) =>
    by < slack - ROUNDING ? Number.POSITIVE_INFINITY : (1 - slack - by) / shares[i]!,
  );
  const first = Math.min(...deadlines);
  const tied = [...deadlines.keys()].filter((i) => deadlines[i]! <= first + ROUNDING);
  return tied[Math.floor(chance * tied.length)]!;
}

function sharesOf(variants: readonly Weighted[]): number[] {
  if (variants.length === 0) {
    throw new DomainError('NO_VARIANTS', 'expected at least one variant to assign customers to, got none', [
      'variants',
    ]);
  }
  const weights = variants.map(({ name, weight }) => {
    if (weight !== null && weight > 0 && weight < Number.POSITIVE_INFINITY) return weight;
    throw new DomainError('BAD_WEIGHT', `expected a weight above 0 for variant "${name}", got ${weight}`, ['variants']);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
