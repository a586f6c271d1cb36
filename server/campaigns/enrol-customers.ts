import type { Pool, PoolClient } from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { type AudienceMember, audienceAfter } from '../customers/data/customer-list.ts';
import { findCustomersNamed } from '../customers/data/customers.ts';
import { type Campaign, type CampaignVariant, HOLDOUT_VARIANT } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { LOWEST_UUID } from '../domain/ids.ts';
import { assignBalanced, assignVariant, isHeldOut } from '../engine/experiments/assignment.ts';
import { inTransaction } from '../store/transaction.ts';
import { assertCampaign, storedVariants } from './campaign-rules.ts';
import { setStatus, setWeights, touchCampaigns } from './data/campaign-writer.ts';
import { findCampaigns } from './data/campaigns.ts';
import { assignedVariants, type Enrolment, enrol, lockCampaigns, strataCounts } from './data/enrolment.ts';
import type { RejectedItem } from './record-exposures.ts';
import { snapshotExposures } from './snapshot-exposures.ts';

export interface StartedCampaign {
  readonly campaign: Campaign;
  /** Put into a variant now. */
  readonly enrolled: number;
  /** Customers of the audience in the global holdout. */
  readonly inGlobalHoldout: number;
}

export interface AssignedCustomer {
  /** As the request named them. */
  readonly customer: string;
  /** Null for a customer in the global holdout. */
  readonly variant: string | null;
  /** Whether nothing is to be sent. */
  readonly isControl: boolean;
}

export interface EnrolledCustomers {
  readonly assigned: readonly AssignedCustomer[];
  readonly enrolled: number;
  readonly rejected: readonly RejectedItem[];
}

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

const PAGE = 2000;
/** Every page counts who is in each stratum already. */
const PAGE_OF_STRATA = 20_000;
const MOST_NAMED = 1000;

/**
 * Lets a campaign run and, unless a trigger decides who gets it when, assigns its audience as it stands. Started again, it takes
 * in who has joined the audience since, and goes on where an earlier start was cut off. @throws DomainError
 */
export async function startCampaign(
  { pool, now }: Dependencies,
  workspace: CallerWorkspace,
  id: string,
): Promise<StartedCampaign> {
  const before = await known(pool, workspace.id, id);
  if (before.status === 'STOPPED') {
    throw new DomainError('STOPPED', `"${before.name}" was stopped: make another campaign`, ['id']);
  }
  if (before.status === 'DRAFT') await settleHoldout(pool, workspace, before);
  await setStatus(pool, workspace.id, id, { from: ['DRAFT', 'RUNNING'], to: 'RUNNING' }, now);
  const sums = { enrolled: 0, inGlobalHoldout: 0 };
  const isTriggered = before.trigger === 'ACTION' || before.trigger === 'INACTION';
  for await (const members of isTriggered ? [] : audience(pool, workspace, before)) {
    const { enrolled, inGlobalHoldout } = await assign(pool, workspace, before, members, now);
    sums.enrolled += enrolled;
    sums.inGlobalHoldout += inGlobalHoldout;
  }
  return { campaign: await known(pool, workspace.id, id), ...sums };
}

/** Assigns customers whose trigger has fired; a customer keeps the variant when asked again. @throws DomainError about the request as a whole. */
export async function enrolCustomers(
  { pool, now }: Dependencies,
  workspace: CallerWorkspace,
  id: string,
  names: readonly string[],
): Promise<EnrolledCustomers> {
  if (names.length < 1 || names.length > MOST_NAMED) {
    throw new DomainError('BAD_CUSTOMERS', `expected 1 to ${MOST_NAMED} customers, got ${names.length}`, ['customers']);
  }
  const campaign = await known(pool, workspace.id, id);
  if (campaign.status !== 'RUNNING') {
    throw new DomainError('NOT_RUNNING', `"${campaign.name}" is ${campaign.status}: start it first`, ['campaign']);
  }
  const ids = await findCustomersNamed(pool, workspace.id, names);
  const found = [...new Set(ids.values())];
  const view = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  const members = await audienceAfter(pool, view, campaign.audience, {
    after: LOWEST_UUID,
    size: MOST_NAMED,
    ids: found,
  });
  const { enrolled } = await assign(pool, workspace, campaign, members, now);
  const variants = await assignedVariants(pool, workspace.id, id, found);
  const isMember = new Set(members.map((member) => member.id));
  const rejected: RejectedItem[] = [];
  const assigned: AssignedCustomer[] = [];
  for (const [index, customer] of names.entries()) {
    const customerId = ids.get(customer);
    const variant = campaign.variants.find((each) => each.id === variants.get(customerId ?? ''));
    if (customerId === undefined) {
      rejected.push({ index, code: 'UNKNOWN_CUSTOMER', message: `the workspace has no customer "${customer}"` });
    } else if (variant !== undefined) {
      assigned.push({ customer, variant: variant.name, isControl: variant.isControl });
    } else if (isMember.has(customerId)) {
      assigned.push({ customer, variant: null, isControl: true });
    } else {
      const message = `"${customer}" does not meet the conditions of the audience`;
      rejected.push({ index, code: 'NOT_IN_AUDIENCE', message });
    }
  }
  return { assigned, enrolled, rejected };
}

