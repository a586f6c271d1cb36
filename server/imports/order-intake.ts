import type pg from 'pg';
import type { JobScope } from './data/import-batch.ts';
import { closeOrderBatches, writeOrderBatch } from './data/order-batch-writer.ts';
import type { OrderLine } from './formats/format.ts';
import type { Intake } from './intake.ts';
import { refusePrice } from './line-price.ts';
import { OrderCollector } from './order-collector.ts';

export function orderIntake(pool: pg.Pool, job: JobScope): Intake<OrderLine> {
  const orders = new OrderCollector(job.workspaceId);
  return {
    take: (line) => {
      const fault = refusePrice(line);
      if (fault === null) orders.add(line);
      return fault;
    },
    write: async (rows) => {
      const batch = orders.takeBatch();
      orders.markStored(batch, await writeOrderBatch(pool, job, rows, batch));
    },
    close: () => closeOrderBatches(pool, job, orders.closing()),
    figures: () => orders.figures(),
  };
}
