/** Calendar periods of a cohort report, with their length in months. */
export const GRANULARITY_MONTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

export type Granularity = keyof typeof GRANULARITY_MONTHS;

export const GRANULARITIES = Object.keys(GRANULARITY_MONTHS) as Granularity[];

/** How far ahead a customer's value is given, as ISO-8601 periods, with their length in months. */
export const HORIZON_MONTHS = { P3M: 3, P6M: 6, P12M: 12, P24M: 24, P36M: 36 } as const;

export type Horizon = keyof typeof HORIZON_MONTHS;

export const HORIZONS = Object.keys(HORIZON_MONTHS) as Horizon[];
