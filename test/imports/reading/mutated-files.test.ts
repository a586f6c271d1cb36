import { expect, it } from 'vitest';

import { readMutatedFiles } from './mutated-files.ts';

it('150 mutated files are read or refused', async () => {
  const { read, refused } = await readMutatedFiles(150);
  expect(read).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});
