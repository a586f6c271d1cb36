import type { Campaign } from '../../server/domain/campaigns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import {
  type CampaignResults as CampaignResultsShape,
  EVIDENCE,
  type GroupResult as GroupResultShape,
  type GroupVariantResult,
  type SampleRatio as SampleRatioShape,
  type VariantResult as VariantResultShape,
} from '../../server/engine/experiments/result-types.ts';
import { builder } from '../builder.ts';
import { described } from '../described.ts';
import { Money } from '../money.ts';
import { CampaignCovariate, CampaignDimension, CampaignMetric } from './campaign-enums.ts';
import { type NamedResult, VariantResult } from './campaign-variant-result.ts';

const reading = { scope: 'campaigns:read' } as const;

export type WithVariants = Pick<Campaign, 'variants'>;

/** What results are computed from. */
export const measured = <Columns extends { control: string; costPerMessage: { toString(): string } | null }>(
  campaign: Columns,
) => ({
  ...campaign,
  control: campaign.control as Campaign['control'],
  costPerMessage: campaign.costPerMessage?.toString() ?? null,
});

/** Results with the campaign that names its variants. */
export type ResultsShape = CampaignResultsShape & { readonly campaign: WithVariants };

const variantOf = ({ variants }: WithVariants, id: string) => variants.find((variant) => variant.id === id)!;

const named = (campaign: WithVariants, results: readonly (VariantResultShape | GroupVariantResult)[]): NamedResult[] =>
  results.map((result) => {
    const { name, isControl } = variantOf(campaign, result.variantId);
    return { ...result, name, isControl };
  });

const CampaignEvidence = builder.enumType('CampaignEvidence', {
  description: 'What the results of a campaign show so far.',
  values: described(EVIDENCE, {
    NO_DATA: 'The window of no customer is over yet.',
    NOT_CAUSAL: 'The campaign has no control group, so its effect cannot be measured.',
    SAMPLE_RATIO_MISMATCH:
      'The sizes of the variants do not match their weights. The assignment is faulty, and the variants cannot be compared.',
    TOO_EARLY: 'A variant has fewer than 100 customers, or open windows can still change the result.',
    INCONCLUSIVE: 'No variant differs significantly from the control group.',
    BETTER: 'At least one variant is better than the control group.',
    WORSE: 'Every variant that differs from the control group is worse.',
  }),
});

const SampleRatio = builder.objectRef<SampleRatioShape & { readonly campaign: WithVariants }>('SampleRatio').implement({
  description: 'Chi-square test whether the sizes of the variants match their weights.',
  authScopes: reading,
  fields: (t) => ({
    isMismatch: t.exposeBoolean('isMismatch', {
      description: 'Whether the sizes do not match, at p < 0.001. If so, the variants cannot be compared.',
    }),
    pValue: t.exposeFloat('pValue', {
      description: 'Probability of sizes at least this far from the weights by chance, 0 to 1.',
    }),
    variants: t.field({
      type: [SampleRatioVariant],
      description: 'All variants, empty ones included.',
      resolve: ({ variants, campaign }) =>
        variants.map(({ variantId, ...counts }) => ({ ...counts, name: variantOf(campaign, variantId).name })),
    }),
  }),
});

interface SampleRatioVariantShape {
  readonly name: string;
  readonly observed: number;
  readonly expected: number;
}

const SampleRatioVariant = builder.objectRef<SampleRatioVariantShape>('SampleRatioVariant').implement({
  description: 'Actual and expected size of a variant.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    observed: t.exposeInt('observed', { description: 'Number of customers assigned.' }),
    expected: t.exposeFloat('expected', { description: 'Number of customers expected from its weight.' }),
  }),
});

