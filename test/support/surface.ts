import type { Database } from '../../server/store/database.ts';
import { createServerSurface, type ServerDependencies } from '../../server/yoga.ts';
import { noUploads } from './no-uploads.ts';
import { NOW, PEPPER } from './store.ts';

export interface Answer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: unknown;
    readonly extensions: Record<string, unknown>;
  }[];
}

/** The HTTP surface over a database, asked without a network. What it logs is kept in `logged`. */
export function testSurface(db: Database, overrides: Partial<ServerDependencies> = {}) {
  const logged: { details: object; message: string }[] = [];
  const log = (details: object, message: string) => void logged.push({ details, message });
  const surface = createServerSurface({
    database: db,
    pepper: PEPPER,
    clock: () => NOW,
    logger: { error: log, warn: log },
    folder: '.',
    uploads: noUploads,
    host: 'api.test',
    startAnalysis: async () => {
      throw new Error('no analysis in this test');
    },
    ...overrides,
  });
  const fetch = async (path: string, init: RequestInit = {}): Promise<Response> =>
    surface.fetch(new URL(path, 'http://api.test'), init);
  return {
    /** The listener itself, for a real server. */
    surface,
    logged,
    fetch,
    /** A GraphQL request. */
    ask: async <Data = Record<string, never>>(
      key: string,
      query: string,
      variables: object = {},
    ): Promise<Answer<Data>> => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer<Data>;
    },
  };
}
