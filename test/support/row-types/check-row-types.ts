import pg from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

import { rowFaults } from './row-faults.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Statements with a row type that the tests of a file ran, by `file:line`. */
    statements?: readonly string[];
  }
}

const { statements, types } = inject('rowTypes');
const faultsOf = rowFaults({ statements, types });
const faults = new Set<string>();
const seen = new Set<string>();
const drivers = [pg.Client, pg.Pool].map(({ prototype }) => ({ prototype, query: prototype.query }));

/** Compares every result of a hand-written statement with its row type. A test fails in which they differ. */
beforeAll(() => {
  for (const { prototype, query } of drivers) {
    prototype.query = function checked(this: pg.Pool | pg.Client, ...args: unknown[]) {
      const result = Reflect.apply(query, this, args);
      const site = callerOf(checked);
      if (!(site in statements)) return result;
      seen.add(site);
      return result.then((rows: pg.QueryResult) => {
        for (const fault of faultsOf(site, rows)) faults.add(fault);
        return rows;
      });
    } as typeof query;
  }
});

afterEach(({ task }) => {
  task.file.meta.statements = [...seen];
  report();
});

afterAll(() => {
  for (const { prototype, query } of drivers) prototype.query = query;
  report();
});

function report(): void {
  const found = [...faults].join('\n');
  faults.clear();
  if (found !== '') throw new Error(`rows differ from their declared types:\n${found}`);
}

/** `file:line` of the code of the server that calls; empty where a package does, such as Prisma. */
function callerOf(called: (...args: never[]) => unknown): string {
  const { stackTraceLimit } = Error;
  const trace = { stack: '' };
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(trace, called);
  Error.stackTraceLimit = stackTraceLimit;
  return /server\/[\w/-]+\.ts:\d+/.exec(trace.stack)?.[0] ?? '';
}
