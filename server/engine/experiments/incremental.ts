import type { CampaignMetric } from '../../domain/campaigns.ts';
import type { Incremental, Lift } from './result-types.ts';
import type { Estimate } from './types.ts';

/**
 * What a variant added in total: its lifts per customer times its customers.
 * @param sent Messages. @param costPerMessage Null where it is not known.
 * @returns null where orders, revenue or margin cannot be compared.
 */
export function incremental(
  lifts: readonly Lift[],
  customers: number,
  sent: number,
  costPerMessage: number | null,
): Incremental | null {
  const total = (metric: CampaignMetric): Estimate | null => {
    const lift = lifts.find((each) => each.metric === metric);
    return lift === undefined ? null : mapEstimate(lift.absolute, (perCustomer) => perCustomer * customers);
  };
  const [orders, revenue, margin] = [total('ORDERS'), total('REVENUE'), total('MARGIN')];
  if (orders === null || revenue === null || margin === null) return null;
  const cost = costPerMessage === null ? null : sent * costPerMessage;
  return {
    orders,
    revenue,
    margin,
    clv: total('CLV'),
    cost,
    returnOnSpend: cost === null || cost === 0 ? null : mapEstimate(margin, (earned) => (earned - cost) / cost),
    costPerOrder: cost !== null && orders.value > 0 ? cost / orders.value : null,
  };
}

/** @param rising So that ends of intervals stay in their order. */
const mapEstimate = ({ value, interval }: Estimate, rising: (value: number) => number): Estimate => ({
  value: rising(value),
  interval: { low: rising(interval.low), high: rising(interval.high) },
});
