import { Prisma } from '../../prisma/generated/client/client.ts';
import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { findCampaigns } from '../../server/campaigns/data/campaigns.ts';
import type { Campaign, CampaignRules, VariantRules } from '../../server/domain/campaigns.ts';
import { campaignId, customerId, variantId } from '../../server/domain/ids.ts';
import type { Database } from '../../server/store/database.ts';

export interface ExposureFixture {
  readonly customer: string;
  readonly variant: string;
  readonly at: string;
  readonly sent?: string;
  readonly delivered?: string;
  readonly opened?: string;
  readonly clicked?: string;
  readonly converted?: string;
  readonly bounced?: string;
  readonly segment?: string;
  readonly tier?: string;
  readonly channel?: string;
  readonly group?: string;
  readonly prior?: number;
  readonly givenPrior?: number;
  readonly isContaminated?: boolean;
}

export type CampaignFixture = Partial<Omit<CampaignRules, 'variants' | 'audience'>> & {
  readonly variants: readonly (Pick<VariantRules, 'name'> & Partial<VariantRules>)[];
  readonly exposures?: readonly ExposureFixture[];
};

const date = (text: string | undefined) => (text === undefined ? null : new Date(text));

/** Puts a campaign with exposures of customers, named by their external ids, straight into the database. */
export async function insertCampaign(db: Database, workspaceId: string, fixture: CampaignFixture): Promise<Campaign> {
  const { name = 'Spring', exposures = [], variants } = fixture;
  const id = campaignId(workspaceId, name);
  const hasControl = variants.some(({ isControl }) => isControl);
  await db.prisma.campaign.create({
    data: {
      id,
      workspaceId,
      name,
      kind: fixture.kind ?? 'SEASONAL',
      channel: fixture.channel ?? 'EMAIL',
      trigger: fixture.trigger ?? 'BROADCAST',
      status: 'RUNNING',
      control: fixture.control ?? (hasControl ? 'VARIANT' : 'NONE'),
      windowDays: fixture.windowDays ?? 14,
      costPerMessage: fixture.costPerMessage ? new Prisma.Decimal(fixture.costPerMessage) : null,
      startedAt: date(exposures[0]?.at),
      variants: {
        create: variants.map((variant, position) => ({
          id: variantId(id, variant.name),
          workspaceId,
          name: variant.name,
          position,
          weight: variant.weight === undefined ? 1 : variant.weight,
          isControl: variant.isControl ?? false,
        })),
      },
    },
  });
  await db.prisma.campaignExposure.createMany({
    data: exposures.map((exposure) => ({
      customerId: customerId(workspaceId, exposure.customer),
      campaignId: id,
      variantId: variantId(id, exposure.variant),
      workspaceId,
      assignedAt: new Date(exposure.at),
      sentAt: date(exposure.sent),
      deliveredAt: date(exposure.delivered),
      openedAt: date(exposure.opened),
      clickedAt: date(exposure.clicked),
      convertedAt: date(exposure.converted),
      bouncedAt: date(exposure.bounced),
      isContaminated: exposure.isContaminated ?? false,
      segment: exposure.segment ?? null,
      tier: exposure.tier ?? null,
      channel: exposure.channel ?? null,
      audienceGroup: exposure.group ?? null,
      priorRevenue: exposure.prior ?? 0,
      givenPrior: exposure.givenPrior ?? null,
    })),
  });
  const [campaign] = await findCampaigns(db.pool, { workspaceId }, [id]);
  return campaign!;
}

/** A workspace as a caller has it. */
export const workspaceNamed = (db: Database, name: string) => findWorkspace(db.pool, name);
