import type { CampaignAudience as AudienceShape } from '../../server/domain/campaigns.ts';
import { builder } from '../builder.ts';
import { Segment } from '../enums.ts';

const reading = { scope: 'campaigns:read' } as const;

const AudienceDue = builder.objectRef<NonNullable<AudienceShape['replenishmentDue']>>('ReplenishmentDue').implement({
  description: 'Customers who are due to buy a product again.',
  authScopes: reading,
  fields: (t) => ({
    product: t.exposeString('product', { description: 'External id of the product.' }),
    withinDays: t.exposeInt('withinDays', {
      description: 'The purchase is expected at most this many days after the as-of day.',
    }),
  }),
});

export const CampaignAudience = builder.objectRef<AudienceShape>('CampaignAudience').implement({
  description:
    'The customers that a campaign is for: those who meet every condition at the time of the assignment. A null condition does not apply.',
  authScopes: reading,
  fields: (t) => ({
    segments: t.field({
      type: [Segment],
      nullable: true,
      description: 'Customers of one of these RFM segments.',
      resolve: ({ segments }) => segments,
    }),
    countries: t.stringList({
      nullable: true,
      description: 'Customers of one of these countries.',
      resolve: ({ countries }) => countries,
    }),
    channels: t.stringList({
      nullable: true,
      description: 'Customers whose first order came through one of these channels.',
      resolve: ({ channels }) => channels,
    }),
    minimumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Customers with a 12-month CLV of at least this, in the workspace’s currency.',
      resolve: ({ minimumClv }) => minimumClv,
    }),
    maximumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Customers with a 12-month CLV of at most this, in the workspace’s currency.',
      resolve: ({ maximumClv }) => maximumClv,
    }),
    bought: t.stringList({
      nullable: true,
      description: 'Customers who bought every one of these products, by external id.',
      resolve: ({ bought }) => bought,
    }),
    notBought: t.stringList({
      nullable: true,
      description: 'Customers who bought none of these products, by external id.',
      resolve: ({ notBought }) => notBought,
    }),
    replenishmentDue: t.field({
      type: AudienceDue,
      nullable: true,
      description: 'Customers who are due to buy a product again.',
      resolve: ({ replenishmentDue }) => replenishmentDue,
    }),
  }),
});
