import * as text from './evidence-text.ts';
import type { Contender, Known } from './evidence-types.ts';
import { holm } from './holm.ts';
import { FEWEST_CUSTOMERS, isLarge, obstacleOf } from './obstacle.ts';
import type { CampaignResults } from './result-types.ts';

const LEVEL = 0.05;

type Verdict = Pick<CampaignResults, 'evidence' | 'evidenceText' | 'winnerId'>;

const say = (evidence: Verdict['evidence'], evidenceText: string, winnerId: string | null = null): Verdict => ({
  evidence,
  evidenceText,
  winnerId,
});

/** The evidence so far, as a code and as a sentence; what forbids a comparison comes first. */
export function verdict(known: Known): Verdict {
  const { variants, sampleRatio } = known;
  const customers = variants.reduce((sum, variant) => sum + variant.customers, 0);
  const open = variants.reduce((sum, variant) => sum + variant.open, 0);
  const obstacle = obstacleOf(known);
  switch (obstacle) {
    case null:
      return compared(known, open);
    case 'NO_DATA':
      return say(obstacle, text.noData(known, open));
    case 'NOT_CAUSAL':
      return say(obstacle, text.notCausal(customers));
    case 'SAMPLE_RATIO_MISMATCH':
      return say(obstacle, text.mismatch(known, sampleRatio!));
    case 'TOO_EARLY':
      return say(obstacle, text.tooFew(variants, FEWEST_CUSTOMERS));
  }
}

/** While windows are open results are looked at again and again, and only what holds at every look decides. */
function compared(known: Known, open: number): Verdict {
  const contenders = contendersOf(known, open > 0);
  const told = contenders.filter(({ adjustedPValue }) => adjustedPValue < LEVEL);
  const [ahead] = told.toSorted((a, b) => b.absolute.value - a.absolute.value);
  if (ahead !== undefined && ahead.absolute.value > 0)
    return say('BETTER', text.better(known, ahead, contenders, open), ahead.variant.variantId);
  const [clearest] = contenders.toSorted((a, b) => a.pValue - b.pValue);
  if (ahead !== undefined) return say('WORSE', text.worse(known, clearest!, contenders, open));
  if (open > 0) return say('TOO_EARLY', text.stillOpen(known, clearest, open));
  if (clearest === undefined) return say('TOO_EARLY', text.allAlike(known));
  return say('INCONCLUSIVE', text.inconclusive(known, clearest, contenders));
}

function contendersOf({ variants, sides }: Known, isOpen: boolean): Contender[] {
  const all = sides.flatMap(({ variantId, difference, sequential }) => {
    if (difference === null || (isOpen && sequential === null)) return [];
    const { value, interval } = difference.absolute;
    const variant = variants.find((each) => each.variantId === variantId)!;
    return isOpen
      ? [{ variant, absolute: { value, interval: sequential!.interval }, pValue: sequential!.pValue }]
      : [{ variant, absolute: { value, interval }, pValue: difference.pValue }];
  });
  const adjusted = holm(all.map(({ pValue }) => pValue));
  return all.map((each, i) => ({ ...each, adjustedPValue: adjusted[i]! })).filter(({ variant }) => isLarge(variant));
}
