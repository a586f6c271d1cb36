import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldEmail, foldId, foldText, isMangledNumber } from '../../../server/imports/columns/fold.ts';

describe('foldId', () => {
  it('takes composed and decomposed letters, blanks and invisible marks for one id', () => {
    expect(
      new Set(['Jose\u0301', 'Jos\u00E9', ' Jos\u00E9\u00A0', '\uFEFFJos\u00E9', 'Jo\u200Bs\u00E9'].map(foldId)).size,
    ).toBe(1);
    const address = [
      'ann\u200E@x.com',
      'ann@x.com',
      'ann@x.com\u00A0',
      '\uFEFFann@x.com',
      '\u2068ann@x.com\u2069',
      'Ann@X.com',
    ];
    expect(new Set(address.map(foldId))).toEqual(new Set(['ann@x.com']));
  });

  it('keeps the case of an id that is no e-mail address', () => {
    expect(foldId('cus_AbC')).toBe('cus_AbC');
    expect(foldId('@Handle')).toBe('@Handle');
    expect(foldId('A  b\tc')).toBe('A b c');
  });

  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
        for (const fold of [foldId, foldEmail, foldText]) expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('foldEmail', () => {
  it('takes spellings of one address for one, and a tagged address for another', () => {
    const spellings = ['Ann@Example.com', 'ann@example.com', ' ann@example.com ', 'ann+news@example.com'];
    expect(new Set(spellings.map(foldEmail))).toEqual(new Set(['ann@example.com', 'ann+news@example.com']));
  });
});

describe('isMangledNumber', () => {
  it.each(['2.3E+12', '2,3E+12', '1E+05', '5.0012e+15'])('recognises %s', (text) =>
    expect(isMangledNumber(text)).toBe(true),
  );
  it.each(['2300000000000', '2.3', 'E+12', '12E+05', '1E5', 'SKU-1E+05'])('leaves %s', (text) => {
    expect(isMangledNumber(text)).toBe(false);
  });
});
