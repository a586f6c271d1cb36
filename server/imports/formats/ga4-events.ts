import type { ProductEventKind } from '../../domain/product-events.ts';
import { foldId } from '../columns/fold.ts';
import { refuseLength, refuseWidth, reject } from './cells.ts';
import { matchColumns, optional, required } from './columns.ts';
import type { CellReader, EventLine, Format, LeftOut, Rejection } from './format.ts';

const COLUMNS = {
  kind: required('event name'),
  at: required('event timestamp'),
  customer: optional('user id'),
  visitor: required('user pseudo id'),
  /** One product, where the export has a row for each. */
  product: optional('item id', 'items item id'),
  /** All products of the event as JSON. */
  items: optional(),
};

const KINDS: ReadonlyMap<string, ProductEventKind> = new Map([
  ['view_item', 'VIEWED'],
  ['add_to_cart', 'ADDED_TO_CART'],
]);

const NOT_SET = '(not set)';

/** Google Analytics' events as BigQuery exports them: most are no event of a product, and the purchases among them no orders. */
export const ga4Events: Format<EventLine> = {
  holds: 'events',
  recognisedBy: ['event_name', 'event_timestamp', 'user_pseudo_id'],
  columns: COLUMNS,
  syntax: 'csv',
  currency: null,
  dates: ['at'],
  expects: 'CSV with a header: event_name, event_timestamp, user_pseudo_id, and items or item_id; optionally user_id',
  isData: () => false,
  open(header, { mapping } = {}) {
    const { columns, ignored, width, value } = matchColumns(header, COLUMNS, mapping);

    function read(fields: readonly string[], { instant }: CellReader): readonly EventLine[] | Rejection | LeftOut {
      if (fields.length !== width) return refuseWidth(fields, width);
      const name = value(fields, 'kind') ?? '';
      if (name === 'purchase') return { excluded: 'PURCHASE_EVENT' };
      const kind = KINDS.get(name);
      if (kind === undefined) return { excluded: 'OTHER_EVENT' };
      const customer = value(fields, 'customer') ?? value(fields, 'visitor');
      if (customer === null) return reject('MISSING_CUSTOMER', 'neither user_id nor user_pseudo_id');
      const products = productsOf(value(fields, 'product'), value(fields, 'items'));
      if (products === null) return reject('BAD_ITEMS', 'items: expected JSON, a list of objects with item_id');
      if (products.length === 0) return reject('MISSING_PRODUCT', 'the event names no item');
      const fault = refuseLength({ header, positions: [] }, fields, [customer, ...products]);
      if (fault !== null) return fault;
      const at = instant('at', value(fields, 'at') ?? '');
      if ('reason' in at) return at;
      return products.map((product) => ({ customer: foldId(customer), product: foldId(product), kind, at }));
    }

    return { columns, ignored, cell: (fields, column) => value(fields, column as keyof typeof COLUMNS), read };
  },
};

/** @returns null where the text is no list of items. */
function productsOf(product: string | null, items: string | null): readonly string[] | null {
  if (product !== null) return product === NOT_SET ? [] : [product];
  if (items === null) return [];
  try {
    const parsed: unknown = JSON.parse(items);
    const list = Array.isArray(parsed) ? parsed : (parsed as { items?: unknown } | null)?.items;
    if (!Array.isArray(list)) return null;
    const ids = list.map((item) => (item as { item_id?: unknown } | null)?.item_id);
    return [...new Set(ids.filter((id) => id !== undefined && id !== null && id !== NOT_SET).map(String))];
  } catch {
    return null;
  }
}
