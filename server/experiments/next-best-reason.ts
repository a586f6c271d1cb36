import type { CampaignKind } from '../domain/campaigns.ts';
import { SEGMENT_NAME, type Segment } from '../domain/segments.ts';
import { HARMFUL } from './allocation.ts';
import type { PairEvidence } from './past-evidence.ts';
import { isLeftAlone } from './seeds-of-retention.ts';

const COUNT = new Intl.NumberFormat('en');
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
  const customers = COUNT.format(used.reduce((sum, each) => sum + each.customers, 0));
  const elsewhere = here.length > 0 ? '' : ` but not on ${SEGMENT_NAME[segment]}`;
  return `Tested on ${where}${elsewhere} in ${campaigns} (${customers} customers): ${judgement(probabilityPays)}.`;
}

const nameOf = (segment: Segment | null) => (segment === null ? 'all customers together' : SEGMENT_NAME[segment]);

const judgement = (probabilityPays: number) =>
  `it pays with a probability of ${percent(probabilityPays)}${probabilityPays < HARMFUL ? ' only' : ''}`;

/** Found from draws, nothing is quite sure. */
function percent(probability: number): string {
  const rounded = Math.round(100 * probability);
  if (rounded === 0) return 'under 1%';
  return rounded === 100 ? 'over 99%' : `${rounded}%`;
}

/** @param names At least one. */
function listed(names: readonly string[], what: string): string {
  const rest = names.length - NAMED;
  if (rest > 1) return `${names.slice(0, NAMED).join(', ')} and ${rest} more ${what}`;
  return new Intl.ListFormat('en-GB').format(names);
}

export interface NothingCase {
  readonly segment: Segment;
  /** P(doing nothing is best of what was tested); null where nothing was. */
  readonly probabilityBest: number | null;
  readonly hasSeeds: boolean;
  /** Customers whom the budget does not reach. */
  readonly cut: number;
}

/** Why some customers of a segment get nothing. */
export function nothingReason({ segment, probabilityBest, hasSeeds, cut }: NothingCase): string {
  if (cut > 0) return `The budget does not reach ${COUNT.format(cut)} of them; with the others campaigns are compared.`;
  if (probabilityBest !== null) {
    return `Nothing tested is better with a probability of ${percent(probabilityBest)}; with them campaigns are compared.`;
  }
  if (hasSeeds) return 'Nothing was tested yet: with them those who get something are compared.';
  if (isLeftAlone(segment))
    return 'Untested: they hardly ever come back, and messages that annoy cost the others their inbox.';
  return 'Untested: no rule of thumb speaks for a campaign.';
}
