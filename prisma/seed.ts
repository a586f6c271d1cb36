import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';

import { findWorkspace, isPublished } from '../server/data/workspaces.ts';
import { orders } from '../server/ingest/orders.ts';
import { importFile } from '../server/services/import-file.ts';
import { startAnalysis } from '../server/services/run-analysis.ts';
import { simulateStore } from './simulate-store.ts';

export const DEMO_WORKSPACE = 'demo';

/** Last day of the simulation. */
const AS_OF = '2026-10-31';

/** Share of revenue that the demo store keeps: its catalogue's prices over its costs. */
const SETTINGS = { asOf: AS_OF, marginRate: 0.45 };

/**
 * Fills the workspace `demo` with the simulated store, the way any shop's file comes in: as CSV, imported and analysed.
 * Does nothing when it is there; takes up again where a first start was cut off.
 */
export async function seedDemoStore(pool: pg.Pool, onStep: (step: string) => void): Promise<void> {
  if (await isPublished(pool, DEMO_WORKSPACE)) return;
  const folder = mkdtempSync(join(tmpdir(), 'perennial-demo-'));
  try {
    const path = join(folder, 'demo-store.csv');
    onStep('simulating the demo store');
    await pipeline(Readable.from(csv()), createWriteStream(path));
    onStep('importing its orders');
    await importFile(pool, { workspace: DEMO_WORKSPACE, path, format: { name: 'orders', reads: orders } });
    const workspace = await findWorkspace(pool, DEMO_WORKSPACE);
    const { done } = await startAnalysis(pool, workspace, SETTINGS, (stage) => onStep(`analysing: ${stage}`));
    await done;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const HEADER =
  'customer,name,email,order,placed at,product,product name,category,quantity,unit price,discount,currency,unit cost,channel,country\n';

function* csv(): Generator<string> {
  yield HEADER;
  for (const row of simulateStore()) {
    const fields = [
      row.customer,
      row.name,
      row.email,
      row.order,
      row.placedAt,
      row.product,
      row.productName,
      row.category,
    ];
    const amounts = [row.quantity, row.unitPrice, row.discount, row.currency, row.unitCost];
    yield `${[...fields, ...amounts, row.channel, row.country].map(quoted).join(',')}\n`;
  }
}

const quoted = (field: string | number) =>
  typeof field === 'string' && /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
