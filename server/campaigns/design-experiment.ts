import type { Pool } from 'pg';
import type { CampaignAudience } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { type ExperimentDesign, experimentDesign } from '../engine/experiments/design.ts';
import type { DesignRequest } from '../engine/experiments/design-request.ts';
import type { WorkspaceView } from '../store/workspace-view.ts';
import { forecastAudience } from './data/audience-forecast.ts';

export interface DesignInput
  extends Pick<DesignRequest, 'power' | 'significance' | 'weights' | 'varianceReduction' | 'windowDays'> {
  /** When absent, the share of the audience that is expected to order within the window. */
  readonly baseline?: number | null | undefined;
  /** Makes the baseline a mean instead of a share. */
  readonly standardDeviation?: number | null | undefined;
  readonly effect?: number | null | undefined;
  readonly relativeEffect?: number | null | undefined;
  /** All customers when absent. */
  readonly audience?: CampaignAudience | null | undefined;
  readonly customers?: number | null | undefined;
  readonly customersPerDay?: number | null | undefined;
}

export interface DesignedExperiment extends ExperimentDesign {
  readonly baseline: number;
  readonly customers: number | null;
}

/** Plans an experiment, with the published run's forecast where no baseline is given. @throws DomainError */
export async function designExperiment(
  pool: Pool,
  view: WorkspaceView,
  input: DesignInput,
): Promise<DesignedExperiment> {
  const { audience = null, windowDays } = input;
  const isForecast = input.baseline == null || audience !== null;
  const forecast = isForecast ? await forecastAudience(pool, view, audience ?? {}, windowDays) : null;
  const baseline = input.baseline ?? forecast?.conversion ?? null;
  if (baseline === null) {
    const message = 'expected a baseline: no published run says what share of these customers would order anyway';
    throw new DomainError('NO_BASELINE', message, ['input', 'baseline']);
  }
  const standardDeviation = input.standardDeviation ?? null;
  const request: DesignRequest = {
    ...input,
    metricKind: standardDeviation === null ? 'SHARE' : 'MEAN',
    baseline,
    standardDeviation,
    effect: input.effect ?? null,
    relativeEffect: input.relativeEffect ?? null,
    customers: input.customers ?? forecast?.customers ?? null,
    customersPerDay: input.customersPerDay ?? null,
  };
  return { ...experimentDesign(request), baseline, customers: request.customers };
}
