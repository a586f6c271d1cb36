import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';

import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { sharedData } from '../support/files.ts';
import type { Figures } from './figures.ts';
import { seconds, withStore } from './store.ts';

const TABLES = ['product', 'customer', '"order"', 'order_line', 'refund', 'rejected_row'];

/** An import of Online Retail against COPY of the rows that it stored, into tables with the same indexes. */
export const importAgainstCopy = (): Promise<Figures> =>
  withStore('postgresql', async ({ pool }) => {
    const path = sharedData('online_retail/online_retail.csv.gz');
    const importing = performance.now();
    const { rows } = await importFile(pool, { workspace: 'bench', path, formats: formatsNamed('online-retail') });
    const importSeconds = seconds(importing);
    const copySeconds = await copyAgain(pool);
    return {
      importSeconds,
      copySeconds,
      linesPerSecond: Math.round(rows / importSeconds),
      'share of COPY': Math.round((copySeconds / importSeconds) * 100) / 100,
    };
  });

async function copyAgain(pool: pg.Pool): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-copy-'));
  // The server may run as another user.
  chmodSync(folder, 0o777);
  const client = await pool.connect();
  try {
    await client.query('create schema copied');
    for (const table of TABLES) {
      await client.query(`create table copied.${table} (like public.${table} including all)`);
      await client.query(`copy public.${table} to '${fileOf(folder, table)}'`);
    }
    const copying = performance.now();
    await client.query('begin');
    for (const table of TABLES) await client.query(`copy copied.${table} from '${fileOf(folder, table)}'`);
    await client.query('commit');
    return seconds(copying);
  } finally {
    client.release();
    rmSync(folder, { recursive: true });
  }
}

const fileOf = (folder: string, table: string) => join(folder, `${table.replaceAll('"', '')}.copy`);
