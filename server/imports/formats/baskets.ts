import { DomainError } from '../../domain/errors.ts';
import { openTable } from '../reading/open-table.ts';
import { type ColumnSpec, matchColumns, required } from './columns.ts';

/** One item of one of a user's baskets. */
export interface BasketLine {
  readonly user: string;
  /** Whether it is of the basket that is to be foretold. */
  readonly isFuture: boolean;
  /** Baskets of a user in order of time. */
  readonly order: number;
  readonly item: string;
}

export const BASKETS_EXPECT = 'CSV with the columns user_id, split (history or future), order_number, item_id';

const COLUMNS = {
  user_id: required('user', 'customer', 'customer id'),
  split: required('part'),
  order_number: required('order', 'order no'),
  item_id: required('item', 'product', 'product id'),
} satisfies Record<string, ColumnSpec>;

/** @throws DomainError when the header is not that of a file of baskets. */
export const basketColumns = (header: readonly string[]) => matchColumns(header, COLUMNS);

/** @throws DomainError naming the line that is not of the format. */
export async function readBaskets(path: string): Promise<BasketLine[]> {
  const lines: BasketLine[] = [];
  const table = await openTable(path);
  const columns = basketColumns(table.first);
  for await (const { line, raw, fields } of table.rows()) {
    const text = (column: keyof typeof COLUMNS) => columns.value(fields ?? [], column);
    const [user, split, order, item] = [text('user_id'), text('split'), text('order_number'), text('item_id')];
    const isKnown = split === 'history' || split === 'future';
    if (user === null || item === null || !isKnown || order === null || !/^\d{1,9}$/.test(order))
      throw new DomainError('WRONG_ROW', `${path}, line ${line}: "${raw.slice(0, 80)}": expected ${BASKETS_EXPECT}`, [
        'file',
      ]);
    lines.push({ user, isFuture: split === 'future', order: Number(order), item });
  }
  return lines;
}
