import type { ExposureStep } from '../domain/campaigns.ts';
import type { ExposureRow } from './data/exposure-writer.ts';

/** Times of the steps of a report. */
export type StepTimes = Partial<Readonly<Record<ExposureStep, Date>>>;

export interface ReportedExposure {
  readonly customerId: string;
  readonly campaignId: string;
  readonly variantId: string;
  readonly times: StepTimes;
  readonly group: string | null;
  readonly givenPrior: number | null;
}

const earlier = (a: Date | null | undefined, b: Date | null | undefined): Date | null =>
  a == null ? (b ?? null) : b == null || a <= b ? a : b;

/** The earliest of the reported times; null where there is none. */
export const firstOf = (times: StepTimes): Date | null =>
  Object.values(times).reduce<Date | null>((first, time) => earlier(first, time), null);

/** Exposures from any number of reports, one a customer and variant: the first time of each step. */
export class ExposureCollector {
  #rows = new Map<string, ExposureRow>();

  add({ customerId, campaignId, variantId, times, group, givenPrior }: ReportedExposure): void {
    const key = `${customerId}/${variantId}`;
    const row = this.#rows.get(key);
    const first = firstOf(times);
    if (first === null) return;
    this.#rows.set(key, {
      customerId,
      campaignId,
      variantId,
      assignedAt: earlier(row?.assignedAt, first)!,
      sentAt: earlier(row?.sentAt, times.SENT),
      deliveredAt: earlier(row?.deliveredAt, times.DELIVERED),
      openedAt: earlier(row?.openedAt, times.OPENED),
      clickedAt: earlier(row?.clickedAt, times.CLICKED),
      convertedAt: earlier(row?.convertedAt, times.CONVERTED),
      unsubscribedAt: earlier(row?.unsubscribedAt, times.UNSUBSCRIBED),
      bouncedAt: earlier(row?.bouncedAt, times.BOUNCED),
      complainedAt: earlier(row?.complainedAt, times.COMPLAINED),
      audienceGroup: row?.audienceGroup ?? group,
      givenPrior: row?.givenPrior ?? givenPrior,
    });
  }

  take(): ExposureRow[] {
    const rows = [...this.#rows.values()];
    this.#rows = new Map();
    return rows;
  }
}
