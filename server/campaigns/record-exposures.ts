import type { Pool } from 'pg';
import { findCustomersNamed } from '../customers/data/customers.ts';
import type { Campaign, ExposureStep } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { campaignId } from '../domain/ids.ts';
import { inTransaction } from '../store/transaction.ts';
import { touchCampaigns } from './data/campaign-writer.ts';
import { findCampaigns } from './data/campaigns.ts';
import { mergeExposures } from './data/exposure-writer.ts';
import { ExposureCollector } from './exposure-collector.ts';
import { snapshotExposures } from './snapshot-exposures.ts';

/** Something that became of a customer in a campaign. */
export interface ExposureReport {
  /** Name of the campaign. */
  readonly campaign: string;
  /** The shop's own id, or an e-mail address that the workspace knows. */
  readonly customer: string;
  /** Null where the campaign has only one. */
  readonly variant: string | null;
  readonly step: ExposureStep;
  readonly at: Date;
  readonly group: string | null;
  readonly priorValue: number | null;
}

export interface RejectedItem {
  /** Place in the request, from 0. */
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

export interface RecordedExposures {
  /** Items that were stored. */
  readonly recorded: number;
  /** Changed nothing. */
  readonly unchanged: number;
  readonly rejected: readonly RejectedItem[];
}

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

const MOST_REPORTS = 1000;
const LONGEST_GROUP = 200;

/**
 * Stores steps of customers in campaigns; a step reported before changes nothing. Items that cannot be stored are named and
 * the others stored. A customer reported in two variants is kept in both, and counts in neither.
 * @throws DomainError where the request as a whole is not acceptable.
 */
export async function recordExposures(
  { pool, now }: Dependencies,
  workspaceId: string,
  reports: readonly ExposureReport[],
): Promise<RecordedExposures> {
  if (reports.length < 1 || reports.length > MOST_REPORTS) {
    throw new DomainError('BAD_EXPOSURES', `expected 1 to ${MOST_REPORTS} items, got ${reports.length}`, ['exposures']);
  }
  const campaigns = await campaignsNamed(pool, workspaceId, [...new Set(reports.map(({ campaign }) => campaign))]);
  const customers = await findCustomersNamed(pool, workspaceId, [...new Set(reports.map(({ customer }) => customer))]);
  const collector = new ExposureCollector();
  const rejected: RejectedItem[] = [];
  const taken: { readonly customerId: string; readonly variantId: string }[] = [];
  for (const [index, report] of reports.entries()) {
    const campaign = campaigns.get(report.campaign);
    const customerId = customers.get(report.customer);
    const variant = campaign && variantNamed(campaign, report.variant);
    const fault = faultOf(report, campaign, customerId, variant !== undefined, now);
    if (fault !== null) {
      rejected.push({ index, ...fault });
      continue;
    }
    const times = { [report.step]: report.at };
    const { group, priorValue: givenPrior } = report;
    const key = { customerId: customerId!, campaignId: campaign!.id, variantId: variant!.id };
    collector.add({ ...key, times, group, givenPrior });
    taken.push(key);
  }
  const changed = await inTransaction(pool, async (tx) => {
    const rows = await mergeExposures(tx, workspaceId, collector.take());
    await touchCampaigns(tx, workspaceId, [...new Set(rows.map((row) => row.campaignId))], now);
    return rows;
  });
  if (changed.length > 0) {
    await snapshotExposures(pool, workspaceId, [...new Set(changed.map(({ customerId }) => customerId))]);
  }
  const isChanged = new Set(changed.map(({ customerId, variantId }) => `${customerId}/${variantId}`));
  const recorded = taken.filter(({ customerId, variantId }) => isChanged.has(`${customerId}/${variantId}`)).length;
  return { recorded, unchanged: taken.length - recorded, rejected };
}

async function campaignsNamed(
  pool: Pool,
  workspaceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Campaign>> {
  const ids = names.map((name) => campaignId(workspaceId, name));
  const found = await findCampaigns(pool, { workspaceId }, ids);
  return new Map(found.flatMap((campaign) => (campaign === null ? [] : [[campaign.name, campaign] as const])));
}

const variantNamed = ({ variants }: Campaign, name: string | null) =>
  name === null && variants.length === 1 ? variants[0] : variants.find((variant) => variant.name === name);

function faultOf(
  { campaign: name, customer, variant, at, group, priorValue }: ExposureReport,
  campaign: Campaign | undefined,
  customerId: string | undefined,
  isVariant: boolean,
  now: Date,
): Omit<RejectedItem, 'index'> | null {
  if (campaign === undefined) {
    return { code: 'UNKNOWN_CAMPAIGN', message: `the workspace has no campaign "${name}": create it first` };
  }
  if (customerId === undefined) {
    return { code: 'UNKNOWN_CUSTOMER', message: `the workspace has no customer "${customer}"` };
  }
  if (!isVariant) {
    const names = campaign.variants.map((each) => `"${each.name}"`).join(', ');
    const got = variant === null ? 'none was named' : `got "${variant}"`;
    return { code: 'UNKNOWN_VARIANT', message: `expected a variant of "${name}", ${names}: ${got}` };
  }
  if (at > now)
    return { code: 'BAD_TIME', message: `expected a time that is not in the future, got ${at.toISOString()}` };
  if (group !== null && group.length > LONGEST_GROUP) {
    return { code: 'BAD_GROUP', message: `a group has at most ${LONGEST_GROUP} characters, got ${group.length}` };
  }
  if (priorValue !== null && !Number.isFinite(priorValue)) {
    return { code: 'BAD_VALUE', message: `priorValue must be a number, got ${priorValue}` };
  }
  return null;
}
