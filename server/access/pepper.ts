import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret that API keys are hashed with: the configured one, else one made at first use and kept beside the embedded database. */
export function readPepper({
  pepper,
  dataFolder,
}: {
  readonly pepper: string | undefined;
  readonly dataFolder: string;
}): string {
  if (pepper !== undefined) return pepper;
  const path = join(dataFolder, 'pepper');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}
