import { it } from 'vitest';

import { testFolder } from '../support/files.ts';
import { createOldStore, importThreeTogether } from '../support/start-together.ts';

it('three commands started together all work on a store that lacks a migration', async () => {
  const folder = testFolder();
  await createOldStore(folder);
  await importThreeTogether(folder);
});
