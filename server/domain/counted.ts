const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const RULES = new Intl.PluralRules('en', { maximumFractionDigits: 0 });

/** A number with its English noun, such as "1 customer" or "1,234 customers"; fractions are rounded. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${NUMBER.format(count)} ${RULES.select(count) === 'one' ? noun : plural}`;
