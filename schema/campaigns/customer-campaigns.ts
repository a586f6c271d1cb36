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
  description: 'What became of a customer in a campaign: the first time of each step, null where it is not known.',
  authScopes: reading,
  fields: (t) => ({
    campaign: t.field({
      type: Campaign,
      description: 'The campaign.',
      resolve: async ({ campaignId }, _args, { loaders }) => (await loaders.campaign.load(campaignId))!,
    }),
    variant: t.string({
      description: 'Name of the variant that the customer is in.',
      resolve: async ({ campaignId, variantId }, _args, { loaders }) =>
        (await loaders.campaign.load(campaignId))!.variants.find(({ id }) => id === variantId)!.name,
    }),
    assignedAt: t.expose('assignedAt', { type: 'DateTime', description: 'When the customer was put into it.' }),
    sentAt: t.expose('sentAt', time('When a message was sent.')),
    deliveredAt: t.expose('deliveredAt', time('When it arrived.')),
    openedAt: t.expose('openedAt', time('When it was opened.')),
    clickedAt: t.expose('clickedAt', time('When something in it was clicked.')),
    convertedAt: t.expose('convertedAt', time('When the sender reported a conversion.')),
    unsubscribedAt: t.expose('unsubscribedAt', time('When the customer unsubscribed.')),
    bouncedAt: t.expose('bouncedAt', time('When it came back.')),
    complainedAt: t.expose('complainedAt', time('When it was marked as spam.')),
    isContaminated: t.exposeBoolean('isContaminated', {
      description: 'Whether the customer was in another variant too: then they count in none.',
    }),
    segment: t.field({
      type: Segment,
      nullable: true,
      description: 'RFM segment as of the assignment; null where it is not known.',
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
      after: t.arg.string({ description: 'Cursor of this customer’s campaign that the page comes after.' }),
    },
    resolve: async ({ id }, args, { loaders, workspace }) => {
      const list = `${workspace.id}/customers/${id}/campaigns`;
      return toConnection(list, await loaders.exposures(readPage(args, list)).load(id));
    },
  }),
);
