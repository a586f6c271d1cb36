import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { schema } from '../schema/schema.ts';
import type { Context } from './context.ts';
import { type ContextDependencies, createContext } from './context.ts';
import { useErrorReports } from './http/error-reports.ts';
import { useCostLimit, useInputLimits, useOneOperation } from './http/limits.ts';
import { isOwnHost } from './http/own-host.ts';
import type { RouteDependencies } from './http/route.ts';
import { type ServerContext, useRoutes } from './http/use-routes.ts';

export type ServerDependencies = ContextDependencies & RouteDependencies;

const BODY_LIMIT = 1024 * 1024;
const TOKEN_LIMIT = 1000;

/** The type knows only `defaultQuery`, with which every later visit would begin in an empty tab. */
const FIRST_TAB = {
  query: `# What the best customers are worth. Ctrl-Enter runs it.
query BestCustomers {
  customers(first: 10) {
    nodes {
      externalId
      segment
      clv(horizon: P12M) { value { amount currency } expectedOrderDays probabilityAlive }
      churn { probability moneyAtRisk { amount } }
    }
  }
}
`,
};

/** The HTTP surface: a listener for `http.createServer`, with `fetch` for whoever is in the same process. */
export function createServerSurface(dependencies: ServerDependencies): YogaServerInstance<ServerContext, Context> {
  const { demoKey, host } = dependencies;
  return createYoga<ServerContext, Context>({
    schema,
    context: ({ caller, requestId, request: { signal } }) => createContext(dependencies, caller, { requestId, signal }),
    plugins: [
      useRoutes(dependencies),
      maxTokensPlugin({ n: TOKEN_LIMIT }),
      useOneOperation(),
      useErrorReports(dependencies.logger),
      useInputLimits(),
      useCostLimit(),
    ],
    graphqlEndpoint: '/graphql',
    maxRequestBodySize: BODY_LIMIT,
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    logging: false,
    maskedErrors: { isDev: false, errorMessage: 'unexpected error' },
    // The built-in check answers without a look at the database; /health is a route of ours.
    healthCheckEndpoint: '/alive',
    renderGraphiQL,
    graphiql: (request) => ({
      title: 'Perennial',
      ...FIRST_TAB,
      ...(demoKey !== undefined && isOwnHost(request, host)
        ? { additionalHeaders: { Authorization: `Bearer ${demoKey}` } }
        : { headers: JSON.stringify({ Authorization: 'Bearer YOUR_API_KEY' }, null, 2) }),
    }),
  });
}
