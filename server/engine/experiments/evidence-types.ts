import type { Side } from './compare-metric.ts';
import type { SampleRatio, VariantResult } from './result-types.ts';
import type { Estimate, ResultsRequest } from './types.ts';

/** What a verdict is made of. */
export interface Known {
  readonly request: Pick<ResultsRequest, 'metric' | 'windowDays'>;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly variants: readonly NamedResult[];
  /** In the metric asked for; empty where it is not known. */
  readonly sides: readonly Side[];
  /** Null without a control group. */
  readonly controlId: string | null;
  readonly sampleRatio: SampleRatio | null;
}

export interface NamedResult extends VariantResult {
  readonly name: string;
}

/** A variant with enough customers, by the interval and the p-value that decide. */
export interface Contender {
  readonly variant: NamedResult;
  readonly absolute: Estimate;
  readonly pValue: number;
  readonly adjustedPValue: number;
}
