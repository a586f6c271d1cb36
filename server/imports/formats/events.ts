import type { ProductEventKind } from '../../domain/product-events.ts';
import { foldId } from '../columns/fold.ts';
import { ORDER_COLUMNS } from '../orders/order-columns.ts';
import { refuseLength, refuseWidth, reject } from './cells.ts';
import { matchColumns, required } from './columns.ts';
import type { CellReader, EventLine, Format, LeftOut, Rejection } from './format.ts';

const COLUMNS = {
  customer: required(...ORDER_COLUMNS.customer.aliases, 'visitor id', 'person id'),
  product: required(...ORDER_COLUMNS.product.aliases, 'content id'),
  kind: required('event', 'event type', 'event name', 'event kind', 'type', 'action'),
  at: required('timestamp', 'time', 'date', 'event time', 'occurred at', 'created at', 'event timestamp', 'event date'),
};

/** Letters alone identify the names of a kind. */
const named = (kind: ProductEventKind, ...names: string[]) => names.map((name) => [name, kind] as const);

const KINDS: ReadonlyMap<string, ProductEventKind> = new Map([
  ...named('VIEWED', 'view', 'views', 'viewed', 'viewitem', 'viewcontent', 'viewproduct', 'viewedproduct'),
  ...named('VIEWED', 'productview', 'productviewed', 'itemview', 'itemviewed', 'pageview', 'pageviewed', 'detailview'),
  ...named('ADDED_TO_CART', 'cart', 'addtocart', 'addedtocart', 'addcart', 'cartadd', 'producttocart', 'productadded'),
  ...named('ADDED_TO_CART', 'basket', 'addtobasket', 'addedtobasket', 'addtobag', 'addedtobag', 'bag'),
]);

const PURCHASE =
  /^(product)?(purchased?|buy|bought|order(ed|placed|completed|paid)?|placedorder|completedorder|transaction|checkout|checkoutcompleted|sale|sold)$/;

/** The opposite of an event that counts: no interest is taken back by it. */
const REMOVAL = /^(product)?remove[ds]?(item)?(from)?(cart|basket|bag)?$/;

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** What customers looked at and put into the cart. Purchases come as orders, which know their amounts and refunds. */
export const events: Format<EventLine> = {
  holds: 'events',
  columns: COLUMNS,
  syntax: 'csv',
  currency: null,
  dates: ['at'],
  expects: 'CSV with a header: customer, product, kind (viewed or added to cart), at',
  isData: () => false,
  open(header, { mapping } = {}) {
    const { columns, ignored, width, positions, value } = matchColumns(header, COLUMNS, mapping);

    function read(fields: readonly string[], { instant }: CellReader): EventLine | Rejection | LeftOut {
      if (fields.length !== width) return refuseWidth(fields, width);
      const customer = value(fields, 'customer');
      if (customer === null) return reject('MISSING_CUSTOMER', 'the customer is empty');
      const product = value(fields, 'product');
      if (product === null) return reject('MISSING_PRODUCT', 'the product is empty');
      const tooLong = refuseLength({ header, positions }, fields, [customer, product]);
      if (tooLong !== null) return tooLong;
      const name = value(fields, 'kind') ?? '';
      const letters = lettersOf(name);
      if (PURCHASE.test(letters)) {
        return reject('PURCHASE_EVENT', `"${name}": purchases are imported as orders, with --format orders`);
      }
      if (REMOVAL.test(letters)) return { excluded: 'REMOVED_FROM_CART' };
      const kind = KINDS.get(letters);
      if (kind === undefined) {
        return reject('UNKNOWN_KIND', `"${name}": expected viewed or added to cart, or a common name of these`);
      }
      const time = value(fields, 'at') ?? '';
      const at = instant('at', time);
      return 'reason' in at ? at : { customer: foldId(customer), product: foldId(product), kind, at };
    }

    return { columns, ignored, cell: (fields, column) => value(fields, column as keyof typeof COLUMNS), read };
  },
};
