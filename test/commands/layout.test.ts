import { describe, expect, it } from 'vitest';

import { pairs, table } from '../../server/commands/layout.ts';

const MODEL =
  'Pareto/NBD with time-invariant covariates (converged), r 0.55313, alpha 10.578, s 0.60600, beta 11.669, LL -9594.98, taken because it had the lowest error in 7 of 8 backtests';

const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

describe('pairs', () => {
  it('stand beside their names, all words of them, in lines of at most 80 characters', () => {
    const text = pairs([
      ['customers', 2357],
      ['transactions', MODEL],
      ['covered by 80% intervals', MODEL],
    ]);
    expect(longest(text)).toBeLessThanOrEqual(80);
    expect(words(text)).toEqual(words(`customers 2357 transactions ${MODEL} covered by 80% intervals ${MODEL}`));
    expect(text.split('\n').slice(0, 2)).toEqual([
      'customers                 2357',
      expect.stringMatching(/^transactions {14}Pareto\/NBD /),
    ]);
  });

  it('leave a word whole that no line has room for', () => {
    const key = 'k'.repeat(90);
    expect(pairs([['key', `the ${key} here`]]).split('\n')).toEqual(['key  the', `     ${key}`, '     here']);
  });
});

describe('a table', () => {
  it('aligns names left and figures right', () => {
    expect(
      table(
        ['product', 'share'],
        [
          ['tea', '9.5%'],
          ['teapot', '12.0%'],
        ],
      ),
    ).toBe('product  share\ntea       9.5%\nteapot   12.0%');
  });

  it('becomes the pairs of each row, without empty ones, where a line would be longer than 80 characters', () => {
    const text = table(
      ['name', 'weeks', 'reason'],
      [
        ['auto', 26, MODEL],
        ['none', 0, ''],
      ],
    );
    expect(longest(text)).toBeLessThanOrEqual(80);
    const [first, second] = text.split('\n\n');
    expect(first).toMatch(/^name {4}auto\nweeks {3}26\nreason {2}Pareto/);
    expect(second).toBe('name   none\nweeks  0');
  });
});
