/** Models by the names that runs record and people read. */
export const MODEL_NAME = {
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'gamma-gamma': 'Gamma-Gamma',
  'pooled-rate': 'Pooled rate',
  'pooled-spend': 'Pooled mean',
} as const;

export type ModelKey = keyof typeof MODEL_NAME;

/** Transaction models that an analysis can be asked for. */
export type TransactionModelChoice = 'bg' | 'mbg';
