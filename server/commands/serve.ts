import { Command, InvalidArgumentError } from 'commander';

import { readConfig } from '../config.ts';
import { note } from './command.ts';

interface Options {
  readonly port?: string;
  readonly host?: string;
  readonly demo?: boolean;
  readonly json?: boolean;
}

const port = (text: string): string => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('expected a port, 0 to 65535 (0 takes a free one).');
  return text;
};

export const serveCommand = new Command('serve')
  .option('-p, --port <port>', 'port to listen on (default: PORT, else 4000)', port)
  .option('--host <host>', 'address to listen on (default: HOST, else 127.0.0.1)')
  .option('--demo', 'include the demo store (default on the embedded database)')
  .option('--no-demo', 'leave out the demo store (default on PostgreSQL)')
  .option('--json', 'print the address as one JSON object')
  .action(async (options: Options) => {
    const config = readConfig({
      ...process.env,
      ...(options.port === undefined ? {} : { PORT: options.port }),
      ...(options.host === undefined ? {} : { HOST: options.host }),
    });
    const isEmbedded = config.databaseUrl === undefined;
    if (isEmbedded)
      note('The embedded database is for trying out and small shops: for production set DATABASE_URL to a PostgreSQL.');
    const demo = options.demo ?? isEmbedded;
    // The GraphQL schema takes a while to load, and no other command needs it.
    const { serve } = await import('../main.ts');
    const running = await serve(config, { demo }, (step) => note(`first start: ${step} ...`));
    if (demo) note(`demo page ${running.url}/demo, GraphiQL ${running.url}/graphql`);
    const line = options.json === true ? JSON.stringify({ url: running.url }) : `Perennial listens on ${running.url}`;
    process.stdout.write(`${line}\n`);
    await signal();
    note('closing ...');
    await running.close();
  });

const signal = () =>
  new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
