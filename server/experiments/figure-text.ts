import type { CampaignMetric } from '../domain/campaigns.ts';
import type { Estimate } from './types.ts';

/** How a sentence says that one has more of a metric than another. */
interface Wording {
  readonly verb: string;
  /** What stands behind the number; `more` is "more" or, for less, "less" of money and "fewer" of things. */
  unit(more: string, currency: string): string;
  readonly isMoney: boolean;
  /** Shares are told of so many customers. */
  readonly of: number;
}

const money = (verb: string, what: string): Wording => ({
  verb,
  unit: (more, currency) => `${currency} ${more}${what} per customer`,
  isMoney: true,
  of: 1,
});

const WORDING: Readonly<Record<CampaignMetric, Wording>> = {
  CLICK: { verb: 'gets', unit: (more) => `${more} of 100 customers to click`, isMoney: false, of: 100 },
  CONVERSION: { verb: 'gets', unit: (more) => `${more} of 100 customers to convert`, isMoney: false, of: 100 },
  ORDERS: { verb: 'brings', unit: (more) => `orders ${more} per customer`, isMoney: false, of: 1 },
  REVENUE: money('earns', ''),
  MARGIN: money('earns', ' margin'),
  CLV: money('adds', ' CLV'),
};

/**
 * A lift in words, such as "earns 0.77 USD more per customer" with its range "0.48 to 1.06".
 * @param currency ISO 4217 code.
 */
export function liftWords(metric: CampaignMetric, { value, interval }: Estimate, currency: string) {
  const { verb, unit, isMoney, of } = WORDING[metric];
  const figure = figures(of * (interval.high - interval.low), isMoney);
  const less = isMoney ? 'less' : 'fewer';
  return {
    lift: `${verb} ${figure(of * Math.abs(value))} ${unit(value < 0 ? less : 'more', currency)}`,
    range: `${figure(of * interval.low)} to ${figure(of * interval.high)}`,
  };
}

/** Numbers with as many decimals as an interval of this width has room for: two digits of its half. Of money the cents at least. */
function figures(width: number, isMoney: boolean): (value: number) => string {
  const room = width > 0 ? 1 - Math.floor(Math.log10(width / 2)) : 2;
  const digits = Math.min(6, Math.max(isMoney ? 2 : 0, room));
  // No minus before a zero.
  return (value) => value.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1');
}

const GROUPED = new Intl.NumberFormat('en');

/** A count as text: 1,234. */
export const countText = (count: number): string => GROUPED.format(count);

export const customersText = (count: number): string => `${countText(count)} ${count === 1 ? 'customer' : 'customers'}`;

/** As papers write it. */
export const pText = (p: number): string => (p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`);

/** In percent, never quite certain. */
export const probabilityText = (probability: number): string =>
  probability > 0.999 ? 'over 99.9%' : `${(100 * probability).toFixed(probability > 0.99 ? 1 : 0)}%`;

export const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
