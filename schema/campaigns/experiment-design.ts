import type { DesignedExperiment } from '../../server/campaigns/design-experiment.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { AudienceInput } from './campaign-audience-input.ts';

const reading = { scope: 'campaigns:read' } as const;

const ExperimentDesignInput = builder.inputType('ExperimentDesignInput', {
  description:
    'The experiment to plan. With an effect, the design has the number of customers needed; with a number of customers, the smallest effect they can detect; with both, the power.',
  fields: (t) => ({
    baseline: t.float({
      description:
        'Expected outcome per customer of the control group: the share who convert, or a mean such as revenue when `standardDeviation` is given. Default: the share of the audience who will order within the window, by the published run.',
    }),
    standardDeviation: t.float({
      description:
        'Standard deviation of the outcome between customers, above 0. With it, the baseline is a mean instead of a share.',
    }),
    effect: t.float({ description: 'Smallest difference from the baseline to detect, in the unit of the baseline.' }),
    relativeEffect: t.float({
      description: 'Smallest difference to detect, as a share of the baseline; 0.1 is 10% more.',
    }),
    audience: t.field({
      type: AudienceInput,
      description: 'The customers that the campaign is for. Default: all, when no baseline is given.',
    }),
    customers: t.int({
      description: 'Number of customers available. Default: the size of the audience, when no baseline is given.',
    }),
    customersPerDay: t.float({
      description: 'Number of customers assigned per day. Default: all are assigned at once.',
    }),
    weights: t.floatList({
      required: true,
      defaultValue: [1, 1],
      description: 'Weights of the variants, the control group first.',
    }),
    power: t.float({
      required: true,
      defaultValue: 0.8,
      description: 'Probability of detecting the effect when it exists, 0.5 to under 1.',
    }),
    significance: t.float({
      required: true,
      defaultValue: 0.05,
      description: 'Probability of detecting an effect when none exists; two-sided, above 0 and at most 0.5.',
    }),
    varianceReduction: t.float({
      required: true,
      defaultValue: 0,
      description:
        'Share of the variance that the covariate removes, 0 to under 1; see `CampaignResults.varianceReduction`.',
    }),
    windowDays: t.int({
      required: true,
      defaultValue: 14,
      description: 'Length of the window in days, 1 to 365. Orders count from the assignment until its end.',
    }),
  }),
});

const ExperimentDesign = builder.objectRef<DesignedExperiment>('ExperimentDesign').implement({
  description: 'Plan of an experiment: the customers it needs, its duration and its power.',
  authScopes: reading,
  fields: (t) => ({
    baseline: t.exposeFloat('baseline', {
      description: 'Outcome per customer of the control group that the plan uses.',
    }),
    customers: t.exposeInt('customers', {
      nullable: true,
      description: 'Number of customers available. Null when it is unknown.',
    }),
    effect: t.exposeFloat('effect', {
      nullable: true,
      description: 'Smallest difference to detect, in the unit of the baseline. Null when none was given.',
    }),
    relativeEffect: t.exposeFloat('relativeEffect', {
      nullable: true,
      description: '`effect` divided by the baseline. Null without an effect.',
    }),
    customersPerVariant: t.intList({
      nullable: true,
      description:
        'Number of customers needed to detect the effect, by variant in the order of the weights. Null without an effect.',
      resolve: ({ customersPerVariant }) => customersPerVariant && [...customersPerVariant],
    }),
    customersInTotal: t.exposeInt('customersInTotal', {
      nullable: true,
      description: 'Number of customers needed in total. Null without an effect.',
    }),
    recruitingDays: t.exposeInt('recruitingDays', {
      description: 'Days until all customers are assigned. 0 when they are assigned at once.',
    }),
    totalDays: t.exposeInt('totalDays', { description: 'Days until the last window is over.' }),
    power: t.exposeFloat('power', {
      nullable: true,
      description:
        'Probability of detecting the effect with the customers available, 0 to 1. Null when the effect or the number of customers is unknown.',
    }),
    minimumDetectableEffect: t.exposeFloat('minimumDetectableEffect', {
      nullable: true,
      description:
        'Smallest difference that the customers available can detect, in the unit of the baseline. Null when their number is unknown.',
    }),
    minimumDetectableRelativeEffect: t.exposeFloat('minimumDetectableRelativeEffect', {
      nullable: true,
      description: '`minimumDetectableEffect` divided by the baseline. Null when the number of customers is unknown.',
    }),
    comparisons: t.exposeInt('comparisons', { description: 'Number of variants compared with the control group.' }),
    significancePerComparison: t.exposeFloat('significancePerComparison', {
      description: 'Significance of each comparison, by Bonferroni’s correction.',
    }),
  }),
});

builder.queryField('experimentDesign', (t) =>
  t.field({
    type: ExperimentDesign,
    description: 'Plan of an experiment that is not started yet.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: { input: t.arg({ type: ExperimentDesignInput, required: true, description: 'The experiment to plan.' }) },
    resolve: (_root, { input }, ctx) => ctx.campaigns.design(input),
  }),
);
