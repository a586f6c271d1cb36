import { type CampaignRules, HOLDOUT_VARIANT, type VariantRules } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';

const LONGEST_NAME = 200;
const LONGEST_VARIANT_NAME = 100;
const MOST_VARIANTS = 20;
const LONGEST_WINDOW_DAYS = 365;
const LONGEST_LIST = 100;
export const HIGHEST_HOLDOUT_SHARE = 0.5;

/** @param globalHoldoutShare Of the workspace. @throws DomainError naming the argument that is not acceptable. */
export function assertCampaign(rules: CampaignRules, globalHoldoutShare: number): void {
  const { name, windowDays, budget, costPerMessage, audience } = rules;
  assertName(name, LONGEST_NAME, ['name']);
  if (!Number.isInteger(windowDays) || windowDays < 1 || windowDays > LONGEST_WINDOW_DAYS) {
    const message = `windowDays must be 1 to ${LONGEST_WINDOW_DAYS}, got ${windowDays}`;
    throw new DomainError('BAD_WINDOW', message, ['windowDays']);
  }
  assertAmount(budget, 'budget');
  assertAmount(costPerMessage, 'costPerMessage');
  for (const field of ['segments', 'countries', 'channels'] as const) {
    const list = audience[field];
    if (list == null || list.length <= LONGEST_LIST) continue;
    const message = `${field} must name at most ${LONGEST_LIST}, or be left out for all, got ${list.length}`;
    throw new DomainError('BAD_AUDIENCE', message, ['audience', field]);
  }
  assertVariants(rules.variants);
  assertControl(rules, globalHoldoutShare);
}

function assertName(name: string, longest: number, field: readonly string[]): void {
  if (name.trim() === name && name.length >= 1 && name.length <= longest) return;
  const message = `"${name}" is no name: expected 1 to ${longest} characters without blanks at the ends`;
  throw new DomainError('BAD_NAME', message, field);
}

/** What `numeric(14, 4)` holds. */
const AMOUNT = /^\d{1,10}(\.\d{1,4}0*)?$/;

function assertAmount(amount: string | null, field: string): void {
  if (amount === null || AMOUNT.test(amount)) return;
  const message = `${field} must be 0 or more with at most 10 digits before the point and 4 behind it, got ${amount}`;
  throw new DomainError('BAD_AMOUNT', message, [field]);
}

function assertVariants(variants: readonly VariantRules[]): void {
  if (variants.length < 1 || variants.length > MOST_VARIANTS) {
    const message = `expected 1 to ${MOST_VARIANTS} variants, got ${variants.length}`;
    throw new DomainError('BAD_VARIANTS', message, ['variants']);
  }
  for (const [i, { name, weight }] of variants.entries()) {
    assertName(name, LONGEST_VARIANT_NAME, ['variants', String(i), 'name']);
    if (variants.findIndex((other) => other.name === name) !== i) {
      throw new DomainError('BAD_VARIANTS', `two variants are named "${name}"`, ['variants', String(i), 'name']);
    }
    if (weight !== null && !(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      const message = `the weight of "${name}" must be above 0, got ${weight}`;
      throw new DomainError('BAD_WEIGHT', message, ['variants', String(i), 'weight']);
    }
  }
}

function assertControl({ control, variants }: CampaignRules, globalHoldoutShare: number): void {
  const controls = variants.filter(({ isControl }) => isControl).length;
  const expected = control === 'VARIANT' ? 1 : 0;
  if (controls !== expected || controls === variants.length) {
    const message =
      control === 'VARIANT'
        ? `control VARIANT needs exactly one control variant and another one, got ${controls} of ${variants.length}`
        : `control ${control} leaves no control variant among these, got ${controls}`;
    throw new DomainError('BAD_CONTROL', message, ['control']);
  }
  if (control !== 'HOLDOUT') return;
  if (globalHoldoutShare === 0) {
    const message = 'nobody is held out of campaigns in this workspace: set its holdout share first';
    throw new DomainError('BAD_CONTROL', message, ['control']);
  }
  if (variants.some(({ name }) => name === HOLDOUT_VARIANT)) {
    const message = `"${HOLDOUT_VARIANT}" is the name of those held out: name the variant otherwise`;
    throw new DomainError('BAD_VARIANTS', message, ['variants']);
  }
}

/**
 * The variants to store. With HOLDOUT the global holdout is one more, and the weights become shares of all customers, holdout
 * included, so that the split can be checked.
 */
export function storedVariants({ control, variants }: CampaignRules, globalHoldoutShare: number): VariantRules[] {
  if (control !== 'HOLDOUT') return [...variants];
  const total = variants.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
  return [
    ...variants.map((variant) => ({ ...variant, weight: ((1 - globalHoldoutShare) * (variant.weight ?? 1)) / total })),
    { name: HOLDOUT_VARIANT, weight: globalHoldoutShare, isControl: true },
  ];
}

/** @throws DomainError BAD_SHARE */
export function assertHoldoutShare(share: number): void {
  if (share >= 0 && share <= HIGHEST_HOLDOUT_SHARE) return;
  throw new DomainError('BAD_SHARE', `share must lie in 0 to ${HIGHEST_HOLDOUT_SHARE}, got ${share}`, ['share']);
}

/** @param names Those that exist. */
export function noSuchCampaign(name: string, field: readonly string[]): DomainError {
  return new DomainError('UNKNOWN_CAMPAIGN', `the workspace has no campaign "${name}"`, field);
}
