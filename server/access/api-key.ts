import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** PUBLISHABLE stands in web pages of listed origins, RESTRICTED has chosen scopes, SECRET has all. */
export const KEY_KINDS = ['PUBLISHABLE', 'RESTRICTED', 'SECRET'] as const;

export type KeyKind = (typeof KEY_KINDS)[number];

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const KEY_SECRET_LENGTH = 32;

const CHECKSUM_LENGTH = 6;
const PREFIX: Readonly<Record<KeyKind, string>> = { PUBLISHABLE: 'pk', RESTRICTED: 'rk', SECRET: 'sk' };
const FORM = /^clv_(pk|rk|sk)_(test|live)_[0-9A-Za-z]{38}$/;

/** The key as its owner sees it, once. @param secret 32 random base62 characters. */
export function formatKey(kind: KeyKind, secret: string): string {
  const body = `clv_${PREFIX[kind]}_live_${secret}`;
  return body + checksum(body);
}

/** Whether a text has the form of a key and its checksum fits: a typing error is found without the database. */
export const isWellFormedKey = (text: string): boolean =>
  FORM.test(text) && checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);

/** What is stored in place of the key. @param pepper The server's secret. */
export const hashKey = (key: string, pepper: string): string => createHmac('sha256', pepper).update(key).digest('hex');

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let digit = 0; digit < CHECKSUM_LENGTH; digit++) {
    text = BASE62[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
