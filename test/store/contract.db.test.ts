import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';

describe.each(['embedded', 'postgresql'] as const)('data layer on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await freshDatabase(engine);
  });
  afterAll(() => db.close());

  const workspace = () => {
    const id = randomUUID();
    return db.prisma.workspace.create({ data: { id, name: id, currency: 'EUR' } });
  };

  it('records every migration in the standard table', async () => {
    const { rows } = await db.pool.query(
      'select migration_name from _prisma_migrations where finished_at is not null order by 1',
    );
    expect(rows.map((row) => row.migration_name)).toEqual(db.migrations);
    expect(db.migrations.length).toBeGreaterThan(0);
  });

  it('maps a broken unique constraint to P2002', async () => {
    const { name } = await workspace();
    await expect(
      db.prisma.workspace.create({ data: { id: randomUUID(), name, currency: 'EUR' } }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });

  it('stores the instant it was given, whatever zone the machine is in', async () => {
    const createdAt = new Date('2026-03-29T01:30:00.123Z');
    const { id } = await db.prisma.workspace.create({
      data: { id: randomUUID(), name: randomUUID(), currency: 'EUR', createdAt },
    });
    const { rows } = await db.pool.query('select created_at::text as text from workspace where id = $1', [id]);
    expect(rows[0].text).toBe('2026-03-29 01:30:00.123+00');
  });

  it('reads a day as the text it is', async () => {
    const { rows } = await db.pool.query("select date '2026-03-29' as day");
    expect(rows[0].day).toBe('2026-03-29');
  });

  it('undoes a transaction that fails', async () => {
    const { id } = await workspace();
    const rename = db.prisma.$transaction(async (tx) => {
      await tx.workspace.update({ where: { id }, data: { currency: 'USD' } });
      throw new Error('no');
    });
    await expect(rename).rejects.toThrow('no');
    expect((await db.prisma.workspace.findUniqueOrThrow({ where: { id } })).currency).toBe('EUR');
  });

  it('takes twenty interactive transactions at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, () =>
        db.prisma.$transaction(
          (tx) => tx.workspace.create({ data: { id: randomUUID(), name: randomUUID(), currency: 'EUR' } }),
          { maxWait: 20_000, timeout: 20_000 },
        ),
      ),
    );
    expect(new Set(ids.map(({ id }) => id)).size).toBe(20);
  });

  it('inserts a batch from arrays and leaves rows alone that are there already', async () => {
    const { id } = await workspace();
    const insert = () =>
      db.pool.query(
        `insert into product (id, workspace_id, external_id, name)
         select unnest($2::uuid[]), $1, unnest($3::text[]), unnest($4::text[]) on conflict do nothing`,
        [id, products, products.map((_, index) => `p${index}`), products.map(() => 'Lamp')],
      );
    const products = Array.from({ length: 1000 }, () => randomUUID());
    expect((await insert()).rowCount).toBe(1000);
    expect((await insert()).rowCount).toBe(0);
  });

  it('keeps the statements of connections that work at once apart', async () => {
    const ask = async (width: number) => {
      const numbers = Array.from({ length: width }, (_, index) => index);
      const list = numbers.map((number) => `$${number + 1}::text`).join(', ');
      const { rows } = await db.pool.query(
        `select array[${list}] as texts`,
        numbers.map((number) => `${width}/${number}`.padEnd(width * 2000)),
      );
      return rows[0].texts.map((text: string) => text.trim());
    };
    const widths = Array.from({ length: 40 }, (_, index) => 1 + (index % 13));
    const answers = await Promise.all(widths.map(ask));
    expect(answers).toEqual(widths.map((width) => Array.from({ length: width }, (_, number) => `${width}/${number}`)));
  });

  it('goes on serving after a client has left in the middle of a transaction', async () => {
    const client = await db.pool.connect();
    await client.query('begin');
    await client.query('create temporary table unfinished (id int)');
    client.release(new Error('gone'));
    expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('goes on serving after a statement that fails', async () => {
    await expect(db.pool.query('select $1::int / 0', [1])).rejects.toThrow('division by zero');
    expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
