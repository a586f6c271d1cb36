/** What to do with customers, by the probability that a message adds more than it costs: in every report and plan alike. */
export const VERDICTS = ['TARGET', 'UNSURE', 'LEAVE_ALONE'] as const;
export type Verdict = (typeof VERDICTS)[number];

const WORTH_IT = 0.9;
const HARMFUL = 0.1;

/** TARGET from 90% on, LEAVE_ALONE up to 10%, UNSURE between. @param probabilityPays 0 to 1. */
export function verdictOf(probabilityPays: number): Verdict {
  if (probabilityPays >= WORTH_IT) return 'TARGET';
  return probabilityPays <= HARMFUL ? 'LEAVE_ALONE' : 'UNSURE';
}
