import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../server/context.ts';
import type { CustomerFilter, CustomerSort } from '../../server/customers/data/customer-list.ts';
import { type PageArguments, readPage } from '../../server/domain/page.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost } from '../cost.ts';
import { Segment, SortDirection } from '../enums.ts';
import { isSelected } from '../selection.ts';
import { Customer } from './customer.ts';

const reading = { scope: 'customers:read' } as const;

const CustomerSortField = builder.enumType('CustomerSortField', {
  description: 'Figure that a list of customers is sorted by.',
  values: {
    CLV: { description: '12-month CLV.' },
    CHURN: { description: 'Probability of no order within 90 days.' },
    MONEY_AT_RISK: { description: '12-month CLV multiplied by `probability`.' },
    LAST_ORDER: { description: 'Day of the last order.' },
    NET_REVENUE: { description: 'Revenue of orders minus refunds.' },
  } as const,
});

const CustomerSortInput = builder.inputType('CustomerSort', {
  description: 'Sort order of a list of customers. Ties are sorted by id.',
  fields: (t) => ({
    field: t.field({ type: CustomerSortField, required: true, description: 'Figure to sort by.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Direction of the sort.' }),
  }),
});

export const ReplenishmentDueInput = builder.inputType('ReplenishmentDueInput', {
  description: 'Customers who are expected to buy a product again soon or are overdue, by the published run.',
  fields: (t) => ({
    product: t.string({ required: true, description: 'External id of the product.' }),
    withinDays: t.int({
      required: true,
      description: 'The purchase is expected at most this many days after the as-of day of the run, 0 to 365.',
    }),
  }),
});

const CampaignMembershipInput = builder.inputType('CampaignMembership', {
  description: 'A campaign, or one of its variants, that customers are assigned to.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the campaign.' }),
    variant: t.string({ description: 'Name of the variant. Default: any.' }),
  }),
});

const CustomerFilterInput = builder.inputType('CustomerFilter', {
  description: 'Which customers to list: those who meet every condition. An empty list does not filter.',
  fields: (t) => ({
    segments: t.field({ type: [Segment], description: 'Customers of one of these RFM segments.' }),
    countries: t.stringList({
      description: 'Customers of one of these countries, at most 100; see `customerDimensions`.',
    }),
    channels: t.stringList({
      description:
        'Customers whose first order came through one of these channels, at most 100; see `customerDimensions`.',
    }),
    minimumClv: t.field({
      type: 'Decimal',
      description: 'Customers with a 12-month CLV of at least this, in the workspace’s currency.',
    }),
    maximumClv: t.field({
      type: 'Decimal',
      description: 'Customers with a 12-month CLV of at most this, in the workspace’s currency.',
    }),
    search: t.string({
      description:
        'Customers with this text in their external id, name or e-mail address, in any letter case. A key without the scope customers:pii searches external ids only.',
    }),
    bought: t.stringList({
      description:
        'Customers who bought every one of these products, at most 20, by external id. No customer meets it until a run is published.',
    }),
    notBought: t.stringList({
      description:
        'Customers who bought none of these products, at most 20, by external id. No customer meets it until a run is published.',
    }),
    replenishmentDue: t.field({
      type: ReplenishmentDueInput,
      description: 'Customers who are due to buy a product again. No customer meets it until a run is published.',
    }),
    campaign: t.field({
      type: CampaignMembershipInput,
      description: 'Customers who are assigned to a campaign or to one of its variants.',
    }),
  }),
});

const CustomerConnection = builder.connectionObject(
  {
    type: Customer,
    name: 'CustomerConnection',
    description: 'A page of customers.',
    authScopes: reading,
    fields: (t) => ({
      totalCount: t.int({
        description: 'Number of customers on all pages together.',
        resolve: ({ totalCount }) => totalCount!,
      }),
    }),
  },
  { name: 'CustomerEdge', description: 'A customer in a page.', authScopes: reading },
);

builder.queryFields((t) => ({
  customers: t.connection(
    {
      type: Customer,
      description:
        'The customers of the published run, by default sorted by 12-month CLV, highest first. Until a run is published: all customers, sorted by id.',
      authScopes: reading,
      complexity: pageCost,
      args: {
        filter: t.arg({ type: CustomerFilterInput, description: 'Which customers to list. Default: all.' }),
        orderBy: t.arg({
          type: CustomerSortInput,
          description: 'Sort order of the list. Default: highest 12-month CLV first.',
        }),
      },
      resolve: (_root, { filter, orderBy, ...args }, ctx, info) =>
        page('customers', args, ctx, info, filter ?? {}, orderBy ?? { field: 'CLV', direction: 'DESC' }),
    },
    CustomerConnection,
  ),
  atRiskCustomers: t.connection(
    {
      type: Customer,
      description:
        'Customers who are late and worth keeping, by default sorted by money at risk, highest first. Late: at least twice their own mean gap between order days has passed since the last one. Worth keeping: an M score of 3 to 5 and a 12-month CLV above zero. Empty until a run is published.',
      authScopes: reading,
      complexity: pageCost,
      args: {
        minimumClv: t.arg({
          type: 'Decimal',
          description: 'Only customers with a 12-month CLV of at least this, in the workspace’s currency.',
        }),
        segments: t.arg({ type: [Segment], description: 'Only customers of these RFM segments.' }),
        orderBy: t.arg({
          type: CustomerSortInput,
          description: 'Sort order of the list. Default: most money at risk first.',
        }),
      },
      resolve: (_root, { minimumClv, segments, orderBy, ...args }, ctx, info) =>
        page(
          'atRiskCustomers',
          args,
          ctx,
          info,
          { minimumClv, segments, atRisk: true },
          orderBy ?? { field: 'MONEY_AT_RISK', direction: 'DESC' },
        ),
    },
    CustomerConnection,
  ),
}));

interface CustomersInput extends CustomerFilter {
  readonly campaign?: { readonly name: string; readonly variant?: string | null } | null;
}

async function page(
  field: string,
  args: PageArguments,
  { key, read, workspace }: Context,
  info: GraphQLResolveInfo,
  { campaign, ...filter }: CustomersInput,
  order: CustomerSort,
) {
  const sort = workspace.publishedRunId === null ? 'id' : `${order.field}/${order.direction}`;
  const list = `${workspace.id}/${field}/${sort}`;
  const found = await read.customers({
    campaign,
    filter: { ...filter, searchPersonalData: key.scopes.includes('customers:pii') },
    order,
    page: readPage(args, list),
    withTotal: isSelected(info, 'totalCount'),
  });
  return { ...toConnection(list, found), totalCount: found.totalCount };
}
