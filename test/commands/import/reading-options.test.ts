import { Command } from 'commander';
import { expect, it } from 'vitest';

import {
  type ReadingOptions,
  readingChoices,
  withReadingOptions,
} from '../../../server/commands/import/reading-options.ts';

const choices = (...args: readonly string[]) =>
  readingChoices(withReadingOptions(new Command()).parse(args, { from: 'user' }).opts<ReadingOptions>());

it('reads columns and states by name, and a column without a header as left out', () => {
  expect(choices('--map', 'customer=Email', '--map', 'email=', '--state', 'ready=paid')).toMatchObject({
    mapping: { customer: 'Email', email: null },
    states: { ready: 'COUNTS' },
  });
  expect(choices()).toMatchObject({ mapping: undefined, states: undefined });
});

it.each([
  ['column', ['--map', 'customer=A', '--map', 'customer=B']],
  ['state', ['--state', 'ready=paid', '--state', 'Ready=test']],
])('refuses a %s that is chosen twice', (_, args) => {
  expect(() => choices(...args)).toThrow(expect.objectContaining({ code: 'BAD_CHOICE' }));
});
