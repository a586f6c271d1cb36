import { graphql } from '../generated/gql.ts';

export const valueChartQuery = graphql(`
  query ValueChart($segments: [Segment!], $bySegment: Boolean!) {
    clv(segments: $segments) {
      run { asOf annualDiscountRate marginRate }
      transactions { model reason }
      spend { model reason }
      bySegment @include(if: $bySegment) { segment ...GroupCurve }
      byCohort @skip(if: $bySegment) { cohort ...GroupCurve }
    }
  }

  fragment GroupCurve on ClvGroup {
    customers
    share
    curve {
      horizonMonths
      total { amount currency }
      mean { amount currency }
      meanExpectedOrders
    }
  }
`);
