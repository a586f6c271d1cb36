#!/usr/bin/env node
import { createProgram, EXIT, failureOf } from './program.ts';

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.failed));

try {
  await (await createProgram(process.argv.slice(2))).parseAsync();
} catch (error) {
  const { code, text } = failureOf(error);
  process.exitCode = code;
  if (text !== null) process.stderr.write(`${text}\n`);
}
// Nothing of ours is under way any more, whatever timers a library has left behind.
process.stdout.write('', () => process.exit());
