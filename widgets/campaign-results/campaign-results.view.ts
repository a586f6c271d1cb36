import type { CampaignDimension, CampaignMetric, Segment } from '../generated/graphql.ts';
import { type Column, columnOf, type Formats } from '../shared/formats.ts';

import { type Estimate, type Interval, type Lift, type Results, reachOf } from './campaign-results.data.ts';
import type { CampaignName, CampaignResultsTerms } from './campaign-results.terms.ts';

/** Results with what it takes to write them in the reader's language. */
export interface ResultsView {
  readonly results: Results;
  readonly terms: CampaignResultsTerms;
  readonly formats: Formats;
  readonly segmentName: (segment: Segment) => string;
}

/** Writes a column of figures equally finely. */
export interface Writer {
  /** `+$0.77`, `+1.23 pp`, `12.3%` */
  readonly value: (value: number) => string;
  /** The unit left to the value beside it: `(+0.48 to +1.06)`, `(11.8–12.9)`; `(–)` where it is not known. */
  readonly interval: (interval: Interval | null) => string;
  readonly both: (estimate: Estimate) => string;
}

/** By the translation, or the name itself where it is a word: `In app`. */
export function nameOf(name: CampaignName, { names }: CampaignResultsTerms): string {
  return names[name] ?? name[0] + name.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** What the mean of a metric is called: a share by the metric's own name, anything else per customer. */
export function meanName({ results: { metric }, terms }: ResultsView): string {
  return isShare(metric) ? nameOf(metric, terms) : `${nameOf(metric, terms)} ${terms.perCustomer}`;
}

/** For figures of which these are the largest and the least; differences have their sign, those of shares in percentage points. */
export function writerOf(
  view: ResultsView,
  estimates: readonly (Estimate | null)[],
  { isSigned, unit = unitOf(view.results.metric, isSigned) }: { isSigned: boolean; unit?: Column['unit'] },
): Writer {
  const largest = Math.max(0, ...estimates.map((estimate) => (estimate ? reachOf(estimate) : 0)));
  const currency = view.results.variants[0]?.revenue.currency;
  return columnWriter(view, { ...columnOf(unit, largest), currency, isSigned });
}

export function columnWriter({ terms, formats }: ResultsView, column: Column): Writer {
  const bare = (value: number) => formats.figure(value, column, true);
  const value = (one: number) =>
    formats.figure(one, column) + (column.unit === 'points' ? `\u00a0${terms.points}` : '');
  const interval = (ends: Interval | null) =>
    `(${ends ? bare(ends.low) + (column.isSigned ? ` ${terms.to} ` : '–') + bare(ends.high) : '–'})`;
  return { value, interval, both: (one) => `${value(one.value)} ${interval(one.interval)}` };
}

/** `+118%`, where there is something to compare with, and `p < 0.001`. */
export function liftFacts({ relative, pValue }: Lift, { formats }: ResultsView): string {
  const facts = [...(relative === null ? [] : [formats.change(relative)]), formats.pValue(pValue)];
  return facts.map(isolated).join(' · ');
}

/** The values of the dimensions by which a group is split: a segment and a country by their names. */
export function groupName(group: readonly (string | null)[], { results, formats, segmentName }: ResultsView) {
  const one = (value: string | null, by: CampaignDimension) => {
    if (value === null) return '–';
    if (by === 'SEGMENT') return segmentName(value as Segment);
    return by === 'COUNTRY' ? formats.country(value) : value;
  };
  return group.map((value, index) => one(value, results.by[index]!)).join(' · ');
}

/** Keeps the direction of a name from turning the words around it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function isShare(metric: CampaignMetric): boolean {
  return metric === 'CLICK' || metric === 'CONVERSION';
}

function unitOf(metric: CampaignMetric, isDifference: boolean): Column['unit'] {
  if (isShare(metric)) return isDifference ? 'points' : 'share';
  return metric === 'ORDERS' ? 'number' : 'money';
}
