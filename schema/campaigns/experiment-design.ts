import type { DesignedExperiment } from '../../server/campaigns/design-experiment.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { AudienceInput } from './campaign-audience-input.ts';

const reading = { scope: 'campaigns:read' } as const;

const ExperimentDesignInput = builder.inputType('ExperimentDesignInput', {
  description:
    'The experiment to plan. Give an effect to learn how many customers it takes, or customers to learn what they can tell; with both, how likely they are to tell it.',
  fields: (t) => ({
    baseline: t.float({
      description:
        'What the control group is expected to have per customer: a share of converts, or with `standardDeviation` a mean such as revenue. When absent, the share of the audience that the published run expects to order within the window.',
    }),
    standardDeviation: t.float({
      description: 'Of the mean over customers, above 0; makes the baseline a mean instead of a share.',
    }),
    effect: t.float({ description: 'Smallest difference from the baseline that must not be missed, in its unit.' }),
    relativeEffect: t.float({ description: 'The same as a share of the baseline: 0.1 is 10 % more.' }),
    audience: t.field({
      type: AudienceInput,
      description: 'Whom the campaign is for; all customers when absent and no baseline is given.',
    }),
    customers: t.int({
      description: 'Customers that there are; those of the audience when absent and no baseline is given.',
    }),
    customersPerDay: t.float({ description: 'Who come to be assigned a day; all are assigned at once when absent.' }),
    weights: t.floatList({
      required: true,
      defaultValue: [1, 1],
      description: 'Weights of the variants, that of the control group first.',
    }),
    power: t.float({
      required: true,
      defaultValue: 0.8,
      description: 'Probability of telling a difference that there is, 0.5 to under 1.',
    }),
    significance: t.float({
      required: true,
      defaultValue: 0.05,
      description: 'Probability of telling one that there is not, two-sided; above 0 and at most 0.5.',
    }),
    varianceReduction: t.float({
      required: true,
      defaultValue: 0,
      description: 'Share of the variance that the covariate takes away, 0 to under 1; see `CampaignResults`.',
    }),
    windowDays: t.int({
      required: true,
      defaultValue: 14,
      description: 'Days after the assignment in which orders count, 1 to 365.',
    }),
  }),
});

const ExperimentDesign = builder.objectRef<DesignedExperiment>('ExperimentDesign').implement({
  description: 'How many customers an experiment needs, how long it takes, and what it can tell.',
  authScopes: reading,
  fields: (t) => ({
    baseline: t.exposeFloat('baseline', { description: 'What was taken for the control group, per customer.' }),
    customers: t.exposeInt('customers', {
      nullable: true,
      description: 'Customers that there are; null where that was not told.',
    }),
    effect: t.exposeFloat('effect', {
      nullable: true,
      description: 'The difference asked for, in the unit of the baseline; null where none was.',
    }),
    relativeEffect: t.exposeFloat('relativeEffect', { nullable: true, description: 'The same over the baseline.' }),
    customersPerVariant: t.intList({
      nullable: true,
      description: 'Customers that it takes to tell it, in the order of the weights; null without an effect.',
      resolve: ({ customersPerVariant }) => customersPerVariant && [...customersPerVariant],
    }),
    customersInTotal: t.exposeInt('customersInTotal', { nullable: true, description: 'All of them together.' }),
    recruitingDays: t.exposeInt('recruitingDays', {
      description: 'Days until they have all been assigned; 0 where that happens at once.',
    }),
    totalDays: t.exposeInt('totalDays', { description: 'Days until the last window is over.' }),
    power: t.exposeFloat('power', {
      nullable: true,
      description:
        'Probability of telling the effect with the customers that there are; null where either is not told.',
    }),
    minimumDetectableEffect: t.exposeFloat('minimumDetectableEffect', {
      nullable: true,
      description: 'Smallest difference that they can be expected to tell; null where they are not told.',
    }),
    minimumDetectableRelativeEffect: t.exposeFloat('minimumDetectableRelativeEffect', {
      nullable: true,
      description: 'The same over the baseline.',
    }),
    comparisons: t.exposeInt('comparisons', { description: 'Variants compared with the control group.' }),
    significancePerComparison: t.exposeFloat('significancePerComparison', {
      description: 'What each comparison may take of the significance (Bonferroni).',
    }),
  }),
});

builder.queryField('experimentDesign', (t) =>
  t.field({
    type: ExperimentDesign,
    description: 'Plans an experiment before it is started.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: { input: t.arg({ type: ExperimentDesignInput, required: true, description: 'The experiment.' }) },
    resolve: (_root, { input }, ctx) => ctx.campaigns.design(input),
  }),
);
