import { foldId } from '../columns/fold.ts';
import { ORDER_COLUMNS } from '../orders/order-columns.ts';
import { plain, refuseCurrency, refuseLength, refuseWidth, reject, YES_OR_NO } from './cells.ts';
import { matchColumns, optional, required } from './columns.ts';
import type { CellReader, Format, ProductLine, Rejection } from './format.ts';

const COLUMNS = {
  product: required(...ORDER_COLUMNS.product.aliases, 'id'),
  name: optional('product name', 'title', ...ORDER_COLUMNS['product name'].aliases),
  category: optional(...ORDER_COLUMNS.category.aliases, 'categories', 'google product category'),
  price: optional('unit price', 'list price', 'selling price', 'retail price', 'item price', 'regular price'),
  'unit cost': optional(...ORDER_COLUMNS['unit cost'].aliases, 'cost of goods sold'),
  'in stock': optional(
    'stock',
    'stock quantity',
    'stock level',
    'inventory',
    'inventory quantity',
    'availability',
    'qty',
  ),
  excluded: optional('exclude', 'is excluded', 'not recommended'),
  currency: ORDER_COLUMNS.currency,
};

const STOCK: ReadonlyMap<string, boolean> = new Map([
  ...YES_OR_NO,
  ['in stock', true],
  ['available', true],
  ['available for order', true],
  ['preorder', true],
  ['backorder', true],
  ['out of stock', false],
  ['sold out', false],
  ['discontinued', false],
]);

/** undefined where the text is neither. */
const stockOf = (text: string): boolean | undefined =>
  /^[+-]?\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) > 0 : STOCK.get(plain(text));

function priceIn(column: string, text: string | null, { amount }: CellReader): string | null | Rejection {
  const price = text === null ? null : amount(column, text);
  if (typeof price !== 'string' || !price.startsWith('-')) return price;
  return reject('BAD_NUMBER', `${column} "${text}": expected a price of 0 or more`);
}

/** The currency that a price names by its code, as `12.50 EUR` does; signs may mean several. */
const codeIn = (price: string | null): string | null => /\b[A-Z]{3}\b/.exec(price ?? '')?.[0] ?? null;

/** The shop's catalogue: what recommendations need to know of products beyond their orders. */
export const products: Format<ProductLine> = {
  holds: 'products',
  columns: COLUMNS,
  syntax: 'csv',
  currency: null,
  amounts: ['price', 'unit cost'],
  expects:
    'CSV with a header: product, and optionally name, category, price, unit cost, stock (a number, yes or no), excluded (yes or no), currency; what is absent or empty stays as it is',
  isData: () => false,
  open(header, { mapping } = {}) {
    const { columns, ignored, width, positions, value } = matchColumns(header, COLUMNS, mapping);

    function read(fields: readonly string[], cells: CellReader): ProductLine | Rejection {
      if (fields.length !== width) return refuseWidth(fields, width);
      const product = value(fields, 'product');
      if (product === null) return reject('MISSING_PRODUCT', 'the product is empty');
      const price = priceIn('price', value(fields, 'price'), cells);
      if (typeof price === 'object' && price !== null) return price;
      const unitCost = priceIn('unit cost', value(fields, 'unit cost'), cells);
      if (typeof unitCost === 'object' && unitCost !== null) return unitCost;
      const currency = value(fields, 'currency')?.toUpperCase() ?? codeIn(value(fields, 'price'));
      const fault = refuseLength({ header, positions }, fields, [product]) ?? refuseCurrency(currency);
      if (fault !== null) return fault;
      const stock = value(fields, 'in stock');
      const isInStock = stock === null ? null : stockOf(stock);
      if (isInStock === undefined) {
        return reject('BAD_STOCK', `"${stock}": expected a number, yes, no, in stock or out of stock`);
      }
      const excluded = value(fields, 'excluded');
      const isExcluded = excluded === null ? null : YES_OR_NO.get(plain(excluded));
      if (isExcluded === undefined) return reject('BAD_EXCLUDED', `"${excluded}": expected yes or no`);
      return {
        product: foldId(product),
        name: value(fields, 'name'),
        category: value(fields, 'category'),
        price,
        unitCost,
        isInStock,
        isExcluded,
        currency,
      };
    }

    return { columns, ignored, cell: (fields, column) => value(fields, column as keyof typeof COLUMNS), read };
  },
};
