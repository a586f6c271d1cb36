import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

import { launchDemo } from './demo.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the one demo server of this run. */
    readonly demo: string;
  }
}

/** Starts the demo server and does not wait: it fills its store while other tests run. */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-demo-'));
  const stop = launchDemo(folder);
  project.provide('demo', folder);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
