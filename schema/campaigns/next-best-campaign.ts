import type { CustomerRow } from '../../server/customers/data/customer-columns.ts';
import { CAMPAIGN_KINDS } from '../../server/domain/campaigns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import type {
  NextBestEvidence as Evidence,
  NextBestKind as Kind,
  NextBest as NextBestShape,
  NextBestPlan as PlanShape,
  Proposal as ProposalShape,
} from '../../server/engine/experiments/next-best-types.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Customer } from '../customers/customer.ts';
import { described } from '../described.ts';
import { CampaignKind, Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { UpliftVerdict } from './campaign-uplift.ts';
import { MoneyEstimate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

const EVIDENCE: readonly Evidence[] = ['TESTED', 'RELATED', 'UNTESTED'];

const NextBestEvidence = builder.enumType('NextBestEvidence', {
  description: 'Evidence for a proposal.',
  values: described(EVIDENCE, {
    TESTED: 'Experiments with customers of the same segment.',
    RELATED: 'Experiments with other segments only.',
    UNTESTED: 'A rule of thumb without an experiment in this workspace. Test it first.',
  }),
});

/** DO_NOTHING is null at the surface: it is no kind of campaign. */
const kindOf = (kind: Kind) => CAMPAIGN_KINDS.find((each) => each === kind) ?? null;

const NextBestCampaign = builder.objectRef<NextBestShape>('NextBestCampaign').implement({
  description: 'Proposed campaign for part of a segment.',
  authScopes: reading,
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    kind: t.field({
      type: CampaignKind,
      nullable: true,
      description: 'Kind of campaign to send. Null when the proposal is to send nothing.',
      resolve: ({ kind }) => kindOf(kind),
    }),
    evidence: t.expose('evidence', {
      type: NextBestEvidence,
      nullable: true,
      description: 'Evidence for the proposal. Null when the proposal is to send nothing.',
    }),
    share: t.exposeFloat('share', { description: 'Share of the segment, 0 to 1.' }),
    customers: t.exposeInt('customers', { description: 'Number of those customers.' }),
    eligible: t.exposeInt('eligible', { description: 'Number of customers of the segment who can get the campaign.' }),
    expectedNetValue: t.expose('expectedNetValue', {
      type: MoneyEstimate,
      nullable: true,
      description:
        'Expected margin that the campaign adds per customer who gets it, minus its cost. 0 when the proposal is to send nothing. Null when it is untested.',
    }),
    probabilityPays: t.exposeFloat('probabilityPays', {
      nullable: true,
      description:
        'Probability that the campaign adds more than it costs, 0 to 1. Null when it is untested and when the proposal is to send nothing.',
    }),
    verdict: t.expose('verdict', {
      type: UpliftVerdict,
      nullable: true,
      description:
        'Verdict on `probabilityPays`, by the same limits as in `Campaign.uplift`. Null when `probabilityPays` is null.',
    }),
    probabilityBest: t.exposeFloat('probabilityBest', {
      nullable: true,
      description:
        'Probability that no other tested campaign, nor sending nothing, adds more, 0 to 1. Null when the campaign is untested.',
    }),
    cost: t.field({
      type: Money,
      nullable: true,
      description:
        'Cost for all customers of the proposal, from the cost per message of past campaigns of the kind. Null when it is unknown.',
      resolve: ({ cost }, _args, { workspace }) => (cost === null ? null : roundedMoney(cost, workspace.currency)),
    }),
    reason: t.exposeString('reason', { description: 'Reason for the proposal in one English sentence.' }),
  }),
});

const NextBestCampaigns = builder.objectRef<PlanShape>('NextBestCampaigns').implement({
  description:
    'Plan of the next campaign for each segment, by Thompson sampling over past experiments. Part of each segment is spread over all candidates, to go on learning.',
  authScopes: reading,
  fields: (t) => ({
    proposals: t.expose('rows', {
      type: [NextBestCampaign],
      description:
        'Proposals by segment, best segment first. Within a segment, most customers first and sending nothing last.',
    }),
    cost: t.field({
      type: Money,
      description: 'Cost of all proposals whose cost is known.',
      resolve: ({ spent }, _args, { workspace }) => roundedMoney(spent, workspace.currency),
    }),
    customersLeftOut: t.exposeInt('customersLeftOut', {
      description: 'Number of customers who get no message because the budget is used up.',
    }),
    costLeftOut: t.field({
      type: Money,
      description: 'Cost of a message to those customers.',
      resolve: ({ costLeftOut }, _args, { workspace }) => roundedMoney(costLeftOut, workspace.currency),
    }),
  }),
});

builder.queryField('nextBestCampaigns', (t) =>
  t.field({
    type: NextBestCampaigns,
    nullable: true,
    description: 'Plan of the next campaign for each segment. Null until a run is published.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      budget: t.arg({
        type: 'Decimal',
        description: 'Limit of the cost of all messages, 0 or more, in the workspace’s currency. Default: no limit.',
      }),
      exploration: t.arg.float({
        defaultValue: 0.1,
        description:
          'Share of each segment that is spread evenly over campaigns that may pay, to go on learning, 0 to under 1.',
      }),
    },
    resolve: (_root, { budget, exploration }, ctx) => ctx.campaigns.plan({ budget, exploration }),
  }),
);

const CampaignProposal = builder.objectRef<ProposalShape>('CampaignProposal').implement({
  description: 'Proposed campaign for a customer.',
  authScopes: reading,
  fields: (t) => ({
    kind: t.field({
      type: CampaignKind,
      nullable: true,
      description: 'Kind of campaign to send. Null when the proposal is to send nothing.',
      resolve: ({ kind }) => kindOf(kind),
    }),
    evidence: t.expose('evidence', {
      type: NextBestEvidence,
      nullable: true,
      description: 'Evidence for the proposal. Null when the proposal is to send nothing.',
    }),
    expectedNetValue: t.expose('expectedNetValue', {
      type: MoneyEstimate,
      nullable: true,
      description:
        'Expected margin that the campaign adds, minus its cost. 0 when the proposal is to send nothing. Null when it is untested.',
    }),
    reason: t.exposeString('reason', { description: 'Reason for the proposal in one English sentence.' }),
  }),
});

builder.objectField(Customer, 'nextBestCampaign', (t) =>
  t.field({
    type: CampaignProposal,
    nullable: true,
    description:
      'Proposed next campaign for the customer: that of the plan for the segment, if the customer can get it. Null until a published run includes the customer.',
    authScopes: reading,
    resolve: (customer: CustomerRow, _args, { campaigns }) => campaigns.proposals.load(customer),
  }),
);
