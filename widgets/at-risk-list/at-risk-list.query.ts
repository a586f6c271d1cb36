import { graphql } from '../generated/gql.ts';

export const atRiskListQuery = graphql(`
  query AtRiskList(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $minimumClv: Decimal
    $segments: [Segment!]
    $orderBy: CustomerSort!
  ) {
    atRiskCustomers(
      first: $first
      after: $after
      last: $last
      before: $before
      minimumClv: $minimumClv
      segments: $segments
      orderBy: $orderBy
    ) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id
        externalId
        name
        segment
        lastOrderOn
        daysSinceLastOrder
        clv {
          horizonMonths
          value { amount currency }
          interval { p10 { amount currency } p50 { amount currency } p90 { amount currency } }
          measuredCoverage
        }
        churn { withinDays probability moneyAtRisk { amount currency } }
      }
    }
    clv {
      run { asOf }
      transactions { reason }
      spend { reason }
    }
  }
`);
