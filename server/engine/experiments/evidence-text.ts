import { counted } from '../../domain/counted.ts';
import type { Contender, Known, NamedResult } from './evidence-types.ts';
import { countText, liftWords, listText, probabilityText, pText, returnText } from './figure-text.ts';
import type { SampleRatio } from './result-types.ts';

export function noData({ variants, request: { windowDays } }: Known, open: number): string {
  const assigned = variants.reduce((sum, variant) => sum + variant.assigned, 0);
  if (assigned === 0) return 'No customer is assigned yet.';
  if (open > 0)
    return `No window is over yet: those of ${counted(open, 'customer')} are open, for ${counted(windowDays, 'day')} each.`;
  return 'No customer counts: each is in more than one variant.';
}

export const notCausal = (customers: number): string =>
  `No control group: what ${counted(customers, 'customer')} did may have happened without the campaign.`;

export function mismatch({ variants }: Known, sampleRatio: SampleRatio): string {
  const [worst] = sampleRatio.variants.toSorted((a, b) => distance(b) - distance(a));
  const { variantId, observed, expected } = worst!;
  const { name } = variants.find((variant) => variant.variantId === variantId)!;
  const split = `${name} has ${counted(observed, 'customer')} where its weight gives it ${countText(Math.round(expected))}`;
  return `The split is faulty, and the variants cannot be compared: ${split} (${pText(sampleRatio.pValue)}).`;
}

const distance = ({ observed, expected }: SampleRatio['variants'][number]) => (observed - expected) ** 2 / expected;

export function tooFew(variants: readonly NamedResult[], fewest: number): string {
  const sizes = variants.map(({ name, customers }) => `${countText(customers)} in ${name}`);
  return `Too early: a variant and the control group need ${fewest} customers each, and have ${listText(sizes)}.`;
}

export function better(known: Known, ahead: Contender, contenders: readonly Contender[], open: number): string {
  const { probabilityBest, name, incremental } = ahead.variant;
  const isBest =
    contenders.length > 1 && probabilityBest !== null
      ? `, and is the best variant with a probability of ${probabilityText(probabilityBest)}`
      : '';
  const returned = incremental?.returnOnSpend ? `; return on spend: ${returnText(incremental.returnOnSpend)}` : '';
  return `${name} ${againstControl(known, ahead, open)}${isBest}${returned}.`;
}

export function worse(known: Known, clearest: Contender, contenders: readonly Contender[], open: number): string {
  const rest = contenders.length > 1 ? ', and no variant is better than the control group' : '';
  return `${clearest.variant.name} ${againstControl(known, clearest, open)}${rest}.`;
}

export function inconclusive(known: Known, clearest: Contender, contenders: readonly Contender[]): string {
  const { request, currency } = known;
  const { lift, range } = liftWords(request.metric, clearest.absolute, currency);
  const corrected =
    clearest.pValue < 0.05
      ? `; ${pText(clearest.pValue)}, and ${pText(clearest.adjustedPValue)} corrected for the other comparisons`
      : '';
  const chance = `${lift}, which may be chance (95% interval ${range}${corrected})`;
  const { name } = clearest.variant;
  return contenders.length === 1
    ? `${name} does not differ significantly from the control group: it ${chance}.`
    : `No variant differs significantly from the control group: ${name}, the clearest, ${chance}.`;
}

export function stillOpen({ request, currency }: Known, clearest: Contender | undefined, open: number): string {
  const early = `Too early: the windows of ${counted(open, 'customer')} are still open`;
  if (clearest === undefined) return `${early}, and the others have too few outcomes.`;
  const { lift, range } = liftWords(request.metric, clearest.absolute, currency);
  return `${early}; so far ${clearest.variant.name} ${lift} than the control group (${EVERY_LOOK} ${range}).`;
}

export const allAlike = ({ request }: Known): string =>
  request.metric === 'CLV'
    ? 'Too early: CLV is unknown until a run includes the end of the windows.'
    : 'Too early: all customers have the same value of the metric so far.';

const EVERY_LOOK = '95% interval at every look';

/** @param open While windows are, the interval is that which holds at every look. */
function againstControl({ request, currency }: Known, { absolute }: Contender, open: number): string {
  const { lift, range } = liftWords(request.metric, absolute, currency);
  return open === 0
    ? `${lift} than the control group (95% interval ${range})`
    : `${lift} than the control group (${EVERY_LOOK} ${range}; the windows of ${counted(open, 'customer')} are still open)`;
}
