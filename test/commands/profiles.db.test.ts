import { expect, it } from 'vitest';

import { json, run, testStore, unwrapped } from '../support/cli.ts';
import { testFile } from '../support/files.ts';

const FILE = 'Kunde;Bestellung;Datum;Summe;Status\nann;1;03.10.2026;1.234,50;bereit\n';
const MAPPED = ['--map', 'customer=Kunde', '--map', 'order=Bestellung', '--map', 'placed at=Datum'];
const CHOICES = [...MAPPED, '--map', 'order total=Summe', '--map', 'state=Status', '--state', 'bereit=paid'];

it('perennial profiles lists what imports have saved, and deletes it', { timeout: 120_000 }, async () => {
  const store = await testStore();
  const file = testFile(FILE);
  await json(store, 'import', file, '--profile', 'shop', '--format', 'orders', ...CHOICES);
  expect(await json(store, 'import', file)).toMatchObject({ profile: 'shop', net: 1234.5 });
  const { profiles } = await json<{ profiles: readonly object[] }>(store, 'profiles');
  expect(profiles).toEqual([
    {
      name: 'shop',
      format: 'orders',
      savedAt: expect.stringMatching(/^\d{4}-/),
      map: { customer: 'Kunde', order: 'Bestellung', 'placed at': 'Datum', 'order total': 'Summe', state: 'Status' },
      state: { bereit: 'paid' },
    },
  ]);
  const { stdout } = await run(store, 'profiles');
  expect(unwrapped(stdout)).toContain('customer=Kunde');
  expect(await json(store, 'profiles', 'delete', 'shop')).toEqual({ name: 'shop' });
  expect(await json(store, 'profiles')).toEqual({ profiles: [] });
});
