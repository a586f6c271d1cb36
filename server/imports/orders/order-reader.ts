import { reject } from '../formats/cells.ts';
import type { MatchedColumns } from '../formats/columns.ts';
import { isRejection, type OrderLine, type Outcome } from '../formats/format.ts';
import type { OrderProfile } from '../profiles/profile.ts';
import type { Row } from '../reading/table.ts';
import type { OrderColumn } from './order-columns.ts';
import { readGroup } from './order-group.ts';
import type { OrderRow } from './order-row.ts';
import type { OrderRules } from './order-rules.ts';
import { type OrderSpelling, rowReader } from './row-reader.ts';

/** Rows of one order that are held at once; more of them are stored in parts. */
const MOST_ROWS = 20_000;
const NO_ORDER = reject('MISSING_ORDER', 'the order number is empty, and the row continues no order above');

/** Puts the rows of an order together, which follow each other in the file, and reads them as one. */
export function orderReader(
  columns: MatchedColumns<OrderColumn>,
  profile: OrderProfile,
  spelling: OrderSpelling,
  rules: OrderRules,
) {
  const readRow = rowReader(columns, profile, spelling);
  let group: OrderRow[] = [];

  function* end(): Generator<Outcome<OrderLine>> {
    if (group.length > 0) yield* readGroup(group, rules);
    group = [];
  }

  function* read(row: Row): Generator<Outcome<OrderLine>> {
    if (profile.remarks?.test(row.raw)) {
      yield { row, excluded: 'NOT_AN_ORDER' };
      return;
    }
    const next = readRow(row);
    if (isRejection(next)) {
      yield { row, rejection: next };
      return;
    }
    const [first] = group;
    const isSame =
      first !== undefined &&
      (next.number ?? first.number) === first.number &&
      (next.customer ?? first.customer) === first.customer;
    if (!isSame && next.number === null) {
      yield { row, rejection: NO_ORDER };
      return;
    }
    if (!isSame || group.length >= MOST_ROWS) yield* end();
    group.push(next.number === null ? { ...next, number: first!.number } : next);
  }

  return { read, end };
}
