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

/** Results with the campaign that names its variants. */
export type ResultsShape = CampaignResultsShape & { readonly campaign: Campaign };

const variantOf = ({ variants }: Campaign, id: string) => variants.find((variant) => variant.id === id)!;

const named = (campaign: Campaign, results: readonly (VariantResultShape | GroupVariantResult)[]): NamedResult[] =>
  results.map((result) => {
    const { name, isControl } = variantOf(campaign, result.variantId);
    return { ...result, name, isControl };
  });

const CampaignEvidence = builder.enumType('CampaignEvidence', {
  description: 'What can be said of a campaign by now.',
  values: described(EVIDENCE, {
    NO_DATA: 'Nobody’s window is over yet.',
    NOT_CAUSAL: 'There is no control group: what happened may have happened anyway.',
    SAMPLE_RATIO_MISMATCH:
      'Customers are not split as they should be: something is broken, and nothing can be compared.',
    TOO_EARLY: 'Under 100 customers in a group, or windows still open that could turn the result.',
    INCONCLUSIVE: 'No difference can be told from chance.',
    BETTER: 'At least one variant beats the control group.',
    WORSE: 'What differs from the control group is behind it.',
  }),
});

const SampleRatio = builder.objectRef<SampleRatioShape & { readonly campaign: Campaign }>('SampleRatio').implement({
  description: 'Whether customers were split as the weights say (chi-square).',
  authScopes: reading,
  fields: (t) => ({
    isMismatch: t.exposeBoolean('isMismatch', {
      description: 'Whether the split is broken, p < .001: then trust no comparison.',
    }),
    pValue: t.exposeFloat('pValue', { description: 'Chance of so uneven a split where nothing is broken.' }),
    variants: t.field({
      type: [SampleRatioVariant],
      description: 'Every variant, also one with nobody in it.',
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
  description: 'How many customers a variant has and should have.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    observed: t.exposeInt('observed', { description: 'Customers assigned.' }),
    expected: t.exposeFloat('expected', { description: 'Customers expected by its weight.' }),
  }),
});

const CampaignGroupResult = builder
  .objectRef<GroupResultShape & { readonly campaign: Campaign }>('CampaignGroupResult')
  .implement({
    description: 'The results among the customers of one group.',
    authScopes: reading,
    fields: (t) => ({
      group: t.field({
        type: ['String'],
        nullable: { list: false, items: true },
        description: 'Its values of the dimensions asked for, in their order; null where unknown.',
        resolve: ({ group }) => [...group],
      }),
      variants: t.field({
        type: [VariantResult],
        description: 'The variants, in the order of the campaign; p-values are corrected within the group.',
        resolve: ({ variants, campaign }) => named(campaign, variants),
      }),
    }),
  });

const CutAt = builder.objectRef<NonNullable<CampaignResultsShape['cutAt']>>('WinsorizedAt').implement({
  description: 'The values per customer above which figures were cut to them.',
  authScopes: reading,
  fields: (t) => ({
    orders: t.exposeFloat('orders', { description: 'Orders in the window.' }),
    revenue: t.field({
      type: Money,
      description: 'Revenue in the window.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
    margin: t.field({
      type: Money,
      description: 'Margin in the window.',
      resolve: ({ margin }, _args, { workspace }) => roundedMoney(margin, workspace.currency),
    }),
  }),
});

export const CampaignResults = builder.objectRef<ResultsShape>('CampaignResults').implement({
  description: 'What a campaign caused, over the customers whose window is over.',
  authScopes: reading,
  fields: (t) => ({
    metric: t.expose('metric', { type: CampaignMetric, description: 'The metric asked for.' }),
    windowDays: t.exposeInt('windowDays', { description: 'Days after the assignment in which orders count.' }),
    by: t.expose('by', { type: [CampaignDimension], description: 'What `groups` are split by.' }),
    observedUntil: t.expose('observedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Orders after this are not known yet; null where the workspace has none.',
    }),
    isCausal: t.exposeBoolean('isCausal', {
      description: 'Whether there is a control group. Where there is not, nothing here tells what the campaign caused.',
    }),
    evidence: t.expose('evidence', { type: CampaignEvidence, description: 'What can be said by now, for programs.' }),
    evidenceText: t.exposeString('evidenceText', { description: 'The same in one English sentence.' }),
    winner: t.string({
      nullable: true,
      description: 'Name of the variant that is ahead, with BETTER; else null.',
      resolve: ({ winnerId, campaign }) => (winnerId === null ? null : variantOf(campaign, winnerId).name),
    }),
    sampleRatio: t.field({
      type: SampleRatio,
      nullable: true,
      description: 'Whether the split is sound; null where weights are not known, and before anybody is assigned.',
      resolve: ({ sampleRatio, campaign }) => sampleRatio && { ...sampleRatio, campaign },
    }),
    covariate: t.expose('covariate', {
      type: CampaignCovariate,
      description: 'What lifts were adjusted by; NONE where it was the same for all.',
    }),
    varianceReduction: t.exposeFloat('varianceReduction', {
      description: 'Share of the variance of the metric that the adjustment took away, 0 to 1.',
    }),
    correction: t.exposeString('correction', { description: 'How p-values were corrected, in English.' }),
    winsorizedAt: t.expose('cutAt', {
      type: CutAt,
      nullable: true,
      description: 'Where orders, revenue and margin were cut; null where that was not asked for.',
    }),
    knownCostShare: t.exposeFloat('knownCostShare', {
      nullable: true,
      description:
        'Share of the revenue whose cost is known, 0 to 1: the rest of the margin is taken at the margin rate of the published run. Null without orders.',
    }),
    variants: t.field({
      type: [VariantResult],
      description: 'All variants in the order of the campaign, also those with nobody in them.',
      resolve: ({ variants, campaign }) => named(campaign, variants),
    }),
    groups: t.field({
      type: [CampaignGroupResult],
      description: 'The same by `by`, largest group first; empty where nothing is asked to be split by.',
      resolve: ({ groups, campaign }) => groups.map((group) => ({ ...group, campaign })),
    }),
  }),
});
