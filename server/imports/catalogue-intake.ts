import type pg from 'pg';
import { productId } from '../domain/ids.ts';
import { type JobScope, writeBatch } from './data/import-batch.ts';
import { NO_FIGURES } from './data/import-jobs.ts';
import { type CatalogueRow, writeCatalogue } from './data/product-writer.ts';
import { reject } from './formats/cells.ts';
import type { ProductLine } from './formats/format.ts';
import type { Intake } from './intake.ts';

/** Where a product stands more than once, the last value of each column counts. */
export function catalogueIntake(pool: pg.Pool, job: JobScope): Intake<ProductLine> {
  const seen = new Set<string>();
  let pending = new Map<string, CatalogueRow>();
  return {
    take: ({ product, name, category, price, unitCost, isInStock, isExcluded, currency }) => {
      if (currency !== null && currency !== job.currency) {
        return reject('OTHER_CURRENCY', `${currency} in a file and workspace of ${job.currency}`);
      }
      const before = pending.get(product);
      pending.set(product, {
        id: before?.id ?? productId(job.workspaceId, product),
        externalId: product,
        name: name ?? before?.name ?? null,
        category: category ?? before?.category ?? null,
        price: price ?? before?.price ?? null,
        unitCost: unitCost ?? before?.unitCost ?? null,
        inStock: isInStock ?? before?.inStock ?? null,
        isExcluded: isExcluded ?? before?.isExcluded ?? null,
      });
      seen.add(product);
      return null;
    },
    write: async (rows) => {
      const products = [...pending.values()];
      pending = new Map();
      await writeBatch(pool, job, rows, (tx) => writeCatalogue(tx, job, products));
    },
    close: async () => {},
    figures: () => ({ ...NO_FIGURES, products: seen.size }),
  };
}
