import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../store/database.ts';
import { ping } from '../store/status.ts';
import { admit, corsHeaders, foreignOrigin, preflight } from './access.ts';
import { customersCsv } from './customers-csv.ts';
import { demoFile, widgetFile } from './files.ts';
import type { Logger } from './logger.ts';
import { isOwnHost } from './own-host.ts';
import { refusal } from './refusal.ts';
import { rejectsCsv, rejectsPath } from './rejects-csv.ts';

export interface RouteDependencies {
  readonly database: Pick<Database, 'engine' | 'pool'>;
  readonly pepper: string;
  readonly clock: () => Date;
  readonly logger: Logger;
  /** Key that the demo page and GraphiQL get; without one there is no demo page. */
  readonly demoKey?: string | undefined;
  /** What the server listens on: the key is shown to those who ask for this host, for `localhost` or for an address. */
  readonly host: string;
  /** Folder with `dist/widgets` and `demo`. */
  readonly folder: string;
}

/** What a request carries from its first step to its last. */
export interface ServerContext {
  caller: Caller;
  requestId: string;
  /** Headers that let the page the request comes from read the answer. */
  cors: Record<string, string>;
  /** Given by the HTTP adapter: work that nobody waits for. */
  waitUntil?: (work: Promise<unknown>) => void;
  /** Given by the HTTP adapter where there is a connection. */
  res?: ServerResponse;
}

/** Everything of the HTTP surface that is not GraphQL, and the door to what is. */
export function useRoutes(dependencies: RouteDependencies): Plugin<object, ServerContext> {
  const { logger } = dependencies;
  return {
    onRequest: async ({ request, serverContext, endResponse }) => {
      serverContext.requestId = randomUUID();
      serverContext.cors = {};
      try {
        const response = await answer(dependencies, request, serverContext);
        if (response !== null) endResponse(response);
      } catch (error) {
        logger.error({ err: error, requestId: serverContext.requestId }, 'unexpected error in a request');
        const { requestId } = serverContext;
        const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId };
        endResponse(
          Response.json(
            { errors: [{ message: 'unexpected error: report the request id', extensions }] },
            { status: 500 },
          ),
        );
      }
    },
    onResponse: ({ response, serverContext }) => {
      // GraphiQL's page is answered before this plugin's first step.
      const { requestId, cors } = serverContext as Partial<ServerContext>;
      const headers = {
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
        ...cors,
      };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      if (!response.headers.has('content-security-policy')) {
        response.headers.set('content-security-policy', "frame-ancestors 'self'");
      }
    },
  };
}

/** The answer to a request; null to let GraphQL answer it. */
async function answer(
  dependencies: RouteDependencies,
  request: Request,
  serverContext: ServerContext,
): Promise<Response | null> {
  const { demoKey, folder, host, logger } = dependencies;
  // The adapter would leave the connection open, and its reader waiting.
  const onFault = (error: unknown) => {
    logger.error({ err: error, requestId: serverContext.requestId }, 'an answer broke off');
    serverContext.res?.destroy();
    return serverContext.res !== undefined;
  };
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/graphql') return admitted(dependencies, request, serverContext, async () => null);
  const jobId = rejectsPath(pathname);
  if (jobId !== null) {
    return admitted(dependencies, request, serverContext, (caller) =>
      rejectsCsv(dependencies.database.pool, caller, jobId, onFault),
    );
  }
  if (pathname === '/customers.csv') {
    return admitted(dependencies, request, serverContext, (caller) =>
      customersCsv(dependencies.database.pool, caller, searchParams, onFault),
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  if (pathname === '/')
    return new Response(null, { status: 302, headers: { location: demoKey ? '/demo' : '/graphql' } });
  if (pathname === '/health') return health(dependencies);
  if (demoKey !== undefined && /^\/demo(\/|$)/.test(pathname)) {
    if (!isOwnHost(request, host))
      return new Response(`expected the host ${host}, localhost or an address`, { status: 421 });
    return demoFile(join(folder, 'demo'), demoKey, request);
  }
  return widgetFile(join(folder, 'dist/widgets'), request);
}

async function admitted(
  { database: { pool }, pepper, clock, logger }: RouteDependencies,
  request: Request,
  serverContext: ServerContext,
  next: (caller: Caller) => Promise<Response | null>,
): Promise<Response | null> {
  const access = { pool, pepper, clock };
  const origin = foreignOrigin(request);
  if (request.method === 'OPTIONS') return preflight(access, origin ?? '');
  const later = (work: Promise<void>) => {
    const safe = work.catch((error) => logger.warn({ err: error }, 'could not note that a key was used'));
    serverContext.waitUntil?.(safe);
  };
  try {
    const caller = await admit(access, request, later);
    if (origin !== null) serverContext.cors = { 'access-control-allow-origin': origin, vary: 'Origin' };
    serverContext.caller = caller;
    return await next(caller);
  } catch (error) {
    // A page that some key lists may read why it was refused.
    if (origin !== null) serverContext.cors = { ...(await corsHeaders(access, origin)), vary: 'Origin' };
    return refusal(error, request);
  }
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
