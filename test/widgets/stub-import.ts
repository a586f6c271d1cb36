import type { Figures, Job, Known, Preview, Report } from '../../widgets/import/import.data.ts';

const column = (name: string, header: string | null, isRequired = false) => ({ name, header, isRequired });

/** A file of orders that was recognised. */
export function importPreview(changes: Partial<Preview> = {}): Preview {
  return {
    header: ['Name', 'Email', 'Paid at', 'Total', 'Notes'],
    rows: [
      ['#1001', 'ann@example.com', '2026-05-03 10:00', '20.00', ''],
      ['#1002', 'bob@example.com', '2026-05-04 11:00', '7.50', 'gift'],
    ],
    source: 'shopify-orders',
    sourceTitle: 'Shopify orders',
    holds: 'ORDERS',
    profile: null,
    layout: { encoding: 'utf-8', delimiter: ',', isCompressed: false, sheet: null, otherSheets: [] },
    columns: [
      column('order', 'Name', true),
      column('placed at', 'Paid at', true),
      column('customer', null),
      column('email', 'Email'),
      column('order total', 'Total'),
      column('channel', null),
      column('country', null),
    ],
    readings: [{ column: 'placed at', reading: 'year first', evidence: '2026-05-03 10:00' }],
    refusal: null,
    ...changes,
  };
}

export const refusedFor = (code: string, field: string[] = [], values: string[] = []): Preview =>
  importPreview({ refusal: { code, message: `refused: ${code}`, field, values } });

export const KNOWN: Known = {
  workspace: { revenue: 'NET_SALES' },
  importProfiles: [{ name: 'our shop' }],
  importSources: [
    { name: 'shopify-orders', title: 'Shopify orders', holds: 'ORDERS' },
    { name: 'orders', title: 'orders with common column names', holds: 'ORDERS' },
    { name: 'products', title: 'product catalogue', holds: 'PRODUCTS' },
    { name: 'campaign', title: 'campaign recipients', holds: 'EXPOSURES' },
  ],
};

/** What the file comes to. */
export function importFigures(changes: Partial<Figures> = {}): Figures {
  return {
    accepted: 8,
    rejected: [{ reason: 'BAD_DATE', count: 2 }],
    excluded: [{ state: 'CANCELLED', count: 1 }],
    warnings: [{ code: 'DUPLICATE_ROWS', count: 2, amount: { amount: '15.00', currency: 'EUR' } }],
    customers: 3,
    products: 4,
    orders: 5,
    refunds: 2,
    gross: { amount: '202.50', currency: 'EUR' },
    discount: { amount: '10.00' },
    net: { amount: '132.50' },
    tax: { amount: '19.00' },
    shipping: { amount: '5.00' },
    anonymousOrders: 1,
    anonymousNet: { amount: '7.50' },
    ...changes,
  };
}

export const importReport = (): Report => ({ ...importFigures(), rows: 11 });

export function importJob(changes: Partial<Job> = {}): Job {
  return {
    ...importFigures(),
    id: 'id of import',
    fileName: 'orders.csv',
    source: 'shopify-orders',
    status: 'DONE',
    reason: null,
    rows: 11,
    progress: 1,
    rejectedRows: {
      nodes: [{ lineNo: 3, reason: 'BAD_DATE', detail: 'date "never"', raw: '#1003,eve@example.com,never,5' }],
    },
    rejectedRowsPath: '/imports/1/rejects.csv',
    ...changes,
  };
}

/** A file that is recognised and imported at once; one was imported before. */
export function importAnswer(operation: string): unknown {
  const last = { id: 'id of last', fileName: 'april.csv', startedAt: '2026-05-02T08:00:00Z' };
  const answers: Readonly<Record<string, unknown>> = {
    Import: { ...KNOWN, importJobs: { nodes: [last] } },
    ImportPreview: { importPreview: importPreview() },
    ImportReport: { importPreview: { report: importReport() } },
    StartImport: { startImport: { __typename: 'StartedImport', job: importJob() } },
    ImportProgress: { node: importJob() },
  };
  return answers[operation];
}
