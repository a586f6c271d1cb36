import type pg from 'pg';

import { type Columns, columnNames, columnsOf, insertion } from '../../store/sql/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { LineRow } from './order-batch.ts';

interface OrderLines {
  readonly customerId: string;
  readonly id: string;
  readonly lines: readonly LineRow[];
}

interface KeyedLine extends LineRow {
  readonly customerId: string;
  readonly orderId: string;
  readonly lineNo: number;
}

const LINE: Columns<KeyedLine> = {
  customerId: { repeated: 'uuid' },
  orderId: { repeated: 'uuid' },
  lineNo: 'int',
  productId: { repeated: 'uuid' },
  quantity: 'numeric',
  unitPrice: 'numeric',
  discount: 'numeric',
  unitCost: 'numeric',
};
const LINE_VALUES = columnNames(LINE, ['customer_id', 'order_id', 'line_no']);

const keyed = (orders: readonly OrderLines[]): KeyedLine[] =>
  orders.flatMap(({ customerId, id, lines }) =>
    lines.map((line, index) => ({ customerId, orderId: id, lineNo: index + 1, ...line })),
  );

/** Lines of orders that were not there before: there is nothing to compare them with. */
export async function insertLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  orders: readonly OrderLines[],
): Promise<void> {
  const lines = keyed(orders);
  if (lines.length > 0) await tx.query(insertion('order_line', { workspace_id: workspaceId }, LINE, lines));
}

/** @returns Customers of lines that are new or have changed. */
export async function upsertLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  orders: readonly OrderLines[],
): Promise<readonly string[]> {
  const lines = keyed(orders);
  if (lines.length === 0) return [];
  const found = columnsOf('excluded', LINE_VALUES);
  const { text, values } = insertion(
    'order_line as l',
    { workspace_id: workspaceId },
    LINE,
    lines,
    `on conflict (customer_id, order_id, line_no) do update set (${LINE_VALUES.join(', ')}) = (${found})
       where (${columnsOf('l', LINE_VALUES)}) is distinct from (${found})
     returning customer_id`,
  );
  const { rows } = await tx.query<{ customer_id: string }>(
    `with written as (${text}) select distinct customer_id from written`,
    values,
  );
  return rows.map(({ customer_id }) => customer_id);
}
