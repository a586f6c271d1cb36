import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';

import { DomainError } from '../domain/errors.ts';
import type { Jobs, Outcome } from './jobs.ts';

/** Threads end when they have had nothing to do for this long. */
const IDLE_MS = 10_000;

let threads: Tinypool | undefined;

/** From the sources the threads need what the process itself runs them by. */
function open(): Tinypool {
  const isSource = import.meta.url.endsWith('.ts');
  return new Tinypool({
    filename: new URL(isSource ? './source-worker.js' : './jobs.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: IDLE_MS,
  });
}

/** How many jobs can run at a time. */
export const PARALLEL_JOBS = availableParallelism();

/**
 * Runs one of the jobs in a worker thread, so that neither a fit nor a simulation holds up requests. Input and output are
 * copied; what a job refuses with a DomainError is refused with it here.
 */
export async function inWorker<Name extends keyof Jobs>(
  name: Name,
  ...input: Parameters<Jobs[Name]>
): Promise<ReturnType<Jobs[Name]>> {
  threads ??= open();
  const outcome: Outcome = await threads.run({ name, input });
  if ('refused' in outcome) {
    const { code, message, field } = outcome.refused;
    throw new DomainError(code, message, field);
  }
  return outcome.value as ReturnType<Jobs[Name]>;
}
