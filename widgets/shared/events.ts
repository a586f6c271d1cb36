import type { ImportStatus, Segment } from '../generated/graphql.ts';

export interface SegmentChange {
  /** The segments now selected, best to worst; none means all. */
  readonly segments: readonly Segment[];
}

export interface CustomerSelect {
  /** Global id, as `customer(id:)` takes it. */
  readonly id: string;
  /** The shop's own key of the customer, as `customer(externalId:)` takes it. */
  readonly externalId: string;
}

export interface RecommendationSelect {
  /** Global id of the recommendation. */
  readonly id: string;
  readonly product: {
    /** Global id. */
    readonly id: string;
    /** The shop's own key of the product. */
    readonly externalId: string;
  };
  /** Global id of the customer it is for. */
  readonly customer: string;
}

export interface CampaignChange {
  /** Global id, as `campaign(id:)` takes it. */
  readonly id: string;
  /** Its name, as `campaign(name:)` and the attribute `campaign` take it. */
  readonly name: string;
}

export interface ImportStart {
  /** Global id of the import. */
  readonly id: string;
  readonly fileName: string;
}

export interface ImportFinish extends ImportStart {
  readonly status: Exclude<ImportStatus, 'RUNNING'>;
  /** Kind of file that it was taken for, such as `shopify-orders`. */
  readonly source: string;
  /** Number of rows that were stored. */
  readonly accepted: number;
}

interface ClvEvents {
  'clv-segment-change': CustomEvent<SegmentChange>;
  'clv-customer-select': CustomEvent<CustomerSelect>;
  'clv-recommendation-select': CustomEvent<RecommendationSelect>;
  'clv-campaign-change': CustomEvent<CampaignChange>;
  'clv-import-started': CustomEvent<ImportStart>;
  'clv-import-finished': CustomEvent<ImportFinish>;
}

declare global {
  interface HTMLElementEventMap extends ClvEvents {}
}

/** Reports what the user did; such events bubble out of every shadow root. */
export function report<Name extends keyof ClvEvents>(
  target: HTMLElement,
  name: Name,
  detail: ClvEvents[Name]['detail'],
): void {
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}
