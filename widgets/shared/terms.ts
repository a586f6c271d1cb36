import type { Segment } from '../generated/graphql.ts';

/** Every string a widget shows; numbers and dates arrive already written in the reader's locale. */
export interface Terms extends Record<Segment, string> {
  loading: string;
  retry: string;
  unconfigured: string;
  unreachable: string;
  refused: string;
  failed: string;
  noAnalysis: string;
  noAnalysisHint: string;
  rough: (reason: string) => string;
  asOf: (date: string) => string;
  customers: (count: string) => string;

  segments: string;
  allSegments: string;
  segment: string;
  segmentCount: (count: string) => string;
  selected: (segments: string, customers: string, share: string) => string;
  clear: string;

  valueBySegment: string;
  valueByCohort: string;
  meanPerCustomer: string;
  monthsAhead: string;
  assumptions: (discountRate: string, margin: string) => string;
  expectedOrders: (count: string) => string;
  point: (name: string, horizon: string, value: string) => string;
  other: string;
  earlier: string;
  firstPurchase: string;
  customersHeading: string;
  showTable: string;
  showChart: string;
  chartHelp: string;

  customersAtRisk: string;
  customer: string;
  moneyAtRisk: string;
  moneyAtRiskUnit: string;
  clv: string;
  churn: string;
  within: (days: string) => string;
  lastOrder: string;
  noneAtRisk: string;
  noneAtRiskHint: string;
  previous: string;
  next: string;
  range: (from: string, to: string, total: string) => string;
}
