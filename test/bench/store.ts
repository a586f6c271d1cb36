import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Database, openDatabase } from '../../server/store/database.ts';
import { startPostgres } from '../support/postgres.ts';

/** Runs `work` on a fresh store on disk, of either engine. */
export async function withStore<Result>(
  engine: Database['engine'],
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
  const postgres = engine === 'postgresql' ? await startPostgres() : undefined;
  const db = await openDatabase({ databaseUrl: postgres?.url, dataFolder });
  try {
    return await work(db);
  } finally {
    await db.close();
    await postgres?.stop();
    rmSync(dataFolder, { recursive: true });
  }
}

export const seconds = (since: number): number => Math.round(performance.now() - since) / 1000;

/** Of all threads: unlike the time on the wall, the same beside other programs. */
export function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return Math.round((user + system) / 1000) / 1000;
}
