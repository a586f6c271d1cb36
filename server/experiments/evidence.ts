import type { Campaign, CampaignMetric } from '../domain/campaigns.ts';
import type { CampaignResults, Evidence, VariantResult } from './result-types.ts';
import type { Estimate } from './types.ts';

/** Under so many customers in a group nothing is said of it. */
const FEWEST = 100;
const SIGNIFICANT = 0.05;

export type Finding = Pick<CampaignResults, 'evidence' | 'evidenceText' | 'winnerId'>;

type Facts = Pick<CampaignResults, 'metric' | 'windowDays' | 'sampleRatio' | 'variants'>;

/** What can be said of a campaign by now. While windows are open, what counts is the interval that holds at every look. */
export function findingOf(campaign: Pick<Campaign, 'variants'>, facts: Facts, currency: string): Finding {
  const { variants, sampleRatio, windowDays } = facts;
  const nameOf = ({ variantId }: { readonly variantId: string }) =>
    campaign.variants.find(({ id }) => id === variantId)?.name ?? variantId;
  const say = (evidence: Evidence, evidenceText: string, winnerId: string | null = null): Finding => ({
    evidence,
    evidenceText,
    winnerId,
  });
  const sum = (of: (result: VariantResult) => number) => variants.reduce((total, result) => total + of(result), 0);
  const open = sum((result) => result.open);
  const counted = sum(({ customers }) => customers);
  if (counted === 0) {
    const assigned = sum((result) => result.assigned);
    if (assigned === 0) return say('NO_DATA', 'Nobody has been assigned yet.');
    return say('NO_DATA', `No window is over yet: ${assigned} customers are within their ${windowDays} days.`);
  }
  const control = campaign.variants.find(({ isControl }) => isControl);
  if (control === undefined) {
    return say('NOT_CAUSAL', 'Not causal: there is no control group, so what happened may have happened anyway.');
  }
  if (sampleRatio?.isMismatch) {
    const split = sampleRatio.variants
      .map((row) => `${nameOf(row)} ${row.observed} (${Math.round(row.expected)} expected)`)
      .join(', ');
    return say(
      'SAMPLE_RATIO_MISMATCH',
      `Customers are not split as they should be, so nothing can be compared: ${split}.`,
    );
  }
  const small = variants.filter(({ customers, assigned }) => customers < FEWEST && assigned > 0);
  const compared = variants.filter(({ lift }) => lift !== null);
  if (small.length > 0 || compared.length === 0) {
    const named = small.map((result) => `${nameOf(result)} has ${result.customers}`).join(', ');
    return say(
      'TOO_EARLY',
      `Too early: ${named || 'nobody can be compared yet'}, and it takes ${FEWEST} in each group.`,
    );
  }
  const isSure = ({ lift }: VariantResult) => {
    if (open > 0) return lift!.alwaysValid !== null && (lift!.alwaysValid.low > 0 || lift!.alwaysValid.high < 0);
    return lift!.adjustedPValue < SIGNIFICANT;
  };
  const sure = compared.filter(isSure);
  const better = sure.filter(({ lift }) => lift!.absolute.value > 0);
  const told = (result: VariantResult, estimate: Estimate) =>
    difference(nameOf(result), estimate, facts.metric, currency);
  if (better.length > 0) {
    const winner = better.reduce((a, b) => (b.lift!.absolute.value > a.lift!.absolute.value ? b : a));
    return say('BETTER', `${told(winner, winner.lift!.absolute)}.`, winner.variantId);
  }
  if (sure.length > 0) {
    const worst = sure.reduce((a, b) => (b.lift!.absolute.value < a.lift!.absolute.value ? b : a));
    return say('WORSE', `${told(worst, worst.lift!.absolute)}.`);
  }
  if (open > 0) return say('TOO_EARLY', `Too early: ${open} customers are still within their ${windowDays} days.`);
  const closest = compared.reduce((a, b) => (b.lift!.adjustedPValue < a.lift!.adjustedPValue ? b : a));
  return say('INCONCLUSIVE', `No difference can be told from chance: ${told(closest, closest.lift!.absolute)}.`);
}

const UNIT: Readonly<Record<CampaignMetric, (currency: string) => string>> = {
  CLICK: () => ' points of clicks',
  CONVERSION: () => ' points of conversion',
  ORDERS: () => ' orders per customer',
  REVENUE: (currency) => ` ${currency} of revenue per customer`,
  MARGIN: (currency) => ` ${currency} of margin per customer`,
  CLV: (currency) => ` ${currency} of 12-month CLV per customer`,
};

/** `mail has 0.77 USD of revenue per customer more than the control group (95% interval 0.48 to 1.06)` */
function difference(name: string, { value, interval }: Estimate, metric: CampaignMetric, currency: string): string {
  const isShare = metric === 'CLICK' || metric === 'CONVERSION';
  const scale = isShare ? 100 : 1;
  // A difference in the second digit is one of the whole: two digits behind what the interval leaves open.
  const decimals = metric === 'ORDERS' ? 4 : 2;
  const number = (amount: number) => (scale * amount).toFixed(decimals);
  const sign = value < 0 ? -1 : 1;
  const ends = [sign * interval.low, sign * interval.high].sort((a, b) => a - b);
  const than = value < 0 ? 'less' : 'more';
  return `${name} has ${number(Math.abs(value))}${UNIT[metric](currency)} ${than} than the control group (95% interval ${ends.map(number).join(' to ')})`;
}
