import type { EnrolledCustomers as EnrolledShape } from '../../server/campaigns/enrol-customers.ts';
import type { RecordedExposures as RecordedShape } from '../../server/campaigns/record-exposures.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { orDomainError } from '../or-domain-error.ts';
import { ExposureStep } from './campaign-enums.ts';

const writing = { scope: 'exposures:write' } as const;

const RejectedItem = builder.objectRef<RecordedShape['rejected'][number]>('RejectedItem').implement({
  description: 'An item of a request that could not be taken; the others were.',
  authScopes: writing,
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Place of the item in the request, from 0.' }),
    code: t.exposeString('code', { description: 'What was wrong, for programs, such as UNKNOWN_CAMPAIGN.' }),
    message: t.exposeString('message', { description: 'What was wrong and what is accepted.' }),
  }),
});

const ExposureInput = builder.inputType('ExposureInput', {
  description: 'What became of a customer in a campaign.',
  fields: (t) => ({
    campaign: t.string({ required: true, description: 'Name of the campaign.' }),
    customer: t.string({
      required: true,
      description: 'Id that the shop gives the customer, or an e-mail address that the workspace knows.',
    }),
    variant: t.string({ description: 'Name of the variant; may be absent where the campaign has only one.' }),
    step: t.field({ type: ExposureStep, required: true, description: 'What happened.' }),
    at: t.field({ type: 'DateTime', required: true, description: 'When, not in the future. The first time counts.' }),
    group: t.string({ description: 'A group that the sender had put the customer in, to split results by.' }),
    priorValue: t.float({
      description: 'What the customer had spent before, to sharpen results by; by the orders when absent.',
    }),
  }),
});

const RecordedExposures = builder.objectRef<RecordedShape>('RecordedExposures').implement({
  description: 'What was taken of reported exposures.',
  authScopes: writing,
  fields: (t) => ({
    recorded: t.exposeInt('recorded', { description: 'Items that told something new.' }),
    unchanged: t.exposeInt('unchanged', {
      description: 'Items that changed nothing: reported before, or later than known.',
    }),
    rejected: t.expose('rejected', { type: [RejectedItem], description: 'Items that could not be taken, in order.' }),
  }),
});

const AssignedCustomer = builder.objectRef<EnrolledShape['assigned'][number]>('AssignedCustomer').implement({
  description: 'Which variant a customer is in.',
  authScopes: writing,
  fields: (t) => ({
    customer: t.exposeString('customer', { description: 'The customer as the request named them.' }),
    variant: t.exposeString('variant', {
      nullable: true,
      description: 'Name of the variant; null for a customer whom no campaign may reach: send nothing.',
    }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether nothing is to be sent.' }),
  }),
});

const EnrolledCustomers = builder.objectRef<EnrolledShape>('EnrolledCustomers').implement({
  description: 'Which variants customers are in.',
  authScopes: writing,
  fields: (t) => ({
    assigned: t.expose('assigned', { type: [AssignedCustomer], description: 'The customers, in the order given.' }),
    enrolled: t.exposeInt('enrolled', { description: 'How many of them are new to the campaign.' }),
    rejected: t.expose('rejected', { type: [RejectedItem], description: 'Those who could not be taken, in order.' }),
  }),
});

builder.mutationFields((t) => ({
  recordExposures: t.field({
    type: RecordedExposures,
    description:
      'Reports what became of customers in campaigns, in any order; the same again changes nothing. A customer reported in two variants is kept in both and counts in neither.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('RecordExposuresResult', 'What was taken, or what was wrong with the request as a whole.'),
    args: {
      exposures: t.arg({ type: [ExposureInput], required: true, description: 'What happened, 1 to 1000 items.' }),
    },
    resolve: (_root, { exposures }, ctx) =>
      ctx.campaigns.recordExposures(
        exposures.map(({ variant, group, priorValue, ...item }) => ({
          ...item,
          variant: variant ?? null,
          group: group ?? null,
          priorValue: priorValue ?? null,
        })),
      ),
  }),
  enrolCustomers: t.field({
    type: EnrolledCustomers,
    description:
      'Puts customers whose trigger has fired into variants of a running campaign, and tells which: asked again it tells the same.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('EnrolCustomersResult', 'The variants, or what was wrong with the request as a whole.'),
    args: {
      campaign: t.arg.id({ required: true, description: 'Id of the campaign.' }),
      customers: t.arg.stringList({
        required: true,
        description: 'Ids that the shop gives the customers, 1 to 1000.',
      }),
    },
    resolve: (_root, { campaign, customers }, ctx) =>
      ctx.campaigns.enrol(storedId(campaign, 'Campaign', 'campaign'), customers),
  }),
}));
