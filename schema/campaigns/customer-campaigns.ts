import type { CustomerExposureRow } from '../../server/campaigns/data/customer-exposures.ts';
import { readPage } from '../../server/domain/page.ts';
import type { Segment as SegmentValue } from '../../server/domain/segments.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { Customer } from '../customers/customer.ts';
import { Segment } from '../enums.ts';
import { Campaign } from './campaign.ts';

const reading = { scope: 'campaigns:read' } as const;

const time = (description: string) => ({ type: 'DateTime', nullable: true, description }) as const;

const CampaignExposure = builder.objectRef<CustomerExposureRow>('CampaignExposure').implement({
  description: 'A customer’s exposure to a campaign: the variant, and the first time of each step.',
  authScopes: reading,
  fields: (t) => ({
    campaign: t.field({
      type: Campaign,
      description: 'The campaign.',
      resolve: async ({ campaignId }, _args, { loaders }) => (await loaders.campaign.load(campaignId))!,
    }),
    variant: t.string({
      description: 'Name of the variant.',
      resolve: async ({ campaignId, variantId }, _args, { loaders }) =>
        (await loaders.campaign.load(campaignId))!.variants.find(({ id }) => id === variantId)!.name,
    }),
    assignedAt: t.expose('assignedAt', {
      type: 'DateTime',
      description: 'When the customer was assigned to the variant.',
    }),
    sentAt: t.expose('sentAt', time('When a message was sent. Null when no such step is stored.')),
    deliveredAt: t.expose('deliveredAt', time('When the message was delivered. Null when no such step is stored.')),
    openedAt: t.expose('openedAt', time('When the message was opened. Null when no such step is stored.')),
    clickedAt: t.expose(
      'clickedAt',
      time('When the customer clicked in the message. Null when no such step is stored.'),
    ),
    convertedAt: t.expose('convertedAt', time('When a conversion was reported. Null when no such step is stored.')),
    unsubscribedAt: t.expose(
      'unsubscribedAt',
      time('When the customer unsubscribed. Null when no such step is stored.'),
    ),
    bouncedAt: t.expose('bouncedAt', time('When the message bounced. Null when no such step is stored.')),
    complainedAt: t.expose(
      'complainedAt',
      time('When the customer marked the message as spam. Null when no such step is stored.'),
    ),
    isContaminated: t.exposeBoolean('isContaminated', {
      description: 'Whether the customer is in another variant of the campaign too. Then they count in neither.',
    }),
    segment: t.field({
      type: Segment,
      nullable: true,
      description: 'RFM segment as of the assignment. Null when it is unknown.',
      resolve: ({ segment }) => segment as SegmentValue | null,
    }),
  }),
});

const CampaignExposureConnection = builder.connectionObject(
  {
    type: CampaignExposure,
    name: 'CampaignExposureConnection',
    description: 'A page of the campaigns of a customer.',
    authScopes: reading,
  },
  { name: 'CampaignExposureEdge', description: 'A campaign of a customer in a page.', authScopes: reading },
);

builder.objectField(Customer, 'campaigns', (t) =>
  t.field({
    type: CampaignExposureConnection,
    description: 'The campaigns that the customer was in, newest first.',
    authScopes: reading,
    args: {
      first: t.arg.int({ description: 'Campaigns from the newest or after `after`: 1 to 100, default 20.' }),
      after: t.arg.string({ description: 'Cursor of the campaign that the page comes after.' }),
    },
    resolve: async ({ id }, args, { loaders, workspace }) => {
      const list = `${workspace.id}/customers/${id}/campaigns`;
      return toConnection(list, await loaders.exposures(readPage(args, list)).load(id));
    },
  }),
);
