import { graphql } from '../generated/gql.ts';

/** What to choose from where the page names no campaign: the newest. */
export const campaignNamesQuery = graphql(`
  query CampaignNames {
    campaigns(first: 20) { nodes { id name } }
  }
`);

export const campaignResultsQuery = graphql(`
  query CampaignResults($campaign: String!, $windowDays: Int, $metric: CampaignMetric!, $by: [CampaignDimension!]!) {
    campaign(name: $campaign) {
      name
      kind
      channel
      startedAt
      stoppedAt
      results(windowDays: $windowDays, metric: $metric, by: $by) {
        metric
        windowDays
        by
        observedUntil
        isCausal
        evidence
        winner
        covariate
        sampleRatio { isMismatch variants { variant observed expected } }
        variants {
          ...Measured
          open
          contaminated
          convertedBeforeSend
          steps {
            sent { count share { ...Estimate } }
            opened { share { ...Estimate } }
            clicked { share { ...Estimate } }
            converted { share { ...Estimate } }
          }
          revenue { currency }
          probabilityBest
          incremental {
            revenue { ...Money }
            clv { ...Money }
            cost { amount currency }
            returnOnSpend { ...Estimate }
          }
        }
        groups { group variants { ...Measured } }
      }
    }
  }

  fragment Measured on VariantResult {
    variant
    isControl
    customers
    means { metric mean { ...Estimate } }
    lift {
      absolute { ...Estimate }
      relative { value }
      adjustedPValue
      alwaysValid { low high }
    }
  }

  fragment Estimate on Estimate {
    value
    interval { low high }
  }

  fragment Money on MoneyEstimate {
    value { amount }
    interval { low { amount } high { amount } }
  }
`);
