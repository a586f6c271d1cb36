import type { EnrolledCustomers as EnrolledShape } from '../../server/campaigns/enrol-customers.ts';
import type { RecordedExposures as RecordedShape } from '../../server/campaigns/record-exposures.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { storedId } from '../node-id.ts';
import { orDomainError } from '../or-domain-error.ts';
import { ExposureStep } from './campaign-enums.ts';

const writing = { scope: 'exposures:write' } as const;

const RejectedItem = builder.objectRef<RecordedShape['rejected'][number]>('RejectedItem').implement({
  description: 'An item of a request that was rejected. The other items were stored.',
  authScopes: writing,
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Index of the item in the request, from 0.' }),
    code: t.exposeString('code', {
      description: 'Stable identifier of the error for programs, such as UNKNOWN_CAMPAIGN.',
    }),
    message: t.exposeString('message', { description: 'What was wrong, and what is accepted, in English.' }),
  }),
});

const ExposureInput = builder.inputType('ExposureInput', {
  description: 'One step of one customer in a campaign.',
  fields: (t) => ({
    campaign: t.string({ required: true, description: 'Name of the campaign.' }),
    customer: t.string({
      required: true,
      description: 'The shop’s own id of the customer, or the e-mail address of a stored customer.',
    }),
    variant: t.string({ description: 'Name of the variant. It can be left out when the campaign has only one.' }),
    step: t.field({ type: ExposureStep, required: true, description: 'The step.' }),
    at: t.field({
      type: 'DateTime',
      required: true,
      description: 'When it happened, not in the future. The earliest time of a step is kept.',
    }),
    group: t.string({ description: 'Group of the customer, to split results by.' }),
    priorValue: t.float({
      description:
        'Revenue of the customer before the assignment, to adjust lifts by. Default: the revenue of their stored orders.',
    }),
  }),
});

const RecordedExposures = builder.objectRef<RecordedShape>('RecordedExposures').implement({
  description: 'How many of the reported steps were stored.',
  authScopes: writing,
  fields: (t) => ({
    recorded: t.exposeInt('recorded', { description: 'Number of items that were stored.' }),
    unchanged: t.exposeInt('unchanged', {
      description:
        'Number of items that changed nothing: the step was already stored, with the same or an earlier time.',
    }),
    rejected: t.expose('rejected', {
      type: [RejectedItem],
      description: 'The rejected items, in the order of the request.',
    }),
  }),
});

const AssignedCustomer = builder.objectRef<EnrolledShape['assigned'][number]>('AssignedCustomer').implement({
  description: 'The variant of a customer.',
  authScopes: writing,
  fields: (t) => ({
    customer: t.exposeString('customer', { description: 'The id of the customer, as in the request.' }),
    variant: t.exposeString('variant', {
      nullable: true,
      description: 'Name of the variant. Null for a customer in the global holdout: send no message.',
    }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the customer gets no message.' }),
  }),
});

const EnrolledCustomers = builder.objectRef<EnrolledShape>('EnrolledCustomers').implement({
  description: 'The variants of customers.',
  authScopes: writing,
  fields: (t) => ({
    assigned: t.expose('assigned', {
      type: [AssignedCustomer],
      description: 'The customers, in the order of the request.',
    }),
    enrolled: t.exposeInt('enrolled', { description: 'Number of customers who are new to the campaign.' }),
    rejected: t.expose('rejected', {
      type: [RejectedItem],
      description: 'The rejected customers, in the order of the request.',
    }),
  }),
});

builder.mutationFields((t) => ({
  recordExposures: t.field({
    type: RecordedExposures,
    description:
      'Records steps of customers in campaigns, in any order. The same step reported again changes nothing. A customer reported in two variants is stored in both and counts in neither.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError(
      'RecordExposuresResult',
      'How many steps were stored, or what was wrong with the request as a whole.',
    ),
    args: {
      exposures: t.arg({ type: [ExposureInput], required: true, description: 'The steps, 1 to 1000.' }),
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
      'Assigns customers to the variants of a running campaign and returns their variants. A customer keeps the variant when enrolled again.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError(
      'EnrolCustomersResult',
      'The variants of the customers, or what was wrong with the request as a whole.',
    ),
    args: {
      campaign: t.arg.id({ required: true, description: 'Id of the campaign.' }),
      customers: t.arg.stringList({
        required: true,
        description: 'The shop’s own ids of the customers, 1 to 1000.',
      }),
    },
    resolve: (_root, { campaign, customers }, ctx) =>
      ctx.campaigns.enrol(storedId(campaign, 'Campaign', 'campaign'), customers),
  }),
}));
