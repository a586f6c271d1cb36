import { describe, expect, it } from 'vitest';

import { workspaceId } from '../../server/domain/ids.ts';
import { formatsNamed } from '../../server/import-formats.ts';
import { listProfiles } from '../../server/imports/data/import-profiles.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { ImportInput } from '../../server/imports/open-import.ts';
import { deleteProfile, mergeChoices } from '../../server/imports/saved-profiles.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';

const SHOP = workspaceId('shop');
const HEADER = 'Kunde;Bestellung;Datum;Summe';
const file = (...rows: readonly string[]) => testFile([HEADER, ...rows].join('\n'));
const october = () => file('ann;1;03.10.2026;1.234,50', 'bob;2;04.10.2026;10,00');

const GERMAN = {
  formats: formatsNamed('orders'),
  currency: 'EUR',
  choices: {
    mapping: { customer: 'Kunde', order: 'Bestellung', 'placed at': 'Datum', 'order total': 'Summe' },
    decimal: ',',
    dateFormat: 'dd.MM.yyyy',
  },
} as const;

const run = ({ pool }: Database, path: string, input: Partial<ImportInput> = {}) =>
  importFile(pool, { workspace: 'shop', path, formats: formatsNamed(), ...input });

const save = (db: Database, name: string, input: Partial<ImportInput> = {}) =>
  run(db, october(), { ...GERMAN, profile: name, saveProfileAs: name, ...input });

const names = async ({ pool }: Database) => (await listProfiles(pool, SHOP)).map(({ name }) => name);

describe.each(['postgresql', 'embedded'] as const)('saved choices on %s', (engine) => {
  it('read a later file by name, or by its header in any order', async () => {
    const db = await testDatabase(engine);
    const saved = { source: 'orders', profile: 'shop', currency: 'EUR', orders: 2, net: '1244.5000' };
    expect(await save(db, 'shop')).toMatchObject(saved);
    expect(await run(db, october())).toMatchObject(saved);
    const other = testFile('datum;kunde;BESTELLUNG;Note;Summe\n11.10.2026;cem;3;x;2.000,00\n');
    await expect(run(db, other)).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
    expect(await run(db, other, { profile: 'shop' })).toMatchObject({ profile: 'shop', net: '2000.0000' });
    const turned = testFile('Summe;datum;kunde;BESTELLUNG\n5,00;05.10.2026;cem;4\n');
    expect(await run(db, turned, { dryRun: true })).toMatchObject({ profile: 'shop', net: '5.0000' });
  });
});

describe('a saved profile', () => {
  it('keeps the choices, and nothing of the file', async () => {
    const db = await testDatabase();
    await save(db, 'shop');
    const { rows } = await db.pool.query('select * from import_profile');
    expect(rows).toEqual([
      {
        workspace_id: SHOP,
        name: 'shop',
        source: 'orders',
        choices: { ...GERMAN.choices, currency: 'EUR' },
        header_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        created_at: expect.any(Date),
        updated_at: expect.any(Date),
      },
    ]);
  });

  it('gives way to what is chosen, and takes it over when saved again', async () => {
    const db = await testDatabase();
    await save(db, 'shop');
    const american = file('ann;7;10.03.2026;10,00');
    const choices = { dateFormat: 'MM.dd.yyyy' };
    expect(await run(db, american, { choices })).toMatchObject({ profile: 'shop', accepted: 1 });
    const { rows } = await db.pool.query(`select placed_at from "order" where external_id = '7'`);
    expect(rows).toEqual([{ placed_at: new Date('2026-10-03T00:00:00Z') }]);
    await run(db, american, { choices, profile: 'shop', saveProfileAs: 'shop' });
    const [shop] = await listProfiles(db.pool, SHOP);
    expect(shop!.choices).toMatchObject({ ...GERMAN.choices, dateFormat: 'MM.dd.yyyy' });
  });

  it('keeps one meaning of a state, the one chosen last, however it is spelled', () => {
    const saved = { states: { 'On its way': 'COUNTS', ready: 'PENDING' } } as const;
    const { states } = mergeChoices(saved, { states: { 'on-its-way': 'TEST' } });
    expect(states).toEqual({ 'on-its-way': 'TEST', ready: 'PENDING' });
  });

  it('is saved only when rows have been stored', async () => {
    const db = await testDatabase();
    await save(db, 'dry', { dryRun: true });
    await expect(save(db, 'refused', { choices: { mapping: { order: 'Nummer' } } })).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMN',
    });
    const rejected = file('ann;1;03.10.2026;viel', 'bob;2;04.10.2026;viel');
    expect(await run(db, rejected, { ...GERMAN, saveProfileAs: 'empty' })).toMatchObject({
      accepted: 0,
      profile: null,
    });
    expect(await names(db)).toEqual([]);
  });

  it('is refused by name where it does not exist, or reads a header that the file lacks', async () => {
    const db = await testDatabase();
    await save(db, 'online shop');
    await expect(run(db, october(), { profile: 'onlin shop' })).rejects.toMatchObject({
      code: 'UNKNOWN_PROFILE',
      message: expect.stringContaining('"online shop"'),
    });
    const without = testFile('Kunde;Datum;Summe\nann;03.10.2026;1,00\n');
    await expect(run(db, without, { profile: 'online shop' })).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMN',
      message: expect.stringMatching(/"online shop".*"Bestellung" for order/),
    });
  });

  it('is deleted by name, and its files are strange again', async () => {
    const db = await testDatabase();
    await save(db, 'shop');
    await expect(deleteProfile(db.pool, SHOP, 'shopp')).rejects.toMatchObject({ code: 'UNKNOWN_PROFILE' });
    await deleteProfile(db.pool, SHOP, 'shop');
    await expect(run(db, october())).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
  });

  it('of another workspace is not found', async () => {
    const db = await testDatabase();
    await save(db, 'shop');
    await expect(run(db, october(), { workspace: 'other', profile: 'shop' })).rejects.toMatchObject({
      code: 'UNKNOWN_PROFILE',
    });
    await expect(run(db, october(), { workspace: 'other' })).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
  });

  it.each(['', ' shop', 'x'.repeat(61), 'two\nlines'])('cannot be called %j', async (name) => {
    const db = await testDatabase();
    await expect(save(db, name)).rejects.toMatchObject({ code: 'BAD_PROFILE_NAME' });
    expect((await db.pool.query('select 1 from import_job')).rows).toEqual([]);
  });

  it('is one of at most 100', async () => {
    const db = await testDatabase();
    await save(db, 'shop');
    await db.pool.query(
      `insert into import_profile (workspace_id, name, source, choices)
       select workspace_id, 'p' || n, source, choices from import_profile, generate_series(1, 99) n`,
    );
    await expect(save(db, 'one more')).rejects.toMatchObject({ code: 'TOO_MANY_PROFILES' });
    expect(await save(db, 'shop')).toMatchObject({ profile: 'shop' });
  });
});
