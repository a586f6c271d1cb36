import type pg from 'pg';

const DEADLOCK = '40P01';
const MOST_TRIES = 5;

/**
 * Runs `work` on one connection: commits when it resolves, undoes everything when it throws. Runs it again when PostgreSQL
 * chose it to give way to another transaction, so `work` must change nothing outside.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || attempt === MOST_TRIES) throw error;
    }
  }
}

async function once<Result>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
