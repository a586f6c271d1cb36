import type { CampaignMetric } from '../../domain/campaigns.ts';
import { roundedMoney } from '../../domain/money.ts';
import type { Estimate } from './types.ts';

/** The words of a sentence in which one has more of a metric than another. */
interface Wording {
  readonly verb: string;
  /** What stands behind the number; `more` is "more" or, for less, "less" of money and "fewer" of things. */
  unit(more: string, currency: string): string;
  readonly isMoney: boolean;
  /** Shares are written as a number of so many customers. */
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
  const figure = figures(of * (interval.high - interval.low), isMoney ? currency : null);
  const less = isMoney ? 'less' : 'fewer';
  return {
    lift: `${verb} ${figure(of * Math.abs(value))} ${unit(value < 0 ? less : 'more', currency)}`,
    range: `${figure(of * interval.low)} to ${figure(of * interval.high)}`,
  };
}

/**
 * Numbers with as many decimals as an interval of this width has room for: two digits of its half. Of money one digit, and the
 * currency's smallest unit at least.
 */
function figures(width: number, currency: string | null): (value: number) => string {
  const room = width > 0 ? 1 - Math.floor(Math.log10(width / 2)) : 2;
  const wanted = currency === null ? Math.max(0, room) : Math.max(decimalsOf(currency), room - 1);
  const digits = Math.min(MOST_DECIMALS, wanted);
  // No minus before a zero.
  return (value) => value.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1');
}

const MOST_DECIMALS = 6;

/** "0.00" has two. */
const decimalsOf = (currency: string) => roundedMoney(0, currency).amount.slice(2).length;

const GROUPED = new Intl.NumberFormat('en');

/** A count as text: 1,234. */
export const countText = (count: number): string => GROUPED.format(count);

/** A higher return is easier to read as a multiple of the cost. */
const HIGHEST_PERCENT = 1000;

/**
 * A return on spend: "180% (120% to 240%)", above 1,000% "25 times what it cost (18 to 32)".
 * @param returnOnSpend (margin - cost) / cost, with its interval.
 */
export function returnText({ value, interval: { low, high } }: Estimate): string {
  if (100 * value > HIGHEST_PERCENT) {
    const [times, least, most] = [value, low, high].map((each) => whole(each + 1));
    return `${times} times what it cost (${least} to ${most})`;
  }
  const [percent, least, most] = [value, low, high].map((each) => `${whole(100 * each)}%`);
  return `${percent} (${least} to ${most})`;
}

/** No minus before a zero. */
const whole = (value: number): string => GROUPED.format(Math.round(value) + 0);

/** As papers write it. */
export const pText = (p: number): string => (p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`);

/** In percent, never quite certain. */
export const probabilityText = (probability: number): string =>
  probability > 0.999 ? 'over 99.9%' : `${(100 * probability).toFixed(probability > 0.99 ? 1 : 0)}%`;

export const listText = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
