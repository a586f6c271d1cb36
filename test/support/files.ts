import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A file with this content, gone when the test ends. */
export function testFile(content: string | Uint8Array, name = 'orders.csv'): string {
  const path = join(testFolder(), name);
  writeFileSync(path, content);
  return path;
}

export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data set that lies beside the checkout; tests that need it say in their title that they are skipped without it. */
export const sharedData = (path: string): string => join('../shared/data', path);

export const isMissing = (path: string): boolean => !existsSync(path);
