import type { CurrencyDisplay } from './session.ts';

export interface MoneyValue {
  /** A decimal number, as the server sends it: `"1234.50"`. */
  readonly amount: string | number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** How the figures of a column are written. */
export interface Column {
  /** A share as a percentage, `points` as a difference of two percentages. */
  readonly unit: 'share' | 'points' | 'number' | 'money';
  /** Of money: ISO 4217 code. */
  readonly currency?: string;
  /** Decimals; figures are shortened to three digits where it is undefined. */
  readonly digits: number | undefined;
  /** Whether + is written as well as -, as for a difference. */
  readonly isSigned?: boolean;
}

/** About three digits of the largest figure; one decimal of a share, cents or whole units of money; shortened where it is too long. */
export function columnOf(unit: Column['unit'], largest: number): Column {
  const size = unit === 'points' ? largest * 100 : largest;
  if (unit === 'share') return { unit, digits: 1 };
  if (size >= 100) return { unit, digits: size < 100_000 ? 0 : undefined };
  if (size >= 10) return { unit, digits: unit === 'money' ? 2 : 1 };
  return { unit, digits: size >= 0.1 || size === 0 ? 2 : 4 };
}

/** Nothing is surer than this. */
const LEAST_CHANCE = 0.001;

export type Grain = 'month' | 'quarter' | 'year';

/** Numbers, money and dates as the reader's locale writes them. */
export class Formats {
  static readonly #made = new Map<string, Formats>();

  readonly #locale: string;
  readonly #currencyDisplay: CurrencyDisplay;
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  constructor(locale: string, currencyDisplay: CurrencyDisplay) {
    this.#locale = locale;
    this.#currencyDisplay = currencyDisplay;
  }

  /** The formats of a locale and currency display, made once. */
  static of(locale: string, currencyDisplay: CurrencyDisplay = 'symbol'): Formats {
    const key = `${locale} ${currencyDisplay}`;
    const formats = Formats.#made.get(key) ?? new Formats(locale, currencyDisplay);
    Formats.#made.set(key, formats);
    return formats;
  }

  /** The full value: `€1,234.50`. */
  money({ amount, currency }: MoneyValue): string {
    return this.#number(amount, this.#currency(currency));
  }

  /** For a column of predicted money: in whole units where its largest value is a hundred or more, as cents would claim too much; shortened from 100,000 on. */
  columnMoney({ amount, currency }: MoneyValue, largest: number): string {
    return this.#number(amount, this.#column(currency, largest));
  }

  /** From one amount to another, as `columnMoney` writes the value beside it, which has the unit: `120–260`, `12.3K–146K`. */
  range(low: MoneyValue, high: MoneyValue, largest: number): string {
    const format = this.#format(this.#column(high.currency, largest));
    const unitless = (value: MoneyValue) =>
      format
        .formatToParts(Number(value.amount))
        .map((part) => (part.type === 'currency' ? '' : part.value))
        .join('')
        .trim();
    return `${unitless(low)}–${unitless(high)}`;
  }

  /** For axes and labels, to three digits: `€1.23K`. */
  compactMoney({ amount, currency }: MoneyValue): string {
    return this.#number(amount, this.#compact(currency));
  }

