import type { Segment } from './segments.ts';

/** Score of a customer on one scale, 5 the best. */
export type RfmScore = 1 | 2 | 3 | 4 | 5;

/** FM = floor((F + M + 1) / 2): the mean of both, halves rounded up. */
export const fmScore = (f: RfmScore, m: RfmScore): RfmScore => Math.floor((f + m + 1) / 2) as RfmScore;

type Row = readonly [Segment, Segment, Segment, Segment, Segment];

/** Rows by R, columns by FM from 1 to 5; every cell has one name, so segments neither overlap nor leave a hole. */
const SEGMENT_BY_R_AND_FM: Readonly<Record<RfmScore, Row>> = {
  5: ['NEW', 'POTENTIAL_LOYALIST', 'LOYAL', 'CHAMPION', 'CHAMPION'],
  4: ['PROMISING', 'POTENTIAL_LOYALIST', 'POTENTIAL_LOYALIST', 'LOYAL', 'CHAMPION'],
  3: ['PROMISING', 'NEED_ATTENTION', 'POTENTIAL_LOYALIST', 'LOYAL', 'LOYAL'],
  2: ['ABOUT_TO_SLEEP', 'NEED_ATTENTION', 'NEED_ATTENTION', 'AT_RISK', 'AT_RISK'],
  1: ['LOST', 'HIBERNATING', 'AT_RISK', 'CANT_LOSE', 'CANT_LOSE'],
};

/** Segment of a customer with at least one order; customers without are `PROSPECT`. */
export const segmentOf = (r: RfmScore, fm: RfmScore): Segment => SEGMENT_BY_R_AND_FM[r][fm - 1]!;
