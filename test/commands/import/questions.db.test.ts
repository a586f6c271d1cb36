import { describe, expect, it } from 'vitest';

import { type Answer, type Asker, openWithQuestions } from '../../../server/commands/import/questions.ts';
import { workspaceId } from '../../../server/domain/ids.ts';
import { formatsNamed } from '../../../server/import-formats.ts';
import { listProfiles } from '../../../server/imports/data/import-profiles.ts';
import { startImport } from '../../../server/imports/import-file.ts';
import type { ImportInput } from '../../../server/imports/open-import.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { load } from '../../support/shop.ts';

/** Gives answers in turn, by their labels or as text, and keeps what was asked and shown. */
function scripted(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const shown: string[] = [];
  const asker: Asker = {
    show: (text) => void shown.push(text),
    choose: async <Value>(question: string, choices: readonly Answer<Value>[]) => {
      asked.push(question);
      const label = left.shift();
      const found = choices.find((choice) => choice.label === label);
      if (found === undefined) throw new Error(`"${question}" has no answer "${label}"`);
      return found.value;
    },
    write: async (question, _, fault) => {
      asked.push(question);
      const text = left.shift() ?? '';
      const wrong = fault(text);
      if (wrong !== null) throw new Error(wrong);
      return text;
    },
  };
  return { asker, asked, shown, left };
}

const run = async ({ pool }: Database, path: string, asker: Asker, input: Partial<ImportInput> = {}) => {
  const opened = await openWithQuestions(pool, { workspace: 'shop', path, formats: formatsNamed(), ...input }, asker);
  return (await startImport(pool, opened)).done;
};

describe('questions about a file', () => {
  it('name its kind, columns, amounts, dates, states and currency, and are saved for the next one', async () => {
    const db = await testDatabase();
    const file = testFile(
      [
        'Kunde;Nr;Am;Preis;Menge;Lage',
        'ann;1;03/04/2026;1,500;2;bereit',
        'bob;2;05/04/2026;2,250;1;bereit',
        'cem;3;06/04/2026;9,000;1;weg',
      ].join('\n'),
    );
    const { asker, asked, shown, left } = scripted(
      ...['orders', 'Kunde', 'Nr', 'Am'],
      ...['the price of one unit', 'Preis', 'a comma', 'day first'],
      ...['state', 'Lage', 'quantity', 'Menge', 'no, go on'],
      ...['EUR', 'laden', 'paid', 'cancelled'],
    );
    const report = await run(db, file, asker);
    expect(report).toMatchObject({ source: 'orders', currency: 'EUR', profile: 'laden', net: '5.2500', orders: 2 });
    expect(report.excluded).toEqual({ CANCELLED: 1 });
    expect({ asked: asked.length, left }).toEqual({ asked: 17, left: [] });
    expect(shown).toEqual([expect.stringMatching(/^Kunde +Nr +Am /)]);
    const { rows } = await db.pool.query(`select placed_at::date::text as day from "order" order by 1`);
    expect(rows).toEqual([{ day: '2026-04-03' }, { day: '2026-04-05' }]);

    const silent = scripted();
    expect(await run(db, file, silent.asker)).toMatchObject({ profile: 'laden', net: '5.2500' });
    expect(silent.asked).toEqual([]);
  });

  it('are not asked about a file that shows everything', async () => {
    const db = await testDatabase();
    const { asker, asked, shown } = scripted();
    const file = testFile('customer,order,placed at,unit price,currency\nann,1,2026-04-03,5,EUR\n');
    expect(await run(db, file, asker)).toMatchObject({ net: '5.0000', profile: null });
    expect([...asked, ...shown]).toEqual([]);
  });

  it('ask for no currency where the workspace has amounts, and save nothing without a name', async () => {
    const db = await testDatabase();
    await load(db, testFile('customer,order,placed at,unit price,currency\nann,1,2026-01-03,5,EUR\n'));
    const { asker, asked } = scripted('month first', '');
    const file = testFile('customer,order,placed at,unit price\nann,2,03/04/2026,5\nann,3,04/05/2026,5\n');
    expect(await run(db, file, asker)).toMatchObject({ currency: 'EUR', profile: null, orders: 2 });
    expect(asked).toHaveLength(2);
    expect(await listProfiles(db.pool, workspaceId('shop'))).toEqual([]);
  });

  it('end with the refusal where the answer does not mend it', async () => {
    const db = await testDatabase();
    const file = testFile('a,b\n1,2\n');
    const { asker } = scripted('products', 'none');
    await expect(run(db, file, asker)).rejects.toMatchObject({ code: 'MISSING_COLUMN', field: ['product'] });
    expect((await db.pool.query('select 1 from workspace')).rows).toEqual([]);
  });
});
