import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let key: string;
let ask: ReturnType<typeof testSurface>['ask'];

beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
  key = await (await createStore(db)).key();
});
afterAll(() => db.close());

interface Retention {
  readonly retentionForecast: readonly {
    readonly model: string;
    readonly status: string;
    readonly parameters: readonly { readonly name: string; readonly value: number; readonly standardError: number }[];
    readonly logLikelihood: number;
    readonly survival: readonly number[];
    readonly retention: readonly number[];
    readonly discountedRenewals: number;
  }[];
}

const FIELDS =
  'model status parameters { name value standardError } logLikelihood survival retention discountedRenewals';

it('carries on the "Regular" cohort of Fader & Hardie (2007) as they do', async () => {
  // 1,000 customers, of whom these are left after each of seven years.
  const survivors = [1000, 631, 468, 382, 326, 289, 262, 241];
  const { data } = await ask<Retention>(
    key,
    `query ($survivors: [Int!]!) { retentionForecast(survivors: $survivors, renewalsAhead: 5, annualDiscountRate: 0.1) { ${FIELDS} } }`,
    { survivors },
  );
  const [sbg, bdw] = data!.retentionForecast;
  expect([sbg!.model, bdw!.model]).toEqual(['sBG', 'BdW']);
  expect(sbg!.parameters.map(({ value }) => value)).toEqual([expect.closeTo(0.704, 3), expect.closeTo(1.182, 3)]);
  expect(sbg!.logLikelihood).toBeCloseTo(-1680.27, 2);
  expect(sbg!.survival).toHaveLength(13);
  expect(sbg!.retention).toHaveLength(12);
  for (const [i, share] of sbg!.retention.entries()) {
    expect(sbg!.survival[i + 1]! / sbg!.survival[i]!).toBeCloseTo(share, 9);
    if (i > 0) expect(share).toBeGreaterThan(sbg!.retention[i - 1]!);
  }
  expect(sbg!.discountedRenewals).toBeGreaterThan(5.894);
  expect(bdw!.logLikelihood).toBeGreaterThanOrEqual(sbg!.logLikelihood);
});

it.each([
  ['survivors: [10, 5]', 'BAD_SURVIVORS'],
  ['survivors: [10, 5, 6]', 'BAD_SURVIVORS'],
  ['survivors: [10, 5, -1]', 'BAD_SURVIVORS'],
  ['survivors: [10, 10, 10]', 'NO_CHURN'],
  ['survivors: [10, 5, 4], renewalsAhead: 100000', 'BAD_ARGUMENTS'],
  ['survivors: [10, 5, 4], annualDiscountRate: 0', 'ENDLESS_UNDISCOUNTED'],
  ['survivors: [10, 5, 4], annualDiscountRate: 0.002', 'BAD_DISCOUNT_RATE'],
])('refuses %s', async (args, code) => {
  const { errors } = await ask(key, `{ retentionForecast(${args}) { model } }`);
  expect(errors).toMatchObject([{ extensions: { code } }]);
});
