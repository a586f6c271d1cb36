/** `npm run dev [-- --port 4000]` serves, builds what a change of a source touches, and then starts the server again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';

import { build } from './build.js';

const SOURCES = ['widgets', 'server', 'schema', 'prisma'];

build();
let server = serve();
let changed = false;
let isBusy = false;
for (const folder of SOURCES)
  watch(folder, { recursive: true }, (_event, file) => {
    if (file?.includes('generated')) return;
    changed = true;
    if (!isBusy) void rebuild();
  });

for (const name of ['SIGINT', 'SIGTERM'])
  process.once(name, () => {
    server.once('exit', () => process.exit());
    server.kill('SIGTERM');
  });

function serve() {
  return spawn(process.execPath, ['dist/server/cli.js', 'serve', ...process.argv.slice(2)], { stdio: 'inherit' });
}

/** Once more when something changes meanwhile. A build that fails leaves the server as it is. */
async function rebuild() {
  isBusy = true;
  while (changed) {
    // An editor may write a file in several steps.
    await new Promise((resolve) => setTimeout(resolve, 100));
    changed = false;
    try {
      const built = build();
      if (built.length > 0) console.log(`built ${built.join(', ')}`);
      if (built.includes('server')) await restart();
    } catch (error) {
      console.error(String(error));
    }
  }
  isBusy = false;
}

async function restart() {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
  server = serve();
}
