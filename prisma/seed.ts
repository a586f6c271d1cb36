import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';

import { findWorkspace, isPublished } from '../server/access/data/workspaces.ts';
import { updateSettings } from '../server/access/settings.ts';
import { startAnalysis } from '../server/analysis/run-analysis.ts';
import { formatsNamed, type ImportFormatName } from '../server/import-formats.ts';
import { importFile } from '../server/imports/import-file.ts';
import { simulateStore } from './simulate-store.ts';
import { simulateCampaigns } from './store-campaigns.ts';
import { simulateEvents } from './store-events.ts';
import { eventsCsv, exposuresCsv, ordersCsv, productsCsv } from './store-files.ts';

export const DEMO_WORKSPACE = 'demo';

/** Last day of the simulation. */
const AS_OF = '2026-10-31';

/** Share of revenue that the demo store keeps. */
const MARGIN_RATE = 0.45;

/**
 * Fills the workspace `demo` with the simulated store, the way any shop's files come in: as CSV, imported and analysed.
 * Does nothing when it is there; takes up again where a first start was cut off.
 */
export async function seedDemoStore(pool: pg.Pool, onStep: (step: string) => void): Promise<void> {
  if (await isPublished(pool, DEMO_WORKSPACE)) return;
  const folder = mkdtempSync(join(tmpdir(), 'perennial-demo-'));
  async function bring(name: ImportFormatName, rows: Iterable<string>) {
    const path = join(folder, `demo-${name}.csv`);
    await pipeline(Readable.from(rows), createWriteStream(path));
    await importFile(pool, { workspace: DEMO_WORKSPACE, path, formats: formatsNamed(name) });
  }
  try {
    onStep('simulating the demo store');
    const { store, exposures } = simulateCampaigns(simulateStore());
    onStep('importing its orders');
    await bring('orders', ordersCsv(store));
    onStep('importing its catalogue and what customers looked at');
    await bring('products', productsCsv());
    await bring('events', eventsCsv(simulateEvents(store)));
    onStep('importing its campaigns');
    await bring('campaign', exposuresCsv(exposures));
    const workspace = await findWorkspace(pool, DEMO_WORKSPACE);
    // A setting, so that whoever analyses the store again gets the same figures.
    const settings = await updateSettings(pool, workspace.id, { marginRate: MARGIN_RATE });
    const { done } = await startAnalysis(
      pool,
      { ...workspace, ...settings },
      { asOf: AS_OF },
      {
        onStage: (stage) => onStep(`analysing: ${stage}`),
      },
    );
    await done;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
