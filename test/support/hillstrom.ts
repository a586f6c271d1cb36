import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

import type { CampaignVariant } from '../../server/domain/campaigns.ts';
import { halfOf } from '../../server/engine/experiments/assignment.ts';
import type { CampaignCell, CampaignCells, MetricSums } from '../../server/engine/experiments/types.ts';
import { sharedData } from './files.ts';

export const HILLSTROM = sharedData('hillstrom/hillstrom.csv.gz');

/** A customer of the e-mail experiment. */
export interface HillstromRow {
  readonly arm: string;
  readonly historySegment: string;
  readonly channel: string;
  readonly history: number;
  readonly visit: number;
  readonly conversion: number;
  readonly spend: number;
}

export const ARMS = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'];

export const VARIANTS: readonly CampaignVariant[] = ARMS.map((name) => ({
  id: name,
  name,
  weight: 1,
  isControl: name === 'No E-Mail',
}));

function readRows(): HillstromRow[] {
  const [names, ...rows]: string[][] = parse(gunzipSync(readFileSync(HILLSTROM)));
  const column = (name: string) => names!.indexOf(name);
  const [segment, historySegment, channel] = [column('segment'), column('history_segment'), column('channel')];
  const [history, visit, conversion, spend] = ['history', 'visit', 'conversion', 'spend'].map(column);
  return rows.map((values) => ({
    arm: values[segment]!,
    historySegment: values[historySegment]!,
    channel: values[channel]!,
    history: Number(values[history!]),
    visit: Number(values[visit!]),
    conversion: Number(values[conversion!]),
    spend: Number(values[spend!]),
  }));
}

let known: readonly HillstromRow[] | undefined;

export function hillstromRows(): readonly HillstromRow[] {
  known ??= readRows();
  return known;
}

type Sums = { -readonly [Name in keyof MetricSums]: MetricSums[Name] };

/** A cell while its customers are added up. */
interface Tally {
  readonly variantId: string;
  readonly group: readonly string[];
  readonly half: 0 | 1 | null;
  customers: number;
  x: number;
  xx: number;
  readonly visit: Sums;
  readonly conversion: Sums;
  readonly spend: Sums;
}

const noSums = (): Sums => ({ sum: 0, squares: 0, products: 0 });

function add(sums: Sums, y: number, x: number): void {
  sums.sum += y;
  sums.squares += y * y;
  sums.products += x * y;
}

/** The experiment as the database would sum it up; everybody counts. A visit is a click, and all that is spent is margin. */
export function hillstromCells(
  groupOf: (row: HillstromRow) => readonly string[] = () => [],
  halves = false,
): CampaignCells {
  const tallies = new Map<string, Tally>();
  for (const [i, row] of hillstromRows().entries()) {
    const group = groupOf(row);
    const half = halves ? halfOf((Math.imul(i + 1, 0x9e3779b1) >>> 28).toString(16)) : null;
    const key = JSON.stringify([row.arm, group, half]);
    const tally: Tally = tallies.get(key) ?? {
      ...{ variantId: row.arm, group, half, customers: 0, x: 0, xx: 0 },
      ...{ visit: noSums(), conversion: noSums(), spend: noSums() },
    };
    tallies.set(key, tally);
    tally.customers++;
    tally.x += row.history;
    tally.xx += row.history ** 2;
    for (const name of ['visit', 'conversion', 'spend'] as const) add(tally[name], row[name], row.history);
  }
  const cells = [...tallies.values()].map(toCell);
  const counts = ARMS.map((variantId) => ({
    variantId,
    assigned: cells.reduce((sum, cell) => sum + (cell.variantId === variantId ? cell.customers : 0), 0),
    ...{ open: 0, contaminated: 0, convertedBeforeSend: 0 },
  }));
  return { cells, counts, observedUntil: new Date('2008-12-31'), knownCostShare: null, cutAt: null };
}

function toCell({ visit, conversion, spend, customers, x, xx, ...key }: Tally): CampaignCell {
  const sent = key.variantId === 'No E-Mail' ? 0 : customers;
  const [clicked, converted] = [visit.sum, conversion.sum];
  const steps = { sent, delivered: sent, opened: 0, clicked, converted, unsubscribed: 0, bounced: 0, complained: 0 };
  return {
    ...{ ...key, customers, steps, covariate: { sum: x, squares: xx } },
    metrics: { CLICK: visit, CONVERSION: conversion, ORDERS: conversion, REVENUE: spend, MARGIN: spend, CLV: null },
  };
}
