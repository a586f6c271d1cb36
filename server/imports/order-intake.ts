import type pg from 'pg';

import { closeFacts, writeFacts } from './data/fact-writer.ts';
import type { JobScope } from './data/import-batch.ts';
import { FactCollector } from './fact-collector.ts';
import type { FactLine } from './formats/format.ts';
import type { Intake } from './intake.ts';
import { refusePrice } from './line-price.ts';

export function orderIntake(pool: pg.Pool, job: JobScope): Intake<FactLine> {
  const facts = new FactCollector(job.workspaceId);
  return {
    take: (line) => {
      const fault = refusePrice(line);
      if (fault === null) facts.add(line);
      return fault;
    },
    write: async (rows) => {
      const batch = facts.takeBatch();
      facts.markStored(batch, await writeFacts(pool, job, rows, batch));
    },
    close: () => closeFacts(pool, job, facts.closing()),
    figures: () => facts.figures(),
  };
}
