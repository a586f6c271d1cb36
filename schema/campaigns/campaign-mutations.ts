import type { Campaign as CampaignShape } from '../../server/domain/campaigns.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { orDomainError } from '../or-domain-error.ts';
import { Campaign } from './campaign.ts';
import { AudienceInput } from './campaign-audience-input.ts';
import { CampaignChannel, CampaignControl, CampaignKind, CampaignStratum, CampaignTrigger } from './campaign-enums.ts';

const writing = { scope: 'campaigns:write' } as const;

const VariantInput = builder.inputType('CampaignVariantInput', {
  description: 'What some of the customers get.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, 1 to 100 characters, unique in the campaign.' }),
    weight: t.float({
      required: true,
      defaultValue: 1,
      description: 'Share of the customers in proportion to the other weights, above 0.',
    }),
    isControl: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether it gets nothing and the others are compared with it; one at most.',
    }),
  }),
});

const CreateCampaignInput = builder.inputType('CreateCampaignInput', {
  description: 'The campaign to make.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, 1 to 200 characters, unique in the workspace.' }),
    kind: t.field({ type: CampaignKind, required: true, description: 'What it is for.' }),
    channel: t.field({ type: CampaignChannel, required: true, description: 'What its messages go by.' }),
    trigger: t.field({
      type: CampaignTrigger,
      required: true,
      defaultValue: 'BROADCAST',
      description: 'What sends a message.',
    }),
    audience: t.field({ type: AudienceInput, description: 'Whom it is for; all customers when absent.' }),
    control: t.field({
      type: CampaignControl,
      required: true,
      defaultValue: 'VARIANT',
      description:
        'Whom its customers are compared with: VARIANT needs exactly one control variant, HOLDOUT a holdout share of the workspace above 0 and no control variant.',
    }),
    stratifyBy: t.field({
      type: CampaignStratum,
      description: 'Groups within which variants are balanced; a hash alone decides when absent.',
    }),
    windowDays: t.int({
      required: true,
      defaultValue: 14,
      description: 'Days after the assignment in which orders count, 1 to 365.',
    }),
    budget: t.field({ type: 'Decimal', description: 'What it may cost, 0 or more, in the workspace’s currency.' }),
    costPerMessage: t.field({
      type: 'Decimal',
      description: 'What one message costs, 0 or more, in the workspace’s currency.',
    }),
    variants: t.field({ type: [VariantInput], required: true, description: 'Its variants, 1 to 20.' }),
  }),
});

const SavedCampaign = builder.objectRef<{ readonly campaign: CampaignShape }>('SavedCampaign').implement({
  description: 'A campaign that was made or changed.',
  authScopes: writing,
  fields: (t) => ({
    campaign: t.expose('campaign', {
      type: Campaign,
      // So that a key which may write but not read still gets an answer.
      nullable: true,
      description: 'The campaign; null, with an error, for a caller without the scope campaigns:read.',
    }),
  }),
});

interface StartedShape {
  readonly campaign: CampaignShape;
  readonly enrolled: number;
  readonly inGlobalHoldout: number;
}

const StartedCampaign = builder.objectRef<StartedShape>('StartedCampaign').implement({
  description: 'A campaign whose audience has been assigned.',
  authScopes: writing,
  fields: (t) => ({
    campaign: t.expose('campaign', {
      type: Campaign,
      nullable: true,
      description: 'The campaign; null, with an error, for a caller without the scope campaigns:read.',
    }),
    enrolled: t.exposeInt('enrolled', {
      description: 'Customers who were put into a variant now; those who were in one stay there and do not count.',
    }),
    inGlobalHoldout: t.exposeInt('inGlobalHoldout', {
      description: 'Customers of the audience whom no campaign may reach; with HOLDOUT they are its control group.',
    }),
  }),
});

interface HoldoutShape {
  readonly globalHoldoutShare: number;
}

const SavedGlobalHoldout = builder.objectRef<HoldoutShape>('SavedGlobalHoldout').implement({
  description: 'The share of customers whom no campaign reaches.',
  authScopes: writing,
  fields: (t) => ({
    globalHoldoutShare: t.exposeFloat('globalHoldoutShare', { description: 'The share, 0 to 0.5.' }),
  }),
});

const idArgument = 'Id of the campaign.';

builder.mutationFields((t) => ({
  createCampaign: t.field({
    type: SavedCampaign,
    description: 'Makes a draft of a campaign. Nobody is assigned before it is started.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('CreateCampaignResult', 'The draft, or what was wrong with the request.'),
    args: { input: t.arg({ type: CreateCampaignInput, required: true, description: 'The campaign to make.' }) },
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
      'Assigns the audience to the variants, by chance and for good. Started again while it runs, it takes in those who have joined the audience since, and moves nobody.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StartCampaignResult', 'The running campaign, or why it could not be started.'),
    args: { id: t.arg.id({ required: true, description: idArgument }) },
    resolve: (_root, { id }, ctx) => ctx.campaigns.start(storedId(id, 'Campaign', 'id')),
  }),
  stopCampaign: t.field({
    type: SavedCampaign,
    description: 'Assigns nobody any more. What became of those who were goes on to be counted.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('StopCampaignResult', 'The stopped campaign, or why it could not be stopped.'),
    args: { id: t.arg.id({ required: true, description: idArgument }) },
    resolve: async (_root, { id }, ctx) => ({ campaign: await ctx.campaigns.stop(storedId(id, 'Campaign', 'id')) }),
  }),
  setGlobalHoldoutShare: t.field({
    type: SavedGlobalHoldout,
    description:
      'Keeps a share of customers out of every campaign, for good and by chance, so that all of marketing can be measured. A larger share keeps those who were held out before.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('SetGlobalHoldoutShareResult', 'The share, or what was wrong with it.'),
    args: { share: t.arg.float({ required: true, description: 'Share of all customers, 0 to 0.5.' }) },
    resolve: async (_root, { share }, ctx) => {
      await ctx.campaigns.setGlobalHoldoutShare(share);
      return { globalHoldoutShare: share };
    },
  }),
}));
