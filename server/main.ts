import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';

import { seedDemoStore } from '../prisma/seed.ts';
import { readPepper } from './access/pepper.ts';
import { startAnalysis } from './analysis/run-analysis.ts';
import type { Config } from './config.ts';
import { DomainError } from './domain/errors.ts';
import { openUploads } from './http/uploads.ts';
import { createPageKeys } from './page-keys.ts';
import { openDatabase } from './store/database.ts';
import { PACKAGE_ROOT } from './store/package-root.ts';
import { createServerSurface } from './yoga.ts';

export interface RunningServer {
  readonly url: string;
  /** Lets requests finish, then closes the database. */
  close(): Promise<void>;
}

/** How long a shutdown waits for requests that are under way, and then for commands that use the same store. */
const GRACE_MS = 5000;

/** Node would cut off an upload after five minutes. */
const REQUEST_TIMEOUT_MS = 60 * 60_000;

/**
 * Opens the database, with the demo store if asked, and listens.
 * @param onStep Called with the step of a slow first start.
 */
export async function serve(
  config: Config,
  { demo }: { readonly demo: boolean },
  onStep: (step: string) => void,
): Promise<RunningServer> {
  const database = await openDatabase(config);
  let answer: RequestListener = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end();
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => answer(request, response));
  try {
    if (database.isGuest) {
      const where = config.dataFolder;
      throw new DomainError(
        'STORE_IN_USE',
        `another process runs the database in ${where}: stop it first, or serve from a PostgreSQL (DATABASE_URL)`,
      );
    }
    const pepper = readPepper(config);
    const clock = () => new Date();
    const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
    const uploads = await openUploads({ folder: join(config.dataFolder, 'uploads'), byteLimit: config.uploadLimit });
    if (demo) await seedDemoStore(database.pool, onStep);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, config.host, resolve);
    });
    // After listening: a server that does not get its port must not take the key away from the one that has it.
    const keys = demo ? await createPageKeys({ database, pepper, clock, host: config.host }) : undefined;
    answer = createServerSurface({
      database,
      pepper,
      clock,
      logger,
      demoKey: keys?.demoKey,
      ownKey: keys?.ownKey,
      host: config.host,
      folder: PACKAGE_ROOT,
      uploads,
      startAnalysis: async (workspace, input) => {
        const { runId, done } = await startAnalysis(database.pool, workspace, input);
        done.catch((error: unknown) => logger.error({ err: error, runId }, 'the analysis failed'));
        return { runId };
      },
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
      close: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeIdleConnections();
        const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        await closed;
        clearTimeout(timer);
        await uploads.close(GRACE_MS);
        await keys?.revoke();
        await database.close(GRACE_MS);
      },
    };
  } catch (error) {
    server.close();
    await database.close(GRACE_MS);
    throw error;
  }
}
