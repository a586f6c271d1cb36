import pg from 'pg';

const TRANSACTION = /^\s*(begin|commit|rollback)\b/i;
/** Written after an answer, sometimes only while the next one is made. */
const KEY_USE = /^\s*update api_key set last_used_at\b/;

/**
 * The texts of the SQL statements that `work` makes, seen where every statement passes, Prisma's and hand-written ones alike:
 * at the driver's client. BEGIN, COMMIT and ROLLBACK do not count, nor that a key was used. Counts the whole process, so nothing else may run meanwhile.
 */
export async function statementsOf<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }];
    const text = typeof first === 'string' ? first : first.text;
    if (!TRANSACTION.test(text) && !KEY_USE.test(text)) statements.push(text);
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = query;
  }
}
