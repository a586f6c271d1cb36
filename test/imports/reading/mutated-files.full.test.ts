import { expect, it } from 'vitest';

import { readMutatedFiles } from './mutated-files.ts';

it('5,000 mutated files are read or refused', async () => {
  const { read, refused } = await readMutatedFiles(5_000);
  expect(read).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(1_000);
});
