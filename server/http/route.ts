import type { Caller } from '../access/caller.ts';
import type { Scope } from '../domain/scopes.ts';
import type { Database } from '../store/database.ts';
import type { OnFault } from './csv-response.ts';
import type { Logger } from './logger.ts';
import type { Uploads } from './uploads.ts';

export interface RouteDependencies {
  readonly database: Pick<Database, 'engine' | 'pool'>;
  readonly pepper: string;
  readonly clock: () => Date;
  readonly logger: Logger;
  /** Key that the demo page and GraphiQL get; without one there is no demo page. */
  readonly demoKey?: string | undefined;
  /** Key of the pages that import into a workspace of one's own; absent where others than this machine reach the server. */
  readonly ownKey?: string | undefined;
  /** What the server listens on: the key is shown to those who ask for this host, for `localhost` or for an address. */
  readonly host: string;
  readonly uploads: Uploads;
  /** Folder with `dist/widgets` and `demo`. */
  readonly folder: string;
}

/** A request that a route has been found for. */
export interface Visit {
  readonly request: Request;
  readonly url: URL;
  /** Named parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly onFault: OnFault;
}

/** A visit with a key that has all the scopes of the route. */
export interface AdmittedVisit extends Visit {
  readonly caller: Caller;
}

/** @returns Null where there is nothing of this name, and where GraphQL answers. */
type Handler<V extends Visit> = (dependencies: RouteDependencies, visit: V) => Promise<Response | null>;

interface Path {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
}

/** For everybody, without a key. */
export interface OpenRoute extends Path {
  readonly scopes: null;
  readonly handler: Handler<Visit>;
}

/** For keys that have all of these scopes; browsers may ask first. */
export interface KeyedRoute extends Path {
  readonly scopes: readonly Scope[];
  readonly handler: Handler<AdmittedVisit>;
}

export type Route = OpenRoute | KeyedRoute;
