import { describe, expect, it } from 'vitest';

import type { Recommendation } from '../../widgets/recommendations/recommendations.data.ts';
import { reasonText } from '../../widgets/recommendations/recommendations.reason.ts';
import { recommendationsTerms } from '../../widgets/recommendations/recommendations.terms.ts';
import { Formats } from '../../widgets/shared/formats.ts';

import { recommendationsAnswer } from './stub-server.ts';

const ISOLATES = /[\u2068\u2069]/g;

/** The reason as a reader sees it; category `Tea` unless told otherwise. */
function write(reason: Partial<Recommendation['reason']>, language = 'en', category: string | null = 'Tea'): string {
  const [first] = recommendationsAnswer().customer!.recommendations!.nodes;
  const nothing = { products: [], customers: null, usualGapDays: null, daysSinceLastBought: null, priceRatio: null };
  const changed = {
    ...first!,
    product: { ...first!.product, category },
    reason: { ...first!.reason, ...nothing, ...reason },
  };
  const terms = recommendationsTerms[language] ?? recommendationsTerms.en;
  return reasonText(changed, terms, Formats.of(language)).replace(ISOLATES, '');
}

const named = (...names: readonly string[]) => names.map((name) => ({ externalId: name.toUpperCase(), name }));

describe('what goes with purchases', () => {
  const code = 'GOES_WITH' as const;

  it('names the product and how many customers bought both', () => {
    const products = named('Teapot');
    expect(write({ code, products, customers: 41 })).toBe('because they bought Teapot: 41 customers bought both');
    expect(write({ code, products, customers: 1 })).toBe('because they bought Teapot: 1 customer bought both');
    expect(write({ code, products, customers: 1234 }, 'de')).toBe('passt zu Teapot: 1.234 Kunden kauften beides');
  });

  it('names at most two products, and says of which one the customers are', () => {
    expect(write({ code, products: named('Teapot', 'Whisk', 'Cup'), customers: 41 })).toBe(
      'because they bought Teapot (41 customers bought both) and Whisk',
    );
  });

  it('makes do with what is known', () => {
    expect(write({ code, products: [{ externalId: 'P-1', name: null }] })).toBe('because they looked at P-1');
    expect(write({ code })).toBe('goes with what they bought');
  });
});

describe('what is due again', () => {
  const code = 'DUE_AGAIN' as const;

  it('shows the usual gap in whole days and the last purchase', () => {
    const reason = { code, usualGapDays: 34.2, daysSinceLastBought: 31 };
    expect(write(reason)).toBe('usually again after 34 days, last bought 31 days ago');
    expect(write(reason, 'de')).toBe('üblicher Abstand 34 Tage, zuletzt gekauft vor 31 Tagen');
    expect(write(reason, 'ar')).toBe('يعود لشرائه عادةً بعد 34 يومًا، آخر شراء قبل 31 يومًا');
  });

  it('makes do with what is known, a purchase on the as-of day included', () => {
    expect(write({ code, daysSinceLastBought: 0 })).toBe('last bought today');
    expect(write({ code, usualGapDays: 1 })).toBe('usually again after 1 day');
    expect(write({ code })).toBe('customers usually buy it again');
  });
});

describe('a step up', () => {
  const code = 'STEP_UP' as const;

  it('shows how many times the usual price it costs, and from what it is a step', () => {
    expect(write({ code, priceRatio: 1.43 })).toBe('1.4 times what they usually pay in Tea');
    expect(write({ code, priceRatio: 1.43 }, 'en', null)).toBe('1.4 times what they usually pay');
    expect(write({ code, priceRatio: 2, products: named('Teapot') })).toBe(
      'a step up from Teapot: 2.0 times what they usually pay in Tea',
    );
    expect(write({ code, priceRatio: 1.43 }, 'de')).toBe('das 1,4-Fache des üblichen Preises in „Tea“');
  });

  it('makes do with what is known', () => {
    expect(write({ code, products: named('Teapot') })).toBe('a step up from Teapot');
    expect(write({ code })).toBe('a step up');
  });
});

it('says that what sells best does', () => {
  expect(write({ code: 'TRENDING' })).toBe('a recent best seller');
});

it('keeps a name of one direction from turning the words of the other around it', () => {
  const [first] = recommendationsAnswer().customer!.recommendations!.nodes;
  const reason = { ...first!.reason, code: 'GOES_WITH' as const, products: named('Teapot') };
  expect(reasonText({ ...first!, reason }, recommendationsTerms.ar!, Formats.of('ar'))).toContain('\u2068Teapot\u2069');
});
