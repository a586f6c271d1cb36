import { SingleBar } from 'cli-progress';

import type { Progress } from '../domain/progress.ts';

/** Shows on a terminal how far a long work has come; a pipe sees nothing of it. */
export function progressBar(): Progress {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {eta_formatted} left',
    stream: process.stderr,
    clearOnComplete: true,
  });
  return (done, total) => {
    if (!process.stderr.isTTY) return;
    if (!bar.isActive) bar.start(total, 0);
    bar.update(done);
    if (done >= total) bar.stop();
  };
}
