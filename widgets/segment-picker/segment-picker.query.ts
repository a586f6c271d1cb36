import { graphql } from '../generated/gql.ts';

export const segmentPickerQuery = graphql(`
  query SegmentPicker {
    rfm {
      run { asOf }
      customers
      segments { segment customers share }
    }
  }
`);
