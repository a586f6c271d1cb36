import { graphql } from '../generated/gql.ts';

export const recommendationsQuery = graphql(`
  query Recommendations($customer: ID!, $kinds: [RecommendationKind!], $first: Int!, $placement: String) {
    customer(id: $customer) {
      id
      externalId
      name
      recommendations(kinds: $kinds, first: $first, placement: $placement) {
        variant
        reason
        horizonDays
        asOf
        nodes {
          id
          product { id externalId name category }
          kind
          probability
          expectedMargin { amount currency }
          expectedOn
          reason {
            code
            products { externalId name }
            customers
            usualGapDays
            daysSinceLastBought
            priceRatio
          }
        }
      }
    }
  }
`);
