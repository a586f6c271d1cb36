import type { Revenue } from '../domain/revenue.ts';

/** As Intl.NumberFormat names them. */
export const CURRENCY_DISPLAYS = ['symbol', 'narrowSymbol', 'code', 'name'] as const;

export type CurrencyDisplay = (typeof CURRENCY_DISPLAYS)[number];

/** What the owners of a workspace decide for all who use it. */
export interface WorkspaceSettings {
  /** Share of revenue that analyses count as value, 0 to 1; null for what known costs imply. */
  readonly marginRate: number | null;
  /** Effective rate a year that analyses discount with. */
  readonly annualDiscountRate: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly revenue: Revenue;
  readonly currencyDisplay: CurrencyDisplay;
}

/** What a workspace begins with, as the columns have it too. */
export const DEFAULT_SETTINGS: WorkspaceSettings = {
  marginRate: null,
  annualDiscountRate: 0.1,
  timeZone: 'UTC',
  revenue: 'NET_SALES',
  currencyDisplay: 'symbol',
};
