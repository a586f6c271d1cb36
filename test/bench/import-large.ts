import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { sharedData } from '../support/files.ts';
import type { Figures } from './figures.ts';
import { seconds, withStore } from './store.ts';

/** Ten shops such as Online Retail in one file of 5.4 million lines: the memory of an import does not grow with its file. */
export async function importLarge(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-large-'));
  const path = join(folder, 'large.csv');
  try {
    await pipeline(Readable.from(linesTimes(10)), createWriteStream(path));
    return await withStore('postgresql', async ({ pool }) => {
      const importing = performance.now();
      const { rows } = await importFile(pool, { workspace: 'bench', path, formats: formatsNamed('online-retail') });
      const importSeconds = seconds(importing);
      return { rows, importSeconds, linesPerSecond: Math.round(rows / importSeconds) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

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
