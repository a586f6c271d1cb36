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
import { Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { CampaignKind } from './campaign-enums.ts';
import { UpliftVerdict } from './campaign-uplift.ts';
import { MoneyEstimate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

const EVIDENCE: readonly Evidence[] = ['TESTED', 'RELATED', 'UNTESTED'];

const NextBestEvidence = builder.enumType('NextBestEvidence', {
  description: 'What speaks for a proposal.',
  values: described(EVIDENCE, {
    TESTED: 'Experiments on customers of the same segment.',
    RELATED: 'Experiments on other segments only.',
    UNTESTED: 'A rule of thumb: nobody has tried it here. Test it before you rely on it.',
  }),
});

/** DO_NOTHING is null at the surface: it is no kind of campaign. */
const kindOf = (kind: Kind) => CAMPAIGN_KINDS.find((each) => each === kind) ?? null;

const NextBestCampaign = builder.objectRef<NextBestShape>('NextBestCampaign').implement({
  description: 'What to do with a part of a segment.',
  authScopes: reading,
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    kind: t.field({
      type: CampaignKind,
      nullable: true,
      description: 'What to send; null for nothing, which always is a candidate.',
      resolve: ({ kind }) => kindOf(kind),
    }),
    evidence: t.expose('evidence', {
      type: NextBestEvidence,
      nullable: true,
      description: 'What speaks for it; null for sending nothing.',
    }),
    share: t.exposeFloat('share', { description: 'Share of the segment, 0 to 1.' }),
    customers: t.exposeInt('customers', { description: 'How many customers that is.' }),
    eligible: t.exposeInt('eligible', { description: 'Customers of the segment who can get it.' }),
    expectedNetValue: t.expose('expectedNetValue', {
      type: MoneyEstimate,
      nullable: true,
      description:
        'Margin that it is expected to add, less its cost, per customer who gets it; 0 for nothing, null where untested.',
    }),
    probabilityPays: t.exposeFloat('probabilityPays', {
      nullable: true,
      description: 'Probability that it adds more than it costs; null for nothing and where untested.',
    }),
    verdict: t.expose('verdict', {
      type: UpliftVerdict,
      nullable: true,
      description: 'What `probabilityPays` says, by the same rule as in `Campaign.uplift`; null where that is null.',
    }),
    probabilityBest: t.exposeFloat('probabilityBest', {
      nullable: true,
      description: 'Probability that no other that was tested, nor nothing, adds more; null where untested.',
    }),
    cost: t.field({
      type: Money,
      nullable: true,
      description: 'Of reaching all its customers, by what campaigns of the kind cost; null where none is known.',
      resolve: ({ cost }, _args, { workspace }) => (cost === null ? null : roundedMoney(cost, workspace.currency)),
    }),
    reason: t.exposeString('reason', { description: 'What speaks for it, in one English sentence.' }),
  }),
});

const NextBestCampaigns = builder.objectRef<PlanShape>('NextBestCampaigns').implement({
  description:
    'What to send whom next: Thompson sampling over past experiments, with a part of each segment kept for learning.',
  authScopes: reading,
  fields: (t) => ({
    proposals: t.expose('rows', {
      type: [NextBestCampaign],
      description: 'By segment from best to worst; in it most customers first, and sending nothing last.',
    }),
    spent: t.field({
      type: Money,
      description: 'What all of it costs, as far as costs are known.',
      resolve: ({ spent }, _args, { workspace }) => roundedMoney(spent, workspace.currency),
    }),
    customersLeftOut: t.exposeInt('customersLeftOut', {
      description: 'Customers whom the budget has nothing left for.',
    }),
    costLeftOut: t.field({
      type: Money,
      description: 'What reaching them would cost.',
      resolve: ({ costLeftOut }, _args, { workspace }) => roundedMoney(costLeftOut, workspace.currency),
    }),
  }),
});

builder.queryField('nextBestCampaigns', (t) =>
  t.field({
    type: NextBestCampaigns,
    nullable: true,
    description: 'The next campaign for each segment; null until an analysis run has been published.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      budget: t.arg({
        type: 'Decimal',
        description: 'What all messages may cost, 0 or more, in the workspace’s currency; no limit when absent.',
      }),
      exploration: t.arg.float({
        defaultValue: 0.1,
        description:
          'Share of each segment that is spread evenly over what may be worth it, to go on learning; 0 to under 1.',
      }),
    },
    resolve: (_root, { budget, exploration }, ctx) => ctx.campaigns.plan({ budget, exploration }),
  }),
);

const CampaignProposal = builder.objectRef<ProposalShape>('CampaignProposal').implement({
  description: 'What to send a customer next.',
  authScopes: reading,
  fields: (t) => ({
    kind: t.field({
      type: CampaignKind,
      nullable: true,
      description: 'What to send; null for nothing.',
      resolve: ({ kind }) => kindOf(kind),
    }),
    evidence: t.expose('evidence', {
      type: NextBestEvidence,
      nullable: true,
      description: 'What speaks for it; null for nothing.',
    }),
    expectedNetValue: t.expose('expectedNetValue', {
      type: MoneyEstimate,
      nullable: true,
      description: 'Margin that it is expected to add, less its cost; 0 for nothing, null where untested.',
    }),
    reason: t.exposeString('reason', { description: 'What speaks for it, in one English sentence.' }),
  }),
});

builder.objectField(Customer, 'nextBestCampaign', (t) =>
  t.field({
    type: CampaignProposal,
    nullable: true,
    description:
      'What to send the customer next: what the plan has for the segment, where the customer can get it. Null until a published run knows the customer.',
    authScopes: reading,
    resolve: (customer: CustomerRow, _args, { campaigns }) => campaigns.proposals.load(customer),
  }),
);
