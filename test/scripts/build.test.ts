import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { build } from '../../scripts/build.js';
import { testFolder } from '../support/files.ts';

/** Two parts, the second one made of the first. */
function workshop(tool = 'cat') {
  const folder = testFolder();
  const [source, middle, end] = ['source', 'middle', 'end'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const copy = (name: string, from: string, to: string) => ({
    name,
    command: `${tool} ${from} > ${to}`,
    inputs: [from],
    outputs: [to],
  });
  const options = {
    parts: [copy('first', source, middle), copy('second', middle, end)],
    stampsFile: join(folder, 'stamps'),
  };
  writeFileSync(source, 'one');
  return { source, middle, end, run: (all = false) => build({ ...options, all }) };
}

it('builds a part when its inputs have changed, and what is made of it', () => {
  const { source, end, run } = workshop();
  expect(run()).toEqual(['first', 'second']);
  expect(run()).toEqual([]);
  writeFileSync(source, 'two');
  expect(run()).toEqual(['first', 'second']);
  expect(readFileSync(end, 'utf8')).toBe('two');
  writeFileSync(source, 'two');
  expect(run()).toEqual([]);
});

it('builds a part whose output is gone, and all parts where that is asked for', () => {
  const { end, run } = workshop();
  run();
  rmSync(end);
  expect(run()).toEqual(['second']);
  expect(run(true)).toEqual(['first', 'second']);
});

it('does not take a part for built whose command failed, whatever it has left behind', () => {
  const { source, middle, run } = workshop('grep one');
  writeFileSync(source, 'two');
  for (const _ of ['first time', 'again']) expect(() => run()).toThrow('building first failed');
  expect(existsSync(middle)).toBe(true);
  writeFileSync(source, 'one');
  expect(run()).toEqual(['first', 'second']);
});
