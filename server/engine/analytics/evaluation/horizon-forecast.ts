/** What is foretold for one horizon: a figure for each customer, and how sure the total is. */
export interface HorizonForecast {
  readonly orderDays: readonly number[];
  readonly value: readonly number[];
  readonly p10: readonly number[];
  readonly p90: readonly number[];
  /** Of each customer's own chances. */
  readonly variance: readonly number[];
  /** Relative standard deviation of what all customers share. */
  readonly sharedDeviation: number;
  /** Share of revenue that goes back in refunds of no known order, in [0, 1]: the forecast is lowered by it already. */
  readonly unassignedRefundRate: number;
}
