import type { CampaignKind } from '../../domain/campaigns.ts';
import { SEGMENT_NAME } from '../../domain/segments.ts';
import { type CustomerTraits, DO_NOTHING, type NextBest, type Proposal } from './next-best-types.ts';
import { isEligible } from './seeds-of-retention.ts';

/**
 * What to do with one customer: of the plan for the segment, what most of those who can get it are to get, if the customer can get it,
 * else the next. Something particular, like a purchase that is due, so goes before what is for everybody.
 * @param plan Rows of the customer's segment; others are passed over.
 */
export function proposalFor(customer: CustomerTraits, plan: readonly NextBest[]): Proposal {
  const rows = plan.filter(({ segment, customers }) => segment === customer.segment && customers > 0);
  const possible = rows.filter(
    ({ kind, costPerCustomer }) => kind === DO_NOTHING || isEligible(kind as CampaignKind, customer, costPerCustomer),
  );
  const [first] = possible.toSorted((a, b) => among(b) - among(a));
  if (first === undefined) return nothing(`Nothing is planned for ${SEGMENT_NAME[customer.segment]}.`);
  const { kind, evidence, expectedNetValue, reason } = first;
  if (kind === DO_NOTHING && rows.length > possible.length)
    return nothing(`None of the campaigns for ${SEGMENT_NAME[customer.segment]} suits the customer.`);
  return { kind, evidence, expectedNetValue, reason };
}

/** Share of those who can get it. Rounding to whole customers must not put doing nothing before what has as large a share. */
const among = ({ kind, customers, eligible }: NextBest) => (customers - (kind === DO_NOTHING ? 1 : 0)) / eligible;

const nothing = (reason: string): Proposal => ({
  kind: DO_NOTHING,
  evidence: null,
  expectedNetValue: { value: 0, interval: { low: 0, high: 0 } },
  reason,
});
