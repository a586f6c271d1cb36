import type { CampaignEvidence } from '../generated/graphql.ts';

import { type Direction, type Lift, leadingOf, liftOf } from './campaign-results.data.ts';
import { isolated, liftFacts, meanName, type ResultsView, writerOf } from './campaign-results.view.ts';

/** The state of the evidence in words. */
export interface Verdict {
  readonly tone: Direction | 'alarm';
  readonly title: string;
  readonly details: readonly string[];
}

/** Customers that each variant needs before a verdict: `TOO_EARLY` of the schema. */
const LEAST_CUSTOMERS = 100;

/** The verdict so far; a broken split comes first, whatever else there is. */
export function verdictsOf(view: ResultsView): Verdict[] {
  const { evidence, sampleRatio } = view.results;
  const said = evidence === 'SAMPLE_RATIO_MISMATCH' ? [] : [verdictOf(evidence, view)];
  if (!sampleRatio?.isMismatch) return said;
  const { terms, formats } = view;
  const details = sampleRatio.variants.map(({ variant, observed, expected }) => {
    const [is, ought] = [observed, Math.round(expected)].map((count) => formats.count(count));
    return `${isolated(variant)}: ${is} (${terms.expected}: ${ought})`;
  });
  return [{ tone: 'alarm', title: terms.SAMPLE_RATIO_MISMATCH, details }, ...said];
}

function verdictOf(evidence: Exclude<CampaignEvidence, 'SAMPLE_RATIO_MISMATCH'>, view: ResultsView): Verdict {
  const { results, terms, formats } = view;
  if (evidence === 'NOT_CAUSAL') {
    return { tone: 'alarm', title: `${terms.notCausal}: ${terms.noControl}`, details: [] };
  }
  if (evidence === 'NO_DATA' || evidence === 'TOO_EARLY') {
    const few = results.variants
      .filter(({ customers }) => customers < LEAST_CUSTOMERS)
      .map(
        ({ variant, customers }) =>
          `${isolated(variant)}: ${formats.count(customers)} (${terms.needed}: ${formats.count(LEAST_CUSTOMERS)})`,
      );
    return { tone: 'unsure', title: terms[evidence], details: few };
  }
  const leading = leadingOf(results);
  const lift = leading && liftOf(leading, results);
  const write = (one: Lift) => `${meanName(view)}: ${writerOf(view, [one], { isSigned: true }).both(one)}`;
  return {
    tone: ({ BETTER: 'more', WORSE: 'less', INCONCLUSIVE: 'unsure' } as const)[evidence],
    title: terms[evidence](isolated(leading?.variant ?? '')),
    details: lift ? [`${write(lift)} · ${liftFacts(lift, view)}`] : [],
  };
}
