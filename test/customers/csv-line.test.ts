import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';

import { csvLine } from '../../server/customers/csv-line.ts';

it('quotes texts, so that any text comes back as it was', () => {
  const texts = ['plain', 'a,b', 'say "hi"', 'two\nlines', '', ' padded '];
  expect(parse(csvLine(texts))).toEqual([texts]);
});

it('leaves numbers bare and nothing empty', () => {
  expect(csvLine([1, -2.5, null, 'x'])).toBe('1,-2.5,,"x"\n');
});

it.each(['=1+1', '+49 30 123', '-5', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x.example")'])(
  'keeps a spreadsheet from computing %j',
  (text) => {
    expect(parse(csvLine([text]), { relax_column_count: true })).toEqual([[`'${text}`]]);
  },
);

it('changes no text that is no formula', () => {
  expect(csvLine(["'quoted", 'a=b', '1-2'])).toBe('"\'quoted","a=b","1-2"\n');
});
