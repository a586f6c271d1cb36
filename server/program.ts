import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';

import { wrapped } from './commands/layout.ts';
import { operationalFault } from './commands/operational-fault.ts';
import { DomainError } from './domain/errors.ts';
import { PACKAGE_ROOT } from './store/package-root.ts';

/** A command failed, or was called in a way that is not accepted. */
export const EXIT = { failed: 1, usage: 2 } as const;

interface Entry {
  readonly description: string;
  /** Only the command that is asked for is loaded: most of a start is the modules that it takes. */
  load(): Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    description: 'serve GraphQL, the widgets and the demo page',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  import: {
    description:
      'read a file of orders, products, events or campaigns, plain or gzip; a second import of the same file changes nothing',
    load: async () => (await import('./commands/import/import.ts')).importCommand,
  },
  profiles: {
    description: 'list and delete saved choices of how files are read',
    load: async () => (await import('./commands/profiles.ts')).profilesCommand,
  },
  rejects: {
    description: 'list the rejected rows of an import as CSV',
    load: async () => (await import('./commands/rejects.ts')).rejectsCommand,
  },
  analyze: {
    description: 'fit the models, score every customer and publish the run',
    load: async () => (await import('./commands/analyze.ts')).analyzeCommand,
  },
  customers: {
    description: 'list customers to act on, highest CLV first, as CSV',
    load: async () => (await import('./commands/customers.ts')).customersCommand,
  },
  campaigns: {
    description: 'list the campaigns, or show the results of one',
    load: async () => (await import('./commands/campaigns.ts')).campaignsCommand,
  },
  recommend: {
    description: 'show the recommendations for a customer, with reasons',
    load: async () => (await import('./commands/recommend.ts')).recommendCommand,
  },
  evaluate: {
    description: 'measure the forecasts of value, or the recommenders, on a file of your own',
    load: async () => (await import('./commands/evaluate/evaluate.ts')).evaluateCommand,
  },
  settings: {
    description:
      'show and change the settings of a workspace: margin, discount rate, time zone, revenue, currency display',
    load: async () => (await import('./commands/settings.ts')).settingsCommand,
  },
  keys: {
    description: 'create, list and revoke the API keys of a workspace',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  status: {
    description: 'show the engine, the migrations and the contents of a workspace',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
};

/** The command line; @param args the arguments that it will parse. */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('perennial')
    .description('What each customer is worth, how sure that is, and what to do next.')
    .version(version);
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  const asked = first === 'help' ? second : first;
  for (const [name, { description, load }] of Object.entries(COMMANDS)) {
    const command = name === asked ? await load() : new Command(name);
    program.addCommand(command.description(description));
  }
  for (const each of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    each.exitOverride().configureOutput({ outputError: (text, write) => write(wrapped(text)) });
  }
  return program;
}

export interface Failure {
  readonly code: 0 | (typeof EXIT)[keyof typeof EXIT];
  /** Null where it was printed already. */
  readonly text: string | null;
}

/** What was wrong; only a fault of ours shows where it happened. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : EXIT.usage, text: null };
  if (error instanceof DomainError) {
    // By convention these codes name an argument that is not acceptable.
    return {
      code: error.code.startsWith('BAD_') ? EXIT.usage : EXIT.failed,
      text: wrapped(`perennial: ${error.message}`),
    };
  }
  const operational = operationalFault(error);
  if (operational !== null) return { code: EXIT.failed, text: wrapped(`perennial: ${operational}`) };
  return {
    code: EXIT.failed,
    text: `perennial: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  };
}
