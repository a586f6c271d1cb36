import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { testDatabase } from '../support/database.ts';
import { isMissing, sharedData, testFile } from '../support/files.ts';
import { analyse, load, segments } from '../support/shop.ts';

describe('cdnow, orders up to 1997-09-30', () => {
  const file = sharedData('cdnow/CDNOW_sample.txt.gz');
  const EXPECTED = {
    Champion: 445,
    Loyal: 204,
    'Potential loyalist': 368,
    Promising: 194,
    'Need attention': 520,
    'About to sleep': 137,
    'At risk': 115,
    "Can't lose": 3,
    Hibernating: 225,
    Lost: 146,
  };

  it.skipIf(isMissing(file))('gives the published fits and segments (skipped without ../shared/data)', async () => {
    const db = await testDatabase();
    await load(db, file, 'cdnow');
    const bg = await analyse(db, { asOf: '1997-09-30', model: 'bg' });
    expect(bg).toMatchObject({ customers: 2357 });
    const [transactions, spend] = bg.fits;
    expect(transactions).toMatchObject({ model: 'BG/NBD', status: 'CONVERGED' });
    expect(Object.values(transactions!.parameters)).toEqual(
      [0.2426, 4.4136, 0.7929, 2.4259].map((value) => expect.closeTo(value, 4)),
    );
    expect(transactions!.logLikelihood).toBeCloseTo(-9582.43, 2);
    expect(Object.values(spend!.parameters)).toEqual([6.25, 3.74, 15.44].map((value) => expect.closeTo(value, 2)));
    expect(await segments(db)).toEqual(EXPECTED);
    const mbg = await analyse(db, { asOf: '1997-09-30', model: 'mbg' });
    expect(Object.values(mbg.fits[0]!.parameters)).toEqual(
      [0.5248, 6.1831, 0.8914, 1.614].map((value) => expect.closeTo(value, 4)),
    );
    expect(mbg.fits[0]!.logLikelihood).toBeCloseTo(-9582.14, 2);
  });

  it.skipIf(isMissing(file))(
    'gives the same segments whatever the order of the rows (skipped without ../shared/data)',
    async () => {
      const db = await testDatabase();
      const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
      const shuffled = lines
        .map((line, index) => ({ line, rank: (index * 7919) % 6997 }))
        .sort((a, b) => a.rank - b.rank);
      await load(db, testFile(shuffled.map(({ line }) => line).join('\n'), 'shuffled.txt'), 'cdnow');
      await analyse(db, { asOf: '1997-09-30' });
      expect(await segments(db)).toEqual(EXPECTED);
    },
  );
});
