import type { CampaignKind } from '../../domain/campaigns.ts';
import { counted } from '../../domain/counted.ts';
import { SEGMENT_NAME, type Segment } from '../../domain/segments.ts';
import { countText, listText } from './figure-text.ts';
import type { PairEvidence } from './past-evidence.ts';
import { verdictOf } from './pays.ts';
import { isLeftAlone } from './seeds-of-retention.ts';

const NAMED = 2;

/** Which experiments the expectation rests on, and what it is. @param evidence Of the kind, on whatever segment. */
export function testedReason(
  kind: CampaignKind,
  segment: Segment,
  evidence: readonly PairEvidence[],
  probabilityPays: number,
): string {
  const ofKind = evidence.filter((each) => each.kind === kind);
  const here = ofKind.filter((each) => each.segment === segment);
  const used = here.length > 0 ? here : ofKind;
  const where = listed([...new Set(used.map((each) => nameOf(each.segment)))], 'segments');
  const campaigns = listed(
    [...new Set(used.flatMap((each) => each.campaigns))].map((name) => `“${name}”`),
    'campaigns',
  );
  const customers = counted(
    used.reduce((sum, each) => sum + each.customers, 0),
    'customer',
  );
  const elsewhere = here.length > 0 ? '' : ` but not on ${SEGMENT_NAME[segment]}`;
  return `Tested on ${where}${elsewhere} in ${campaigns} (${customers}): ${judgement(probabilityPays)}.`;
}

const nameOf = (segment: Segment | null) => (segment === null ? 'all customers together' : SEGMENT_NAME[segment]);

function judgement(probabilityPays: number): string {
  const probability = percent(probabilityPays);
  switch (verdictOf(probabilityPays)) {
    case 'TARGET':
      return `it pays with a probability of ${probability}`;
    case 'UNSURE':
      return `it may pay, with a probability of ${probability}`;
    case 'LEAVE_ALONE':
      return `it probably does not pay; the probability that it does is ${probability}`;
  }
}

/** An estimate from draws is never 0% or 100%. */
function percent(probability: number): string {
  const rounded = Math.round(100 * probability);
  if (rounded === 0) return 'under 1%';
  return rounded === 100 ? 'over 99%' : `${rounded}%`;
}

function listed(names: readonly string[], what: string): string {
  const rest = names.length - NAMED;
  return rest > 1 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more ${what}` : listText(names);
}

export interface NothingCase {
  readonly segment: Segment;
  /** P(doing nothing is best of what was tested); null where nothing was. */
  readonly probabilityBest: number | null;
  readonly hasSeeds: boolean;
  /** Customers without a message because the budget is used up. */
  readonly cut: number;
}

/** Why some customers of a segment get nothing. */
export function nothingReason({ segment, probabilityBest, hasSeeds, cut }: NothingCase): string {
  if (cut > 0) return `The budget does not reach ${countText(cut)} of them; the others are the control group.`;
  if (probabilityBest !== null) {
    return `No tested campaign is better, with a probability of ${percent(probabilityBest)}; they are the control group.`;
  }
  if (hasSeeds) return 'Untested: they are the control group.';
  if (isLeftAlone(segment)) return 'Untested: leave them alone until a campaign has worked on them.';
  return 'Untested: no rule of thumb proposes a campaign.';
}
