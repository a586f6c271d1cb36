/** Calendar periods of a cohort report, with their length in months. */
export const GRANULARITY_MONTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

export type Granularity = keyof typeof GRANULARITY_MONTHS;

export const GRANULARITIES = Object.keys(GRANULARITY_MONTHS) as Granularity[];