const CampaignGroupResult = builder
  .objectRef<GroupResultShape & { readonly campaign: WithVariants }>('CampaignGroupResult')
  .implement({
    description: 'Results of one group of customers.',
    authScopes: reading,
    fields: (t) => ({
      group: t.field({
        type: ['String'],
        nullable: { list: false, items: true },
        description: 'Values of the requested dimensions, in their order. Null where a value is unknown.',
        resolve: ({ group }) => [...group],
      }),
      variants: t.field({
        type: [VariantResult],
        description: 'The variants, in the order of the campaign. P-values are corrected within the group.',
        resolve: ({ variants, campaign }) => named(campaign, variants),
      }),
    }),
  });

const CutAt = builder.objectRef<NonNullable<CampaignResultsShape['cutAt']>>('WinsorizedAt').implement({
  description: 'Limits per customer. Values above a limit were set to it.',
  authScopes: reading,
  fields: (t) => ({
    orders: t.exposeFloat('orders', { description: 'Limit of the number of orders in the window.' }),
    revenue: t.field({
      type: Money,
      description: 'Limit of the revenue in the window.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
    margin: t.field({
      type: Money,
      description: 'Limit of the margin in the window.',
      resolve: ({ margin }, _args, { workspace }) => roundedMoney(margin, workspace.currency),
    }),
  }),
});

export const CampaignResults = builder.objectRef<ResultsShape>('CampaignResults').implement({
  description: 'Results of a campaign, over the customers whose window is over.',
  authScopes: reading,
  fields: (t) => ({
    metric: t.expose('metric', { type: CampaignMetric, description: 'The requested metric.' }),
    windowDays: t.exposeInt('windowDays', {
      description: 'Length of the window in days: orders count from the assignment until its end.',
    }),
    by: t.expose('by', {
      type: [CampaignDimension],
      description: 'Dimensions that split the customers into `groups`.',
    }),
    observedUntil: t.expose('observedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Time up to which orders are stored. Null when the workspace has none.',
    }),
    isCausal: t.exposeBoolean('isCausal', {
      description: 'Whether there is a control group. Without one, the results do not show the effect of the campaign.',
    }),
    evidence: t.expose('evidence', {
      type: CampaignEvidence,
      description: 'What the results show so far, for programs.',
    }),
    evidenceText: t.exposeString('evidenceText', { description: '`evidence` in one English sentence.' }),
    winner: t.string({
      nullable: true,
      description: 'Name of the best variant. Null unless `evidence` is BETTER.',
      resolve: ({ winnerId, campaign }) => (winnerId === null ? null : variantOf(campaign, winnerId).name),
    }),
    sampleRatio: t.field({
      type: SampleRatio,
      nullable: true,
      description:
        'Test whether the sizes of the variants match their weights. Null when weights are unknown and before customers are assigned.',
      resolve: ({ sampleRatio, campaign }) => sampleRatio && { ...sampleRatio, campaign },
    }),
    covariate: t.expose('covariate', {
      type: CampaignCovariate,
      description: 'Covariate that lifts were adjusted by. NONE when all customers have the same value of it.',
    }),
    varianceReduction: t.exposeFloat('varianceReduction', {
      description: 'Share of the variance of the metric that the adjustment removed, 0 to 1.',
    }),
    correction: t.exposeString('correction', { description: 'How p-values were corrected, in English.' }),
    winsorizedAt: t.expose('cutAt', {
      type: CutAt,
      nullable: true,
      description: 'Limits that orders, revenue and margin per customer were cut to. Null without `winsorizeAt`.',
    }),
    knownCostShare: t.exposeFloat('knownCostShare', {
      nullable: true,
      description:
        'Share of the revenue whose cost is known, 0 to 1. The margin of the rest is estimated with the margin rate of the published run. Null without orders.',
    }),
    variants: t.field({
      type: [VariantResult],
      description: 'All variants in the order of the campaign, empty ones included.',
      resolve: ({ variants, campaign }) => named(campaign, variants),
    }),
    groups: t.field({
      type: [CampaignGroupResult],
      description: 'Results by group, largest group first. Empty without `by`.',
      resolve: ({ groups, campaign }) => groups.map((group) => ({ ...group, campaign })),
    }),
  }),
});
