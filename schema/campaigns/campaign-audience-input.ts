import { builder } from '../builder.ts';
import { ReplenishmentDueInput } from '../customers/customer-list.ts';
import { Segment } from '../enums.ts';

export const AudienceInput = builder.inputType('CampaignAudienceInput', {
  description:
    'The customers that a campaign is for: those who meet every condition at the time of the assignment. An empty list does not filter.',
  fields: (t) => ({
    segments: t.field({ type: [Segment], description: 'Customers of one of these RFM segments.' }),
    countries: t.stringList({
      description: 'Customers of one of these countries, at most 100; see `customerDimensions`.',
    }),
    channels: t.stringList({
      description:
        'Customers whose first order came through one of these channels, at most 100; see `customerDimensions`.',
    }),
    minimumClv: t.field({
      type: 'Decimal',
      description: 'Customers with a 12-month CLV of at least this, in the workspace’s currency.',
    }),
    maximumClv: t.field({
      type: 'Decimal',
      description: 'Customers with a 12-month CLV of at most this, in the workspace’s currency.',
    }),
    bought: t.stringList({
      description: 'Customers who bought every one of these products, at most 20, by external id.',
    }),
    notBought: t.stringList({
      description: 'Customers who bought none of these products, at most 20, by external id.',
    }),
    replenishmentDue: t.field({
      type: ReplenishmentDueInput,
      description: 'Customers who are due to buy a product again.',
    }),
  }),
});
