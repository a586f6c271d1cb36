/** `npm run bench [case ...]` measures each case in a process of its own, prints a table and updates test/bench/results/latest.json. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { campaignResultsMillion } from './campaign-results.ts';
import { cdnowCoverage, onlineRetailCoverage } from './coverage.ts';
import { customerPage } from './customer-page.ts';
import type { Figures } from './figures.ts';
import { importAnalyse } from './import-analyse.ts';
import { importAgainstCopy } from './import-copy.ts';
import { importLarge } from './import-large.ts';
import { itemKnnMillion } from './item-knn-million.ts';
import { million } from './million.ts';
import { recommendations } from './recommendations.ts';
import { scoreCdnow } from './score-cdnow.ts';
import { servedRecommendations } from './served-recommendations.ts';

const RESULTS = 'test/bench/results/latest.json';

const CASES: Readonly<Record<string, () => Promise<Figures>>> = {
  'Online Retail, import + analyse, embedded': () => importAnalyse('embedded'),
  'Online Retail, import + analyse, PostgreSQL': () => importAnalyse('postgresql'),
  'Online Retail, import against COPY, PostgreSQL': importAgainstCopy,
  'ten times Online Retail, import, embedded': () => importLarge('embedded'),
  'ten times Online Retail, import, PostgreSQL': () => importLarge('postgresql'),
  'CDNOW master, summarise + fit + score': scoreCdnow,
  'a million customers, fit + score': million,
  'Online Retail, fit recommenders + make lists': recommendations,
  'a million customers, item-kNN': itemKnnMillion,
  'coverage of 80% intervals, CDNOW sample': cdnowCoverage,
  'coverage of 80% intervals, Online Retail': onlineRetailCoverage,
  'page of 50 customers, embedded': () => customerPage('embedded'),
  'page of 50 customers, PostgreSQL': () => customerPage('postgresql'),
  'results of a campaign of a million customers, PostgreSQL': campaignResultsMillion,
  'recommendations served, PostgreSQL': () => servedRecommendations('postgresql'),
};

const [flag, name] = process.argv.slice(2);
if (flag === '--case') {
  const figures = await CASES[name!]!();
  const peakMemoryMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`\n${JSON.stringify({ ...figures, peakMemoryMiB })}\n`, () => process.exit());
} else {
  const wanted = process.argv.slice(2);
  const names = Object.keys(CASES).filter((each) => wanted.length === 0 || wanted.some((part) => each.includes(part)));
  const results: Record<string, Figures> = {};
  for (const each of names) {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(import.meta.url), '--case', each],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 1 << 26,
      },
    );
    if (status !== 0) throw new Error(`${each} failed`);
    results[each] = JSON.parse(stdout.trim().split('\n').at(-1)!);
    console.log(each);
    console.table(results[each]);
  }
  const machine = { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version };
  const before = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')).results : {};
  const all = Object.fromEntries(Object.keys(CASES).map((each) => [each, results[each] ?? before[each]]));
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify({ machine, results: all }, null, 2)}\n`);
}
