import { queryFromInfo } from '@pothos/plugin-prisma';
import { exactMoney } from '../../server/domain/money.ts';
import { readPage, sliceOf } from '../../server/domain/page.ts';
import type { RejectedRow as RejectedRowShape } from '../../server/imports/data/rejected-rows.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost } from '../cost.ts';
import { Money } from '../money.ts';
import { pageQuery } from '../page-query.ts';

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

const RejectedCount = builder
  .objectRef<{ readonly reason: string; readonly count: number }>('RejectedCount')
  .implement({
    description: 'Rows of an import that were rejected for the same reason.',
    authScopes: reading,
    fields: (t) => ({
      reason: t.exposeString('reason', { description: 'Reason, a stable identifier for programs.' }),
      count: t.exposeInt('count', { description: 'Number of rows.' }),
    }),
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

const ImportJob = builder.prismaNode('ImportJob', {
  description: 'One import of a file.',
  authScopes: reading,
  nullable: true,
  select: { id: true },
  id: { resolve: (job) => job.id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    fileName: t.exposeString('fileName', { description: 'Name of the file.' }),
    format: t.exposeString('source', { description: 'Format that it was read as, such as "orders".' }),
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
    rows: t.exposeInt('rows', { description: 'Number of rows read.' }),
    accepted: t.exposeInt('accepted', { description: 'Number of rows stored.' }),
    rejected: t.field({
      type: [RejectedCount],
      description: 'Number of rejected rows by reason, most frequent first.',
      select: { rejected: true },
      resolve: ({ rejected }) =>
        Object.entries(rejected as Record<string, number>)
          .map(([reason, count]) => ({ reason, count }))
          .sort((a, b) => b.count - a.count),
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
      description: 'Revenue of the orders, before refunds.',
      select: { gross: true },
      resolve: ({ gross }, _args, { workspace }) => exactMoney(gross.toFixed(4), workspace.currency),
    }),
    net: t.field({
      type: Money,
      description: 'Revenue of the orders minus refunds.',
      select: { net: true },
      resolve: ({ net }, _args, { workspace }) => exactMoney(net.toFixed(4), workspace.currency),
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
