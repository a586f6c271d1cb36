/** Attributes of customers that an analysis can test, known from the first order on. */
export const COVARIATES = ['country', 'channel', 'first-category'] as const;

export type Covariate = (typeof COVARIATES)[number];
