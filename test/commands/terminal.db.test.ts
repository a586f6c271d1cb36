import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';

import { environment, json, testStore } from '../support/cli.ts';
import { testFile } from '../support/files.ts';

/** That of util-linux runs a command on a terminal of its own, and passes on what is typed. */
const hasTerminals = (() => {
  try {
    return /util-linux/.test(execFileSync('script', ['--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
})();

const [ENTER, DOWN] = ['\r', '\x1b[B'];

function onTerminal(store: string, ...args: readonly string[]): ChildProcessWithoutNullStreams {
  // Such a terminal has no size of its own.
  const command = ['stty cols 80 rows 40;', process.execPath, 'dist/server/cli.js', ...args].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: environment(store) });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it.skipIf(!hasTerminals)(
  'asks on a terminal, and goes on (skipped without util-linux script)',
  { timeout: 120_000 },
  async () => {
    const store = await testStore();
    const file = testFile('customer,order,placed at,unit price\nann,1,03/04/2026,5\nbob,2,04/05/2026,6\n');
    const child = onTerminal(store, 'import', file);
    let text = '';
    const shown = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!pattern.test(text)) return;
          child.stdout.off('data', look);
          resolve();
        };
        child.stdout.on('data', look);
        look();
      });
    child.stdout.on('data', (data) => {
      text += data;
    });
    for (const [question, keys] of [
      [/write dates\?/, DOWN + ENTER],
      [/Which currency/, `CHF${ENTER}`],
      [/Name to save/, `till${ENTER}`],
    ] as const) {
      await shown(question);
      child.stdin.write(keys);
    }
    await shown(/net, CHF +11\.00/);
    expect(text).toMatch(/ann +1 +03\/04\/2026 +5/);
    expect(await json(store, 'profiles')).toMatchObject({
      profiles: [{ name: 'till', dateOrder: 'MDY', currency: 'CHF' }],
    });
  },
);
