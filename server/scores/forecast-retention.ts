import type { RetentionForecast, RetentionInput } from '../compute/forecast-retention.ts';
import { inWorker } from '../compute/pool.ts';

/** How a cohort with contracts will go on; the search for the parameters holds up nobody. @throws DomainError */
export const forecastRetention = (input: RetentionInput): Promise<RetentionForecast[]> =>
  inWorker('forecastRetention', input);
