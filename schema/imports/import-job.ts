import { queryFromInfo } from '@pothos/plugin-prisma';
import { exactMoney } from '../../server/domain/money.ts';
import { readPage, sliceOf } from '../../server/domain/page.ts';
import type { FoundWarning } from '../../server/imports/data/import-jobs.ts';
import type { RejectedRow as RejectedRowShape } from '../../server/imports/data/rejected-rows.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost } from '../cost.ts';
import { Money } from '../money.ts';
import { pageQuery } from '../page-query.ts';
import { countsOf, ExcludedCount, ImportWarning, RejectedCount, warningsIn } from './import-counts.ts';

const reading = { scope: 'imports:read' } as const;
const personal = { scope: 'customers:pii' } as const;

const ImportStatus = builder.enumType('ImportStatus', {
  description: 'State of an import.',
  values: {
    RUNNING: { description: 'The file is being read and stored, batch by batch.' },
    DONE: { description: 'The file was read to the end.' },
    FAILED: { description: 'The import ended early; see `reason`.' },
  } as const,
});

const RejectedRow = builder.objectRef<RejectedRowShape>('RejectedRow').implement({
  description: 'A row that an import rejected.',
  authScopes: reading,
  fields: (t) => ({
    lineNo: t.exposeInt('lineNo', { description: 'Line of the file, from 1.' }),
    reason: t.exposeString('reason', { description: 'Reason, a stable identifier for programs.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      authScopes: personal,
      description: 'The value that was wrong, and what is accepted. Null for a key without the scope customers:pii.',
    }),
    raw: t.exposeString('raw', {
      nullable: true,
      authScopes: personal,
      description: 'The text of the row in the file. Null for a key without the scope customers:pii.',
    }),
  }),
});

const RejectedRowConnection = builder.connectionObject(
  { type: RejectedRow, name: 'RejectedRowConnection', description: 'A page of rejected rows.', authScopes: reading },
  { name: 'RejectedRowEdge', description: 'A rejected row in a page.', authScopes: reading },
);