/** The share may have changed since the draft was made, and with it the split to expect. @throws DomainError BAD_CONTROL */
async function settleHoldout(
  pool: Pool,
  { id, globalHoldoutShare }: CallerWorkspace,
  campaign: Campaign,
): Promise<void> {
  if (campaign.control !== 'HOLDOUT') return;
  const variants = campaign.variants.filter(({ name }) => name !== HOLDOUT_VARIANT);
  assertCampaign({ ...campaign, variants }, globalHoldoutShare);
  await setWeights(pool, id, campaign.id, storedVariants({ ...campaign, variants }, globalHoldoutShare));
}

async function known(pool: Pool, workspaceId: string, id: string): Promise<Campaign> {
  const [campaign] = await findCampaigns(pool, { workspaceId }, [id]);
  if (campaign == null) throw new DomainError('UNKNOWN_CAMPAIGN', 'the workspace has no such campaign', ['id']);
  return campaign;
}

async function* audience(pool: Pool, { id, publishedRunId }: CallerWorkspace, campaign: Campaign) {
  let after = LOWEST_UUID;
  const size = campaign.stratifyBy === null ? PAGE : PAGE_OF_STRATA;
  for (;;) {
    const page = { after, size, ids: null };
    const members = await audienceAfter(pool, { workspaceId: id, runId: publishedRunId }, campaign.audience, page);
    if (members.length > 0) yield members;
    if (members.length < size) return;
    after = members.at(-1)!.id;
  }
}

/** Puts customers into variants, and leaves alone who is in one. */
async function assign(
  pool: Pool,
  { id: workspaceId, globalHoldoutShare }: CallerWorkspace,
  campaign: Campaign,
  members: readonly AudienceMember[],
  now: Date,
): Promise<{ readonly enrolled: number; readonly inGlobalHoldout: number }> {
  const isOut = new Set(members.filter(({ id }) => isHeldOut(workspaceId, globalHoldoutShare, id)).map(({ id }) => id));
  const holdout =
    campaign.control === 'HOLDOUT' ? campaign.variants.find(({ name }) => name === HOLDOUT_VARIANT) : undefined;
  const variants = campaign.variants.filter((variant) => variant !== holdout);
  const enrolled = await inTransaction(pool, async (tx) => {
    await lockCampaigns(tx, workspaceId, [campaign.id]);
    const there = await assignedVariants(
      tx,
      workspaceId,
      campaign.id,
      members.map(({ id }) => id),
    );
    const newcomers = members.filter(({ id }) => !there.has(id));
    const reached = newcomers.filter(({ id }) => !isOut.has(id));
    const chosen = await chooseVariants(tx, workspaceId, campaign, reached, variants);
    const kept = holdout === undefined ? [] : newcomers.filter(({ id }) => isOut.has(id));
    const all = [...chosen, ...kept.map(({ id }) => ({ customerId: id, variantId: holdout!.id, stratum: null }))];
    await enrol(tx, workspaceId, campaign.id, all, now);
    if (all.length > 0) await touchCampaigns(tx, workspaceId, [campaign.id], now);
    return all.map(({ customerId }) => customerId);
  });
  if (enrolled.length > 0) await snapshotExposures(pool, workspaceId, enrolled);
  return { enrolled: enrolled.length, inGlobalHoldout: isOut.size };
}

/** By hash alone, or balanced within strata: then by who is there already. */
async function chooseVariants(
  tx: PoolClient,
  workspaceId: string,
  { id: campaignId, stratifyBy }: Campaign,
  members: readonly AudienceMember[],
  variants: readonly CampaignVariant[],
): Promise<Enrolment[]> {
  if (stratifyBy === null) {
    return members.map(({ id }) => {
      const { id: variantId } = assignVariant(workspaceId, campaignId, id, variants);
      return { customerId: id, variantId, stratum: null };
    });
  }
  const stratumOf = ({ segment, monetary }: AudienceMember) =>
    (stratifyBy === 'SEGMENT' ? segment : monetary === null ? null : `M${monetary}`) ?? '';
  const counts = await strataCounts(tx, workspaceId, campaignId);
  return [...new Set(members.map(stratumOf))].flatMap((stratum) => {
    const ids = members.filter((member) => stratumOf(member) === stratum).map(({ id }) => id);
    const sofar = variants.map(({ id }) => counts.get(`${stratum}/${id}`) ?? 0);
    const assigned = assignBalanced({ workspaceId, campaignId, counts: sofar }, ids, variants);
    return ids.map((customerId, i) => ({ customerId, variantId: assigned[i]!.id, stratum }));
  });
}
