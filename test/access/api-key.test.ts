import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  BASE62,
  formatKey,
  hashKey,
  isWellFormedKey,
  KEY_KINDS,
  KEY_SECRET_LENGTH,
} from '../../server/access/api-key.ts';

const character = fc.constantFrom(...BASE62);
const secret = fc.string({ unit: character, minLength: KEY_SECRET_LENGTH, maxLength: KEY_SECRET_LENGTH });

it('has the form clv_KIND_live_, 32 characters and a checksum of 6', () => {
  const key = formatKey('PUBLISHABLE', 'A'.repeat(32));
  expect(key).toMatch(/^clv_pk_live_A{32}[0-9A-Za-z]{6}$/);
  expect(formatKey('RESTRICTED', 'A'.repeat(32))).toMatch(/^clv_rk_/);
  expect(formatKey('SECRET', 'A'.repeat(32))).toMatch(/^clv_sk_/);
});

it('ends in the CRC-32 of what comes before, in base 62', () => {
  // CRC-32 of the body by Python's zlib.crc32: 2967119367.
  expect(formatKey('SECRET', '0'.repeat(32)).slice(-6)).toBe('3EnjHz');
});

it('is recognised, and distinguished from any text that differs in one character', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEY_KINDS), secret, fc.nat({ max: 49 }), character, (kind, text, at, other) => {
      const key = formatKey(kind, text);
      expect(isWellFormedKey(key)).toBe(true);
      const mistyped = key.slice(0, at) + other + key.slice(at + 1);
      expect(isWellFormedKey(mistyped)).toBe(mistyped === key);
    }),
  );
});

it('is stored as the HMAC-SHA-256 of RFC 4231, test case 2', () => {
  expect(hashKey('what do ya want for nothing?', 'Jefe')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
