/** Models by the names that runs record and people read. */
export const MODEL_NAME = {
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'mbg-cnbd': 'MBG/CNBD-k',
  'pareto-nbd': 'Pareto/NBD',
  'gamma-gamma': 'Gamma-Gamma',
  nbd: 'NBD',
  'pooled-rate': 'Pooled rate',
  'pooled-spend': 'Pooled mean',
} as const;

/** What the models have to beat: each customer goes on at x / T. */
export const OWN_RATE = 'Own rate';

export type ModelKey = keyof typeof MODEL_NAME;

/** Transaction models that an analysis can be asked for; `auto` takes the one that did best on held-out orders. */
export const TRANSACTION_MODEL_CHOICES = ['auto', 'mbg', 'mbg-cnbd', 'bg', 'pareto'] as const;
export type TransactionModelChoice = (typeof TRANSACTION_MODEL_CHOICES)[number];
