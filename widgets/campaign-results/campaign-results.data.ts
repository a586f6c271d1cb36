import type {
  CampaignDimension,
  CampaignMetric,
  CampaignResultsQuery,
  CampaignResultsQueryVariables,
  EstimateFragment,
  MeasuredFragment,
  MoneyFragment,
} from '../generated/graphql.ts';
import { isApiId } from '../shared/ids.ts';
import { type Complaint, countComplaint, nameComplaint } from '../shared/names.ts';

export type Campaign = NonNullable<CampaignResultsQuery['campaign']>;
export type Results = Campaign['results'];
export type Variant = Results['variants'][number];
export type Group = Results['groups'][number];
export type Measured = MeasuredFragment;
export type Interval = EstimateFragment['interval'];

/** A number with its 95 % interval; null where too few are known. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
}

/** What the interval of a lift shows: more than the control group, less, or no difference beyond chance. */
export type Direction = 'more' | 'less' | 'unsure';

export interface Lift extends Estimate {
  /** Over the mean of the control group; null where that is not above 0 for sure. */
  readonly relative: number | null;
  readonly pValue: number;
  readonly direction: Direction;
}

export interface CampaignChoice {
  readonly metric?: CampaignMetric;
  readonly by?: CampaignDimension;
  /** The campaign's own where it is not given. */
  readonly windowDays?: number | string | null;
}

/** What is counted of each variant. */
export type Count = 'customers' | 'open' | 'contaminated' | 'convertedBeforeSend';

export const METRICS = ['CONVERSION', 'REVENUE', 'MARGIN', 'ORDERS', 'CLICK'] as const satisfies CampaignMetric[];

export const DIMENSIONS = [
  'SEGMENT',
  'TIER',
  'CHANNEL',
  'COUNTRY',
  'CATEGORY',
  'GROUP',
] as const satisfies CampaignDimension[];

/** Longest window that the API takes. */
const MOST_DAYS = 365;

/** The name that an attribute gives, in any letter case; undefined for `none`. `choiceComplaint` checks it. */
export function parseName<Name extends string>(attribute: string | null): Name | undefined {
  const name = (attribute ?? '').trim().toUpperCase();
  return name === '' || name === 'NONE' ? undefined : (name as Name);
}

/** What is wrong with the attributes, if anything. */
export function choiceComplaint({ metric, by, windowDays }: CampaignChoice): Complaint | undefined {
  return (
    nameComplaint('metric', metric, METRICS) ??
    nameComplaint('by', by, DIMENSIONS) ??
    countComplaint('window-days', windowDays, MOST_DAYS)
  );
}

/**
 * Null while no campaign is chosen.
 * @param campaign Its name, or the id that the API gave.
 */
export function campaignVariables(
  campaign: string | undefined,
  { metric = 'REVENUE', by, windowDays }: CampaignChoice,
): CampaignResultsQueryVariables | null {
  if (campaign === undefined) return null;
  const chosen = isApiId(campaign, 'Campaign') ? { id: campaign, name: null } : { id: null, name: campaign };
  return { ...chosen, metric, by: by ? [by] : [], windowDays: Number(windowDays) || null };
}

/** Over all variants. */
export function totalOf({ variants }: Results, count: Count): number {
  return variants.reduce((sum, variant) => sum + (variant[count] ?? 0), 0);
}

/** A lift with the interval to go by: the always-valid one while customers still come in. */
export function liftOf({ lift }: Pick<Measured, 'lift'>, results: Results): Lift | null {
  if (lift === null) return null;
  const { absolute, relative, adjustedPValue, alwaysValid } = lift;
  const interval = totalOf(results, 'open') > 0 ? alwaysValid : absolute.interval;
  const { low = 0, high = 0 } = interval ?? {};
  return {
    value: absolute.value,
    interval,
    relative: relative?.value ?? null,
    pValue: adjustedPValue,
    direction: low > 0 ? 'more' : high < 0 ? 'less' : 'unsure',
  };
}

/** What a customer had on average; null of nobody, and where the metric is not known. */
export function meanOf({ means }: Measured, metric: CampaignMetric): Estimate | null {
  return means.find((mean) => mean.metric === metric)?.mean ?? null;
}

/** Those that are compared with the control group; without one, all. */
export function comparedOf<Each extends Measured>(variants: readonly Each[]): Each[] {
  return variants.filter(({ isControl }) => !isControl);
}

/** An amount of money with its interval as numbers. */
export function amountOf({ value, interval: { low, high } }: MoneyFragment): Estimate {
  return { value: Number(value.amount), interval: { low: Number(low.amount), high: Number(high.amount) } };
}

/** A return on spend from which it is shown as a multiple of the cost. */
const HIGH_RETURN = 10;

/** What came back for each unit of cost, where that is so much that a share is hard to read; null for any other return. */
export function timesCostOf({ value, interval }: Estimate): Estimate | null {
  if (value <= HIGH_RETURN) return null;
  return { value: value + 1, interval: interval && { low: interval.low + 1, high: interval.high + 1 } };
}

/** How far a figure and its interval go from 0. */
export function reachOf({ value, interval }: Estimate): number {
  return Math.max(...[value, interval?.low ?? 0, interval?.high ?? 0].map(Math.abs));
}

/** The variant that the evidence is about: the winner, the one furthest behind, or the one furthest ahead. */
export function leadingOf({ variants, evidence, winner }: Results): Variant | undefined {
  const compared = variants.filter(({ lift }) => lift).sort((a, b) => b.lift!.absolute.value - a.lift!.absolute.value);
  return compared.find(({ variant }) => variant === winner) ?? compared.at(evidence === 'WORSE' ? -1 : 0);
}
