import type { CampaignChannel, CampaignKind, CampaignTrigger, ExposureStep } from '../../domain/campaigns.ts';

/** What one row reports of a customer in a campaign; null where it reports nothing. */
export interface ExposureLine {
  readonly campaign: string;
  /** The shop's own id, or an e-mail address. */
  readonly customer: string;
  readonly variant: string | null;
  readonly times: Partial<Readonly<Record<ExposureStep, Date>>>;
  /** Steps whose times nothing names: without times there is at least one. */
  readonly untimed: readonly ExposureStep[];
  readonly kind: CampaignKind | null;
  readonly channel: CampaignChannel | null;
  readonly trigger: CampaignTrigger | null;
  readonly weight: number | null;
  readonly isControl: boolean | null;
  readonly group: string | null;
  readonly priorValue: number | null;
  readonly costPerMessage: string | null;
}