export const ImportJob = builder.prismaNode('ImportJob', {
  description: 'One import of a file.',
  authScopes: reading,
  nullable: true,
  select: { id: true },
  id: { resolve: (job) => job.id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    fileName: t.exposeString('fileName', { description: 'Name of the file.' }),
    source: t.exposeString('source', {
      description: 'Kind of file that it was recognised as, such as "shopify-orders" or "orders".',
    }),
    status: t.field({
      type: ImportStatus,
      description: 'State of the import.',
      select: { status: true },
      resolve: ({ status }) => status as 'RUNNING' | 'DONE' | 'FAILED',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the import failed. Null when it did not fail.',
    }),
    progress: t.exposeFloat('progress', {
      description:
        'Share of the import that is done, 0 to 1, as of the last batch. It is 1 when DONE, and stays where it was when FAILED.',
    }),
    rows: t.exposeInt('rows', { description: 'Number of rows read, as of the last batch while RUNNING.' }),
    accepted: t.exposeInt('accepted', { description: 'Number of rows stored.' }),
    rejected: t.field({
      type: [RejectedCount],
      description: 'Number of rejected rows by reason, most frequent first.',
      select: { rejected: true },
      resolve: ({ rejected }) => countsOf(rejected as Record<string, number>),
    }),
    excluded: t.field({
      type: [ExcludedCount],
      description: 'Number of rows that were left out by reason, most frequent first.',
      select: { excluded: true },
      resolve: ({ excluded }) => countsOf(excluded as Record<string, number>),
    }),
    warnings: t.field({
      type: [ImportWarning],
      description: 'What to look at, because it may be wrong.',
      select: { warnings: true },
      resolve: ({ warnings }, _args, { workspace }) =>
        warningsIn(workspace.currency, warnings as unknown as FoundWarning[]),
    }),
    rejectedRows: t.field({
      type: RejectedRowConnection,
      description: 'The rejected rows, by line.',
      select: { id: true },
      args: {
        first: t.arg.int({ description: 'Rows from the first or after `after`: 1 to 100, default 20.' }),
        after: t.arg.string({ description: 'Cursor of the row that the page comes after.' }),
      },
      resolve: async ({ id }, args, ctx) => {
        const list = `${ctx.workspace.id}/importJobs/${id}/rejectedRows`;
        return toConnection(list, await ctx.loaders.rejectedRows(readPage(args, list)).load(id));
      },
    }),
    rejectedRowsPath: t.string({
      description:
        'Path on this server of a CSV file of all rejected rows. It needs the scopes imports:read and customers:pii.',
      select: { id: true },
      resolve: ({ id }) => `/imports/${id}/rejects.csv`,
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the file.' }),
    products: t.exposeInt('products', { description: 'Number of products in the file.' }),
    orders: t.exposeInt('orders', { description: 'Number of orders in the file.' }),
    refunds: t.exposeInt('refunds', { description: 'Number of refunds in the file.' }),
    gross: t.field({
      type: Money,
      description: 'Revenue of the orders after discounts, before refunds, without tax and shipping.',
      select: { gross: true },
      resolve: ({ gross }, _args, { workspace }) => exactMoney(gross.toFixed(4), workspace.currency),
    }),
    net: t.field({
      type: Money,
      description: 'Revenue of the orders minus refunds: net sales.',
      select: { net: true },
      resolve: ({ net }, _args, { workspace }) => exactMoney(net.toFixed(4), workspace.currency),
    }),
    discount: t.field({
      type: Money,
      description: 'Discounts of the orders.',
      select: { discount: true },
      resolve: ({ discount }, _args, { workspace }) => exactMoney(discount.toFixed(4), workspace.currency),
    }),
    tax: t.field({
      type: Money,
      description: 'Tax of the orders. It is no part of gross and net.',
      select: { tax: true },
      resolve: ({ tax }, _args, { workspace }) => exactMoney(tax.toFixed(4), workspace.currency),
    }),
    shipping: t.field({
      type: Money,
      description: 'Shipping of the orders. It is no part of gross and net.',
      select: { shipping: true },
      resolve: ({ shipping }, _args, { workspace }) => exactMoney(shipping.toFixed(4), workspace.currency),
    }),
    anonymousOrders: t.exposeInt('anonymousOrders', {
      description:
        'Number of orders without a known customer. `orders` and the amounts leave them out, unless the file names no customer at all.',
    }),
    anonymousNet: t.field({
      type: Money,
      description: 'Revenue of the orders without a known customer, minus refunds.',
      select: { anonymousNet: true },
      resolve: ({ anonymousNet }, _args, { workspace }) => exactMoney(anonymousNet.toFixed(4), workspace.currency),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the import started.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the import ended, whether it succeeded or failed. Null while it is running.',
    }),
  }),
});

builder.queryField('importJobs', (t) =>
  t.connection(
    {
      type: ImportJob,
      description: 'The imports of the workspace, newest first.',
      authScopes: reading,
      complexity: pageCost,
      resolve: async (_root, args, ctx, info) => {
        const list = `${ctx.workspace.id}/importJobs`;
        const page = readPage(args, list);
        const { where, ...slice } = pageQuery(page, 'startedAt', 'desc', (text) => new Date(text));
        const rows = await ctx.prisma.importJob.findMany({
          ...queryFromInfo({
            context: ctx,
            info,
            paths: [['edges', 'node'], ['nodes']],
            select: { id: true, startedAt: true },
          }),
          ...slice,
          where: { workspaceId: ctx.workspace.id, ...where },
        });
        return toConnection(
          list,
          sliceOf(page, rows, (job) => [job.startedAt.toISOString(), job.id]),
        );
      },
    },
    { name: 'ImportJobConnection', description: 'A page of imports.', authScopes: reading },
    { name: 'ImportJobEdge', description: 'An import in a page.', authScopes: reading },
  ),
);
