/** How far ahead a customer's value is told, as ISO-8601 periods, with their length in months. */
export const HORIZON_MONTHS = { P3M: 3, P6M: 6, P12M: 12, P24M: 24, P36M: 36 } as const;

export type Horizon = keyof typeof HORIZON_MONTHS;

export const HORIZONS = Object.keys(HORIZON_MONTHS) as Horizon[];
