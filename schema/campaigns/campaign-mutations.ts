import type { Campaign as CampaignShape } from '../../server/domain/campaigns.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { CampaignKind } from '../enums.ts';
import { storedId } from '../node-id.ts';
import { orDomainError } from '../or-domain-error.ts';
import { Campaign } from './campaign.ts';
import { AudienceInput } from './campaign-audience-input.ts';
import { CampaignChannel, CampaignControl, CampaignStratum, CampaignTrigger } from './campaign-enums.ts';

const writing = { scope: 'campaigns:write' } as const;

const VariantInput = builder.inputType('CampaignVariantInput', {
  description: 'One variant of a campaign.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Name of the variant, 1 to 100 characters, unique in the campaign.',
    }),
    weight: t.float({
      required: true,
      defaultValue: 1,
      description: 'Size of the variant in proportion to the other weights, above 0.',
    }),
    isControl: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether the variant is the control group, which gets no message. At most one variant can be.',
    }),
  }),
});

const CreateCampaignInput = builder.inputType('CreateCampaignInput', {
  description: 'The campaign to create.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Name of the campaign, 1 to 200 characters, unique in the workspace.',
    }),
    kind: t.field({ type: CampaignKind, required: true, description: 'Purpose of the campaign.' }),
    channel: t.field({ type: CampaignChannel, required: true, description: 'Channel of the messages.' }),
    trigger: t.field({
      type: CampaignTrigger,
      required: true,
      defaultValue: 'BROADCAST',
      description: 'What makes the campaign send a message.',
    }),
    audience: t.field({ type: AudienceInput, description: 'The customers that the campaign is for. Default: all.' }),
    control: t.field({
      type: CampaignControl,
      required: true,
      defaultValue: 'VARIANT',
      description:
        'The control group. VARIANT needs exactly one control variant. HOLDOUT needs a global holdout share above 0 and no control variant.',
    }),
    stratifyBy: t.field({
      type: CampaignStratum,
      description:
        'Groups within which the sizes of the variants are balanced. Default: customers are assigned by a hash of their id alone.',
    }),
    windowDays: t.int({
      required: true,
      defaultValue: 14,
      description: 'Length of the window in days, 1 to 365. Orders count from the assignment until its end.',
    }),
    budget: t.field({
      type: 'Decimal',
      description: 'Planned cost of the campaign, 0 or more, in the workspace’s currency.',
    }),
    costPerMessage: t.field({
      type: 'Decimal',
      description: 'Cost of one message, 0 or more, in the workspace’s currency.',
    }),
    variants: t.field({ type: [VariantInput], required: true, description: 'The variants, 1 to 20.' }),
  }),
});

const SavedCampaign = builder.objectRef<{ readonly campaign: CampaignShape }>('SavedCampaign').implement({
  description: 'A campaign that was created or stopped.',
  authScopes: writing,
  fields: (t) => ({
    campaign: t.expose('campaign', {
      type: Campaign,
      // So that a key which may write but not read still gets an answer.
      nullable: true,
      description: 'The campaign. Null, with an error, for a key without the scope campaigns:read.',
    }),
  }),
});

interface StartedShape {
  readonly campaign: CampaignShape;
  readonly enrolled: number;
  readonly inGlobalHoldout: number;
}

const StartedCampaign = builder.objectRef<StartedShape>('StartedCampaign').implement({
  description: 'A campaign whose audience was assigned.',
  authScopes: writing,
  fields: (t) => ({
    campaign: t.expose('campaign', {
      type: Campaign,
      nullable: true,
      description: 'The campaign. Null, with an error, for a key without the scope campaigns:read.',
    }),
    enrolled: t.exposeInt('enrolled', {
      description: 'Number of customers who were newly assigned to a variant.',
    }),
    inGlobalHoldout: t.exposeInt('inGlobalHoldout', {
      description:
        'Number of customers of the audience who are in the global holdout. They are the control group of a campaign with HOLDOUT.',
    }),
  }),
});

interface HoldoutShape {
  readonly globalHoldoutShare: number;
}

const SavedGlobalHoldout = builder.objectRef<HoldoutShape>('SavedGlobalHoldout').implement({
  description: 'The global holdout after a change.',
  authScopes: writing,
  fields: (t) => ({
    globalHoldoutShare: t.exposeFloat('globalHoldoutShare', {
      description: 'Share of customers in the global holdout, 0 to 0.5.',
    }),
  }),
});

const idArgument = 'Id of the campaign.';

builder.mutationFields((t) => ({
  createCampaign: t.field({
    type: SavedCampaign,
    description: 'Creates a campaign as a draft. Customers are assigned when it is started.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('CreateCampaignResult', 'The draft, or what was wrong with the request.'),
    args: { input: t.arg({ type: CreateCampaignInput, required: true, description: 'The campaign to create.' }) },
    resolve: async (_root, { input }, ctx) => ({
      campaign: await ctx.campaigns.create({
        ...input,
        audience: input.audience ?? {},
        stratifyBy: input.stratifyBy ?? null,
        budget: input.budget ?? null,
        costPerMessage: input.costPerMessage ?? null,
      }),
    }),
  }),
  startCampaign: t.field({
    type: StartedCampaign,
    description:
      'Assigns the audience to the variants at random and permanently. On a running campaign, it assigns customers who joined the audience since; the others keep their variants.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StartCampaignResult', 'The running campaign, or why it could not be started.'),
    args: { id: t.arg.id({ required: true, description: idArgument }) },
    resolve: (_root, { id }, ctx) => ctx.campaigns.start(storedId(id, 'Campaign', 'id')),
  }),
  stopCampaign: t.field({
    type: SavedCampaign,
    description:
      'Stops the assignment of customers. Orders of the assigned customers still count until their windows end.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StopCampaignResult', 'The stopped campaign, or why it could not be stopped.'),
    args: { id: t.arg.id({ required: true, description: idArgument }) },
    resolve: async (_root, { id }, ctx) => ({ campaign: await ctx.campaigns.stop(storedId(id, 'Campaign', 'id')) }),
  }),
  setGlobalHoldoutShare: t.field({
    type: SavedGlobalHoldout,
    description:
      'Sets the share of customers in the global holdout, who get no campaign at all. Customers are drawn at random. A larger share keeps those who are in it already.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('SetGlobalHoldoutShareResult', 'The share, or what was wrong with it.'),
    args: {
      share: t.arg.float({ required: true, description: 'Share of customers in the global holdout, 0 to 0.5.' }),
    },
    resolve: async (_root, { share }, ctx) => {
      await ctx.campaigns.setGlobalHoldoutShare(share);
      return { globalHoldoutShare: share };
    },
  }),
}));
