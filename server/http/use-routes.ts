import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../access/caller.ts';
import { DomainError } from '../domain/errors.ts';
import type { Scope } from '../domain/scopes.ts';
import { admit, corsHeaders, foreignOrigin, preflight } from './access.ts';
import type { OnFault } from './csv-response.ts';
import { refusal } from './refusal.ts';
import type { KeyedRoute, Route, RouteDependencies, Visit } from './route.ts';
import { ROUTES } from './routes.ts';

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

/** The answer to a request; null where there is none of ours, and where GraphQL answers. */
async function answer(
  dependencies: RouteDependencies,
  request: Request,
  serverContext: ServerContext,
): Promise<Response | null> {
  const url = new URL(request.url);
  const route = ROUTES.find(({ pattern }) => pattern.test(url.pathname));
  if (route === undefined) return null;
  if (request.method === 'OPTIONS' && route.scopes !== null)
    return preflight(accessOf(dependencies), foreignOrigin(request) ?? '');
  if (!route.methods.includes(request.method)) return wrongMethod(route, request);
  const path = route.pattern.exec(url.pathname)!.groups ?? {};
  const visit = { request, url, path, onFault: breakOff(dependencies, serverContext) };
  return route.scopes === null
    ? route.handler(dependencies, visit)
    : admitted(dependencies, route, visit, serverContext);
}

const accessOf = ({ database: { pool }, pepper, clock }: RouteDependencies) => ({ pool, pepper, clock });

function wrongMethod({ methods, scopes }: Route, request: Request): Response {
  const allowed = (scopes === null ? methods : [...methods, 'OPTIONS']).join(', ');
  const error = new DomainError('METHOD_NOT_ALLOWED', `${request.method} is not possible here: expected ${allowed}`);
  const response = refusal(error, request);
  response.headers.set('allow', allowed);
  return response;
}

/** The adapter would leave the connection open, and its reader waiting. */
function breakOff({ logger }: RouteDependencies, { requestId, res }: ServerContext): OnFault {
  return (error) => {
    logger.error({ err: error, requestId }, 'an answer broke off');
    res?.destroy();
    return res !== undefined;
  };
}

async function admitted(
  dependencies: RouteDependencies,
  { scopes, handler }: KeyedRoute,
  visit: Visit,
  serverContext: ServerContext,
): Promise<Response | null> {
  const { logger } = dependencies;
  const access = accessOf(dependencies);
  const { request } = visit;
  const origin = foreignOrigin(request);
  const later = (work: Promise<void>) => {
    const safe = work.catch((error) => logger.warn({ err: error }, 'could not note that a key was used'));
    serverContext.waitUntil?.(safe);
  };
  try {
    const caller = await admit(access, request, later);
    if (origin !== null) serverContext.cors = { 'access-control-allow-origin': origin, vary: 'Origin' };
    serverContext.caller = caller;
    assertScopes(caller, scopes);
    return await handler(dependencies, { ...visit, caller });
  } catch (error) {
    // A page that some key lists may read why it was refused.
    if (origin !== null) serverContext.cors = { ...(await corsHeaders(access, origin)), vary: 'Origin' };
    return refusal(error, request);
  }
}

function assertScopes({ key }: Caller, scopes: readonly Scope[]): void {
  const lacking = scopes.filter((scope) => !key.scopes.includes(scope));
  if (lacking.length > 0) throw new DomainError('FORBIDDEN', `this API key lacks the scope ${lacking.join(', ')}`);
}