  /** A share or probability in [0, 1] with one decimal: `62.4%`. */
  share(value: number): string {
    return this.#number(value, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** As its column has it: `+€0.77`, `12.3%`; bare for the ends of a range, the unit left to the value beside it: `+0.77`, `12.3`. */
  figure(value: number, { unit, currency, digits, isSigned }: Column, isBare = false): string {
    const isPercent = unit === 'points' || (isBare && unit === 'share');
    return this.#number(isPercent ? value * 100 : value, {
      ...(unit === 'money' && !isBare ? this.#currency(currency!) : {}),
      ...(unit === 'share' && !isBare ? { style: 'percent' } : {}),
      ...(digits === undefined
        ? { notation: 'compact', maximumSignificantDigits: 3 }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      signDisplay: isSigned ? 'exceptZero' : 'auto',
    });
  }

  /** A change as a share of what was, in whole percent from a tenth on: `+118%`, `-3.4%`. */
  change(value: number): string {
    return this.figure(value, { unit: 'share', digits: Math.abs(value) < 0.1 ? 1 : 0, isSigned: true });
  }

  /** A probability that is estimated, never certain: `98.3%`, `> 99.9%`. */
  chance(value: number): string {
    if (value < LEAST_CHANCE) return `<\u00a0${this.share(LEAST_CHANCE)}`;
    return value > 1 - LEAST_CHANCE ? `>\u00a0${this.share(1 - LEAST_CHANCE)}` : this.share(value);
  }

  /** `p = 0.012`, `p < 0.001`. */
  pValue(value: number): string {
    const isSmall = value < LEAST_CHANCE;
    return `p\u00a0${isSmall ? '<' : '='}\u00a0${this.figure(isSmall ? LEAST_CHANCE : value, { unit: 'number', digits: 3 })}`;
  }

  count(value: number): string {
    return this.#number(value, {});
  }

  /** Of a file: `640 byte`, `1.2 MB`. */
  bytes(value: number): string {
    const power = Math.min(3, Math.floor(Math.log10(Math.max(value, 1)) / 3));
    const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power]!;
    const digits = power === 0 ? 0 : 1;
    return this.#number(value / 1000 ** power, {
      style: 'unit',
      unit,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }

  /** One decimal: `4.3`. */
  decimal(value: number): string {
    return this.#number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  months(value: number): string {
    return this.#number(value, { style: 'unit', unit: 'month', unitDisplay: 'long' });
  }

  days(value: number): string {
    return this.#number(value, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  }

  daysAgo(days: number): string {
    return new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto' }).format(-days, 'day');
  }

  /** A calendar date `YYYY-MM-DD`, whatever the reader's time zone: `31 Oct 2026`. */
  date(date: string): string {
    return this.#date(date, { dateStyle: 'medium' });
  }

  /** Without the year, for a date that is near: `12 Nov`. */
  dayAndMonth(date: string): string {
    return this.#date(date, { day: 'numeric', month: 'short' });
  }

  /** The month, quarter or year that begins on a date `YYYY-MM-DD`: `Mar 2026`, `Jan – Mar 2026`, `2026`. */
  period(start: string, grain: Grain): string {
    if (grain === 'year') return this.#date(start, { year: 'numeric' });
    const month = { month: 'short', year: 'numeric' } as const;
    if (grain === 'month') return this.#date(start, month);
    const from = new Date(start);
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 2, 1));
    return new Intl.DateTimeFormat(this.#locale, { ...month, timeZone: 'UTC' }).formatRange(from, to);
  }

  /** The name of a country by its ISO 3166 code; anything else as it is. */
  country(code: string): string {
    return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(this.#locale, { type: 'region' }).of(code)! : code;
  }

  list(names: readonly string[]): string {
    return new Intl.ListFormat(this.#locale, { type: 'conjunction' }).format(names);
  }

  #currency(currency: string): Intl.NumberFormatOptions {
    return { style: 'currency', currency, currencyDisplay: this.#currencyDisplay };
  }

  #column(currency: string, largest: number): Intl.NumberFormatOptions {
    if (largest >= 100_000) return this.#compact(currency);
    return { ...this.#currency(currency), maximumFractionDigits: largest >= 100 ? 0 : undefined };
  }

  #compact(currency: string): Intl.NumberFormatOptions {
    return { ...this.#currency(currency), notation: 'compact', maximumSignificantDigits: 3, useGrouping: true };
  }

  #number(value: string | number, options: Intl.NumberFormatOptions): string {
    return this.#format(options).format(Number(value));
  }

  #format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const format = this.#numbers.get(key) ?? new Intl.NumberFormat(this.#locale, options);
    this.#numbers.set(key, format);
    return format;
  }

  #date(date: string, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: 'UTC' }).format(new Date(date));
  }
}
