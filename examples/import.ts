/**
 * The owner of a shop imports a file of orders and has it analysed.
 * The command line reads files; the API starts an analysis and shows its progress.
 * The key needs the scopes analyses:write and analytics:read.
 *
 *     PERENNIAL_KEY=... npx tsx examples/import.ts orders.csv [workspace]
 */
import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

import { client, result } from './client.ts';
import { AnalysisDocument, StartAnalysisDocument } from './generated/graphql.ts';

const [file, workspace = 'default'] = process.argv.slice(2);
if (file === undefined) throw new Error('expected a file of orders');

const command = ['perennial', 'import', file, '--format', 'orders', '--workspace', workspace, '--json'];
const { orders, customers } = JSON.parse(execFileSync('npx', command, { encoding: 'utf8' }));
console.log(`imported ${orders} orders of ${customers} customers`);

const { run } = result((await client.request(StartAnalysisDocument)).startAnalysis);
if (run === null) throw new Error('the key lacks the scope analytics:read');

let state = (await client.request(AnalysisDocument, { id: run.id })).analysisRun;
while (state?.status === 'RUNNING') {
  await setTimeout(1000);
  state = (await client.request(AnalysisDocument, { id: run.id })).analysisRun;
}
if (state?.status !== 'PUBLISHED') throw new Error(`the analysis failed: ${state?.reason}`);
console.log(`published ${state.customers} customers as of ${state.asOf}: ${state.modelReason}`);
