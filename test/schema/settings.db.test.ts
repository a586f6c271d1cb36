import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const FIELDS = 'marginRate annualDiscountRate timeZone revenue currencyDisplay';
const UPDATE = `mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) {
  ... on SavedSettings { workspace { ${FIELDS} } } ... on DomainError { code field } } }`;
const DEFAULTS = {
  ...{ marginRate: null, annualDiscountRate: 0.1, timeZone: 'UTC' },
  ...{ revenue: 'NET_SALES', currencyDisplay: 'SYMBOL' },
};

describe('updateSettings', () => {
  it('changes what is given, answers with all settings, and leaves other workspaces alone', async () => {
    const [ours, theirs] = [await createStore(db), await createStore(db)];
    const key = await ours.key();
    const input = {
      marginRate: 0.45,
      timeZone: 'europe/berlin',
      revenue: 'TOTAL_SALES',
      currencyDisplay: 'NARROW_SYMBOL',
    };
    const saved = { ...DEFAULTS, ...input, timeZone: 'Europe/Berlin' };
    expect((await ask(key, UPDATE, { input })).data).toEqual({ updateSettings: { workspace: saved } });
    const { data } = await ask(key, UPDATE, { input: { annualDiscountRate: 0 } });
    expect(data).toEqual({ updateSettings: { workspace: { ...saved, annualDiscountRate: 0 } } });
    expect((await ask(key, `{ workspace { ${FIELDS} } }`)).data).toEqual({
      workspace: { ...saved, annualDiscountRate: 0 },
    });
    expect((await ask(await theirs.key(), `{ workspace { ${FIELDS} } }`)).data).toEqual({ workspace: DEFAULTS });
  });

  it('brings back the default of a setting that is null', async () => {
    const key = await (await createStore(db)).key();
    const input = {
      marginRate: 0.2,
      annualDiscountRate: 0.3,
      timeZone: 'Asia/Tokyo',
      revenue: 'TOTAL_SALES',
      currencyDisplay: 'NAME',
    };
    await ask(key, UPDATE, { input });
    const nulls = Object.fromEntries(Object.keys(input).map((name) => [name, null]));
    expect((await ask(key, UPDATE, { input: nulls })).data).toEqual({ updateSettings: { workspace: DEFAULTS } });
  });

  it.each([
    [{ marginRate: 1.01 }, 'BAD_MARGIN', 'marginRate'],
    [{ marginRate: -0.1 }, 'BAD_MARGIN', 'marginRate'],
    [{ annualDiscountRate: 10 }, 'BAD_DISCOUNT_RATE', 'annualDiscountRate'],
    [{ timeZone: 'Berlin' }, 'BAD_TIME_ZONE', 'timeZone'],
    [{ timeZone: '+01:00' }, 'BAD_TIME_ZONE', 'timeZone'],
    [{ timeZone: '' }, 'BAD_TIME_ZONE', 'timeZone'],
  ])('refuses %j and changes nothing', async (wrong, code, field) => {
    const key = await (await createStore(db)).key();
    const { data } = await ask(key, UPDATE, { input: { currencyDisplay: 'CODE', ...wrong } });
    expect(data).toEqual({ updateSettings: { code, field: [field] } });
    expect((await ask(key, `{ workspace { ${FIELDS} } }`)).data).toEqual({ workspace: DEFAULTS });
  });
});

it('AnalysisRun says where its margin came from, and how much of revenue has a known cost', async () => {
  const store = await createStore(db);
  const data = { marginSource: 'COSTS', revenue: 'TOTAL_SALES', knownCostShare: 0.75 };
  await db.prisma.analysisRun.update({ where: { id: store.runId }, data });
  const { data: read } = await ask(
    await store.key(),
    '{ analysisRun { marginRate marginSource revenue knownCostShare } }',
  );
  expect(read).toEqual({ analysisRun: { marginRate: 0.4, ...data } });
});
