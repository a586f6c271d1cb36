import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { read } from './read.ts';

const GERMAN = 'Bestellung;Straße;Größe\n1;Mühlweg 5, Düsseldorf;XL\n2;Käthe-Kollwitz-Straße;24"\n';
const fieldsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(';'));

describe('the encoding', () => {
  it.each([
    ['utf-8', iconv.encode(GERMAN, 'utf-8')],
    ['utf-8', iconv.encode(GERMAN, 'utf-8', { addBOM: true })],
    ['utf-16le', iconv.encode(GERMAN, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(GERMAN, 'utf-16be', { addBOM: true })],
    ['utf-16le', iconv.encode(GERMAN, 'utf-16le', { addBOM: false })],
    ['utf-16be', iconv.encode(GERMAN, 'utf-16be', { addBOM: false })],
    ['windows-1252', iconv.encode(GERMAN, 'windows-1252')],
  ])('%s is found, and no mark is part of the header', async (encoding, bytes) => {
    const { first, fields, layout } = await read(bytes);
    expect(layout.encoding).toBe(encoding);
    expect([first, ...fields]).toEqual(fieldsOf(GERMAN));
  });

  it.each([
    ['windows-1250', 'imię;ulica\nŁukasz;Żółkiewskiego\nZażółć;gęślą jaźń\n'],
    ['windows-1251', 'Имя;Город\nИван Петров;Москва\nМария;Нижний Новгород\n'],
  ])('%s is told apart from that of western Europe', async (encoding, text) => {
    const { first, fields, layout } = await read(iconv.encode(text, encoding));
    expect(layout.encoding).toBe(encoding);
    expect([first, ...fields]).toEqual(fieldsOf(text));
  });

  it('is that of the first line that is not ASCII, however late it comes', async () => {
    const text = `id;name\n${'1;tea\n'.repeat(100_000)}2;Grüße “€”\n`;
    const { fields, layout } = await read(iconv.encode(text, 'windows-1252'));
    expect(layout.encoding).toBe('windows-1252');
    expect(fields.at(-1)).toEqual(['2', 'Grüße “€”']);
  });

  it('that changes within the file is refused with the line', async () => {
    const [utf8, latin1] = ['utf-8', 'latin1'].map((encoding) => iconv.encode('1;Jörg\n', encoding));
    const mixed = Buffer.concat([Buffer.from('id;name\n'), utf8!, utf8!, utf8!, latin1!, utf8!]);
    await expect(read(mixed)).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
      message: expect.stringContaining('line 5 '),
    });
  });

  it('UTF-16 that ends in half a character is refused', async () => {
    const bytes = iconv.encode(GERMAN, 'utf-16le', { addBOM: true });
    await expect(read(bytes.subarray(0, -1))).rejects.toMatchObject({ code: 'WRONG_ENCODING' });
  });
});

describe('gzip', () => {
  it('is found by its content', async () => {
    const { fields, layout } = await read(gzipSync('a,b\n1,2\n'));
    expect([fields, layout.isCompressed]).toEqual([[['1', '2']], true]);
  });

  it('may hold any encoding', async () => {
    const { first } = await read(gzipSync(iconv.encode(GERMAN, 'utf-16le', { addBOM: true })));
    expect(first).toEqual(['Bestellung', 'Straße', 'Größe']);
  });

  it('may have several members', async () => {
    expect((await read(Buffer.concat([gzipSync('a,b\n1,'), gzipSync('2\n')]))).fields).toEqual([['1', '2']]);
  });

  it('that ends early is refused', async () => {
    const whole = gzipSync(Array.from({ length: 500 }, (_, i) => `${i},x`).join('\n'));
    await expect(read(whole.subarray(0, -200))).rejects.toMatchObject({ code: 'DAMAGED_GZIP' });
  });

  it('of endlessly many rows is refused', async () => {
    await expect(read(gzipSync(Buffer.alloc(2 ** 26 + 2 ** 19, 'a,b\n')))).rejects.toMatchObject({
      code: 'TOO_LARGE_GZIP',
    });
  });

  it('of an endless line is refused', async () => {
    await expect(read(gzipSync(Buffer.alloc(1 << 26, 'x')))).rejects.toMatchObject({ code: 'TOO_LONG_LINE' });
  });
});

describe('what is no table is refused:', () => {
  it.each([
    ['an empty file', '', 'EMPTY_FILE'],
    ['blank lines', '\n \r\n\n', 'EMPTY_FILE'],
    ['a byte order mark alone', '\ufeff', 'EMPTY_FILE'],
    ['an empty gzip', gzipSync(''), 'EMPTY_FILE'],
    ['zero bytes', Buffer.from([99, 117, 0, 1, 2]), 'BINARY_FILE'],
    ['zero bytes after text', Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.alloc(100)]), 'BINARY_FILE'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'BINARY_FILE'],
    ['an old Office file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'BINARY_FILE'],
    ['HTML', '<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>\n', 'WRONG_FORMAT'],
    ['a JSON array', '[\n  {"a": 1}\n]\n', 'WRONG_FORMAT'],
  ])('%s', async (_what, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ code });
  });
});
