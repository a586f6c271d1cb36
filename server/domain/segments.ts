/** RFM segments from best to worst; the order is also the order of colours in widgets. Prospects never bought (or were refunded in full). */
export const SEGMENTS = [
  'CHAMPION',
  'LOYAL',
  'POTENTIAL_LOYALIST',
  'NEW',
  'PROMISING',
  'NEED_ATTENTION',
  'ABOUT_TO_SLEEP',
  'AT_RISK',
  'CANT_LOSE',
  'HIBERNATING',
  'LOST',
  'PROSPECT',
] as const;

export type Segment = (typeof SEGMENTS)[number];

/** Name shown to people, e.g. `Can't lose`. */
export const SEGMENT_NAME: Readonly<Record<Segment, string>> = {
  CHAMPION: 'Champion',
  LOYAL: 'Loyal',
  POTENTIAL_LOYALIST: 'Potential loyalist',
  NEW: 'New',
  PROMISING: 'Promising',
  NEED_ATTENTION: 'Need attention',
  ABOUT_TO_SLEEP: 'About to sleep',
  AT_RISK: 'At risk',
  CANT_LOSE: "Can't lose",
  HIBERNATING: 'Hibernating',
  LOST: 'Lost',
  PROSPECT: 'Prospect',
};
