#!/usr/bin/env node
import { Command, CommanderError } from 'commander';

import { analyzeCommand } from './commands/analyze.ts';
import { campaignsCommand } from './commands/campaigns.ts';
import { customersCommand } from './commands/customers.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { importCommand } from './commands/import.ts';
import { keysCommand } from './commands/keys.ts';
import { operationalFault } from './commands/operational-fault.ts';
import { recommendCommand } from './commands/recommend.ts';
import { rejectsCommand } from './commands/rejects.ts';
import { serveCommand } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { DomainError } from './domain/errors.ts';

const EXIT = { failed: 1, usage: 2 } as const;

const program = new Command('perennial')
  .description('What each customer is worth, how sure that is, and what to do next.')
  .addCommand(serveCommand)
  .addCommand(importCommand)
  .addCommand(rejectsCommand)
  .addCommand(analyzeCommand)
  .addCommand(customersCommand)
  .addCommand(campaignsCommand)
  .addCommand(recommendCommand)
  .addCommand(evaluateCommand)
  .addCommand(keysCommand)
  .addCommand(statusCommand);

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.failed));

for (const each of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
  each.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}
// After a migration the schema engine leaves a timer of ten seconds behind; nothing of ours is under way any more.
process.stdout.write('', () => process.exit());

/** Says on standard error what was wrong; only a fault of ours shows where it happened. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof DomainError) {
    process.stderr.write(`perennial: ${error.message}\n`);
    // By convention these codes name an argument that is not acceptable.
    return error.code.startsWith('BAD_') ? EXIT.usage : EXIT.failed;
  }
  const operational = operationalFault(error);
  if (operational !== null) {
    process.stderr.write(`perennial: ${operational}\n`);
    return EXIT.failed;
  }
  process.stderr.write(`perennial: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}
