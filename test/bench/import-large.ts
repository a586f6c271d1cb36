import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import type { Store } from '../../server/store/store.ts';
import { sharedData } from '../support/files.ts';
import { startPostgres } from '../support/postgres.ts';
import type { Figures } from './figures.ts';
import { seconds } from './store.ts';

/** Ten shops such as Online Retail in one file of 5.4 million lines: the memory of an import does not grow with its file. */
export async function importLarge(engine: Store['engine']): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-large-'));
  const path = join(folder, 'large.csv');
  try {
    await pipeline(Readable.from(linesTimes(10)), createWriteStream(path));
    const one = await importByCommand(engine, sharedData('online_retail/online_retail.csv.gz'));
    const ten = await importByCommand(engine, path);
    return { ...ten, 'peakMiB, a tenth of the file': one.peakMiB };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the most memory that a process has had to its fourth stream. */
const PEAK = `data:text/javascript,import { writeSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));`;

/** Runs `perennial import` as it was built (`npm run build`), in a process of its own, on a new store. */
async function importByCommand(engine: Store['engine'], path: string) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
  const postgres = engine === 'postgresql' ? await startPostgres() : undefined;
  const perennial = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', PEAK, 'dist/server/cli.js', ...args, '--json'], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: postgres?.url, PERENNIAL_DATA: dataFolder },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
  try {
    // Makes the database, once and for all, in more memory than an import takes on the embedded engine.
    const created = perennial('status');
    const importing = performance.now();
    const { stdout, output } = perennial('import', path, '--format', 'online-retail');
    const importSeconds = seconds(importing);
    const { rows } = JSON.parse(stdout) as { readonly rows: number };
    return {
      rows,
      importSeconds,
      linesPerSecond: Math.round(rows / importSeconds),
      peakMiB: toMiB(output),
      'peakMiB, making the database': toMiB(created.output),
    };
  } finally {
    await postgres?.stop();
    rmSync(dataFolder, { recursive: true });
  }
}

const toMiB = (output: readonly (string | null)[]) => Math.round(Number(output[3]) / 1024);

/** Each time with customers of its own. */
async function* linesTimes(times: number): AsyncGenerator<string> {
  for (let time = 0; time < times; time++) {
    const file = createReadStream(sharedData('online_retail/online_retail.csv.gz')).pipe(createGunzip());
    let isHeader = true;
    for await (const line of createInterface({ input: file })) {
      if (!isHeader) yield `${line.replace(CUSTOMER, `,$1${time},$2`)}\n`;
      else if (time === 0) yield `${line}\n`;
      isHeader = false;
    }
  }
}

/** The last column but one. */
const CUSTOMER = /,(\d+)(?:\.0)?,([^,]*)$/;
