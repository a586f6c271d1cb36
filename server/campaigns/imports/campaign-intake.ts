import type pg from 'pg';
import { findCustomersNamed } from '../../customers/data/customers.ts';
import type { VariantRules } from '../../domain/campaigns.ts';
import { campaignId, customerId, variantId } from '../../domain/ids.ts';
import { insertVisitors, type Visitor } from '../../imports/data/customer-writer.ts';
import { type JobScope, writeBatch } from '../../imports/data/import-batch.ts';
import { NO_FIGURES } from '../../imports/data/import-jobs.ts';
import type { Rejection } from '../../imports/formats/format.ts';
import type { Intake } from '../../imports/intake.ts';
import { insertCampaign, insertVariants, noteImport } from '../data/campaign-writer.ts';
import { listAllCampaigns } from '../data/campaigns.ts';
import { mergeExposures } from '../data/exposure-writer.ts';
import { ExposureCollector, firstOf } from '../exposure-collector.ts';
import { snapshotExposures } from '../snapshot-exposures.ts';
import type { ExposureLine } from './exposure-line.ts';

interface KnownCampaign {
  readonly id: string;
  /** null of a campaign that is new. */
  readonly startedAt: Date | null;
  readonly variants: Map<string, VariantRules>;
}

/** What a file has of a campaign that the workspace lacks, or of a campaign's variants that it lacks. */
interface Addition {
  readonly line: ExposureLine;
  readonly isCampaignNew: boolean;
  readonly variants: VariantRules[];
  /** Of those there before. */
  readonly variantsBefore: number;
  first: Date;
}

const DEFAULT_VARIANT = 'all';
const DEFAULT_WINDOW_DAYS = 14;
const CONTROL_NAME =
  /^(control|holdout|hold[ -]?out|no[ -]?(e-?mail|message|send|contact|treatment)|none|kontroll\w*)$/i;

/** A step without a time is taken to have come when the message was sent or, where that is not known, the campaign began; null where neither is. */
function timed(line: ExposureLine, startedAt: Date | null): ExposureLine | null {
  if (line.untimed.length === 0) return line;
  const at = line.times.SENT ?? startedAt;
  if (at === null) return null;
  return { ...line, times: { ...Object.fromEntries(line.untimed.map((step) => [step, at])), ...line.times } };
}

const noTime = (campaign: string): Rejection => ({
  reason: 'MISSING_TIME',
  detail: `the file has no times, and no campaign "${campaign}" has begun: --sent-at names the time of sending, or import its recipients first`,
});

/**
 * Takes what e-mail tools export. An unknown campaign is created where the file has its kind, running since its first
 * time, and its variants come from the file; else its rows are rejected. Unknown customers are kept as
 * Prospects: leaving out those who have not bought yet would choose by the outcome.
 */
export async function campaignIntake(pool: pg.Pool, job: JobScope): Promise<Intake<ExposureLine>> {
  const { workspaceId } = job;
  const started = new Date();
  const campaigns = new Map<string, KnownCampaign>();
  for (const { id, name, startedAt, variants } of await listAllCampaigns(pool, workspaceId))
    campaigns.set(name, { id, startedAt, variants: new Map(variants.map((variant) => [variant.name, variant])) });
  const customers = new Set<string>();
  let lines: (ExposureLine & { readonly variantId: string; readonly campaignId: string })[] = [];
  let additions = new Map<string, Addition>();

  function take(read: ExposureLine): Rejection | null {
    const known = campaigns.get(read.campaign);
    const line = timed(read, known?.startedAt ?? null);
    if (line === null) return noTime(read.campaign);
    if (known === undefined && line.kind === null) {
      const detail = `no campaign "${line.campaign}": create it first, or pass its kind with --kind or a column "kind"`;
      return { reason: 'UNKNOWN_CAMPAIGN', detail };
    }
    const campaign = known ?? { id: campaignId(workspaceId, line.campaign), startedAt: null, variants: new Map() };
    const only = campaign.variants.size === 1 ? [...campaign.variants.keys()][0] : undefined;
    const name = line.variant ?? only ?? DEFAULT_VARIANT;
    if (!campaign.variants.has(name)) {
      if (line.kind === null) {
        const names = [...campaign.variants.keys()].join(', ');
        return { reason: 'UNKNOWN_VARIANT', detail: `no variant "${name}" of "${line.campaign}": expected ${names}` };
      }
      noteVariant(line, campaign, name, known === undefined);
    }
    campaigns.set(line.campaign, campaign);
    const first = firstOf(line.times)!;
    const addition = additions.get(line.campaign);
    if (addition !== undefined && first < addition.first) addition.first = first;
    lines.push({ ...line, campaignId: campaign.id, variantId: variantId(campaign.id, name) });
    customers.add(line.customer);
    return null;
  }

  function noteVariant(line: ExposureLine, campaign: KnownCampaign, name: string, isCampaignNew: boolean): void {
    const isControl = line.isControl ?? CONTROL_NAME.test(name);
    const variant = { name, weight: line.weight, isControl };
    const addition = additions.get(line.campaign) ?? {
      ...{ line, isCampaignNew, variants: [], variantsBefore: campaign.variants.size },
      first: firstOf(line.times)!,
    };
    addition.variants.push(variant);
    additions.set(line.campaign, addition);
    campaign.variants.set(name, variant);
  }

  async function writeAdditions(tx: pg.PoolClient, added: ReadonlyMap<string, Addition>): Promise<void> {
    for (const { line, isCampaignNew, variants, variantsBefore, first } of added.values()) {
      const id = campaignId(workspaceId, line.campaign);
      if (isCampaignNew) {
        await insertCampaign(tx, workspaceId, {
          name: line.campaign,
          kind: line.kind!,
          channel: line.channel ?? 'EMAIL',
          trigger: line.trigger ?? 'BROADCAST',
          status: 'RUNNING',
          audience: {},
          control: 'NONE',
          stratifyBy: null,
          windowDays: DEFAULT_WINDOW_DAYS,
          budget: null,
          costPerMessage: line.costPerMessage,
          createdAt: started,
          startedAt: first,
        });
      }
      await insertVariants(tx, workspaceId, id, variants, variantsBefore);
    }
  }

  return {
    take,
    write: async (rows) => {
      const [batch, added] = [lines, additions];
      lines = [];
      additions = new Map();
      await writeBatch(pool, job, rows, async (tx) => {
        await writeAdditions(tx, added);
        const addresses = [...new Set(batch.map(({ customer }) => customer).filter((name) => name.includes('@')))];
        const known = addresses.length === 0 ? new Map() : await findCustomersNamed(tx, workspaceId, addresses);
        const collector = new ExposureCollector();
        const visitors = new Map<string, Visitor>();
        for (const { customer: externalId, priorValue: givenPrior, ...line } of batch) {
          const id: string = known.get(externalId) ?? customerId(workspaceId, externalId);
          const first = firstOf(line.times)!;
          const before = visitors.get(externalId);
          if (!known.has(externalId) && (before === undefined || first < before.knownAt)) {
            visitors.set(externalId, { id, externalId, knownAt: first });
          }
          collector.add({ ...line, customerId: id, givenPrior });
        }
        await insertVisitors(tx, job, [...visitors.values()]);
        await mergeExposures(tx, workspaceId, collector.take());
        await noteImport(tx, workspaceId, [...new Set(batch.map((line) => line.campaignId))], started);
      });
    },
    close: async () => {
      if (!job.isDryRun) await snapshotExposures(pool, workspaceId, null);
    },
    figures: () => ({ ...NO_FIGURES, customers: customers.size }),
  };
}
