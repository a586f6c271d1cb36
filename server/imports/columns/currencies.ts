/** Signs of currencies as their own countries write them, beside those that CLDR knows in English. */
const LOCAL_SIGNS: Readonly<Record<string, readonly string[]>> = {
  c$: ['CAD', 'NIO'],
  au$: ['AUD'],
  s$: ['SGD'],
  rs: ['INR', 'PKR', 'LKR', 'NPR', 'MUR'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  ':-': ['SEK'],
  fr: ['CHF'],
  sfr: ['CHF'],
  tl: ['TRY'],
  лв: ['BGN'],
  руб: ['RUB'],
  грн: ['UAH'],
  's/': ['PEN'],
  元: ['CNY'],
  円: ['JPY'],
};

/** What a sign of several currencies means where the shop has none of them. */
const USUAL = ['USD', 'GBP', 'JPY', 'INR', 'KRW', 'CAD'];

/**
 * @param text A code or a sign, such as `eur`, `€`, `US$` or `kr.`.
 * @param home The shop's currency: a sign of several currencies means it where it is one of them.
 * @returns The code; null where the sign could mean several (`kr`); undefined where the text names no currency.
 */
export function currencyNamed(text: string, home: string | null = null): string | null | undefined {
  const sign = text.toLowerCase().replace(/\.$/, '');
  const codes = currenciesBySign().get(sign);
  if (codes === undefined) return undefined;
  if (codes.length === 1) return codes[0]!;
  if (home !== null && codes.includes(home)) return home;
  return USUAL.find((code) => codes.includes(code)) ?? null;
}

let signs: Map<string, readonly string[]> | null = null;

function currenciesBySign(): ReadonlyMap<string, readonly string[]> {
  if (signs !== null) return signs;
  signs = new Map(Object.entries(LOCAL_SIGNS));
  for (const code of Intl.supportedValuesOf('currency')) {
    signs.set(code.toLowerCase(), [code]);
    for (const sign of signsOf(code)) {
      // A letter alone is a word or a unit (12 K), but for the rand's.
      if (sign in LOCAL_SIGNS || (/^[a-z]$/.test(sign) && sign !== 'r')) continue;
      const others = signs.get(sign) ?? [];
      if (!others.includes(code)) signs.set(sign, [...others, code]);
    }
  }
  return signs;
}

const signsOf = (code: string): string[] =>
  (
    [
      ['en', 'narrowSymbol'],
      ['en', 'symbol'],
      // Where a dollar is not the American one, that is US$.
      ['en-CA', 'symbol'],
    ] as const
  )
    .map(([locale, currencyDisplay]) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay })
        .formatToParts(0)
        .find(({ type }) => type === 'currency')!
        .value.toLowerCase()
        .replace(/\.$/, ''),
    )
    .filter((sign) => sign !== code.toLowerCase());
