/** What an analysis can tell customers apart by from the beginning. */
export const COVARIATES = ['country', 'channel', 'first-category'] as const;

export type Covariate = (typeof COVARIATES)[number];
