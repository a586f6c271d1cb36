import { graphql } from '../generated/gql.ts';

export const valueChartQuery = graphql(`
  query ValueChart($segments: [Segment!], $bySegment: Boolean!) {
    clv(segments: $segments) {
      run { asOf annualDiscountRate marginRate }
      transactions { model reason }
      spend { model reason }
      bySegment @include(if: $bySegment) { segment ...GroupCurve }
      months: byCohort(granularity: MONTH) @skip(if: $bySegment) { startsOn ...GroupCurve }
      quarters: byCohort(granularity: QUARTER) @skip(if: $bySegment) { startsOn ...GroupCurve }
      years: byCohort(granularity: YEAR) @skip(if: $bySegment) { startsOn ...GroupCurve }
    }
  }

  fragment GroupCurve on ClvGroup {
    customers
    curve {
      horizonMonths
      total { amount }
      mean { amount currency }
      meanInterval { p10 { amount } p50 { amount } p90 { amount } }
      meanExpectedOrderDays
    }
  }
`);
