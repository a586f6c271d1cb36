import { ping } from '../store/status.ts';
import { customersCsv } from './customers-csv.ts';
import { demoFile, widgetFile } from './files.ts';
import { postImport } from './post-import.ts';
import { postUpload } from './post-upload.ts';
import { rejectsCsv } from './rejects-csv.ts';
import type { Route, RouteDependencies } from './route.ts';

const READ = ['GET', 'HEAD'];

/** The paths of this server, each at most once. GraphQL checks the scopes of its fields itself. */
export const ROUTES: readonly Route[] = [
  { methods: READ, pattern: /^\/$/, scopes: null, handler: home },
  { methods: READ, pattern: /^\/health$/, scopes: null, handler: health },
  { methods: READ, pattern: /^\/demo(\/|$)/, scopes: null, handler: demoFile },
  { methods: READ, pattern: /^\/widgets\/(?<name>[\w-]+(\.[\w-]+)*\.js(\.map)?)$/, scopes: null, handler: widgetFile },
  { methods: ['GET', 'POST'], pattern: /^\/graphql$/, scopes: [], handler: async () => null },
  { methods: READ, pattern: /^\/customers\.csv$/, scopes: ['customers:read'], handler: customersCsv },
  { methods: ['POST'], pattern: /^\/uploads$/, scopes: ['imports:write'], handler: postUpload },
  { methods: ['POST'], pattern: /^\/imports$/, scopes: ['imports:write'], handler: postImport },
  {
    methods: READ,
    pattern: /^\/imports\/(?<id>[\da-f-]{36})\/rejects\.csv$/,
    scopes: ['imports:read', 'customers:pii'],
    handler: rejectsCsv,
  },
];

async function home({ demoKey }: RouteDependencies): Promise<Response> {
  return new Response(null, { status: 302, headers: { location: demoKey ? '/demo' : '/graphql' } });
}

async function health({ database: { engine, pool }, logger }: RouteDependencies): Promise<Response> {
  try {
    await ping(pool);
    return Response.json({ status: 'ok', engine });
  } catch (error) {
    logger.error({ err: error }, 'the database does not answer');
    return Response.json({ status: 'unavailable', engine }, { status: 503 });
  }
}
