import { DomainError } from '../../domain/errors.ts';
import { dateReader } from '../columns/dates.ts';
import { refuseDate } from './cells.ts';
import type { Format, OrderLine, Rejection } from './format.ts';

const EXPECTS =
  'the CDNOW text file: customer id, date as YYYYMMDD, number of CDs, dollars, parted by blanks; in the sample a sample id follows the customer id';

const isData = (fields: readonly string[]) =>
  (fields.length === 4 || fields.length === 5) && fields.every((field) => /^\d+(\.\d+)?$/.test(field));

/** Fader and Hardie's CDNOW purchases, master (4 columns) or sample (5, whose own id counts). Every row is an order of one line. */
export const cdnow: Format<OrderLine> = {
  holds: 'orders',
  columns: {},
  syntax: 'words',
  currency: 'USD',
  expects: EXPECTS,
  isData,
  open(first) {
    if (!isData(first) && first[0] !== 'customer_id') {
      throw new DomainError('WRONG_FORMAT', `the first row is "${first.join(' ').slice(0, 80)}": expected ${EXPECTS}`, [
        'format',
      ]);
    }
    const dayStart = dateReader({ order: 'YMD' }, 'UTC');
    const ordersOfDay = new Map<string, number>();

    function read(fields: readonly string[]): OrderLine | Rejection {
      if (!isData(fields)) return { reason: 'WRONG_COLUMNS', detail: `expected ${EXPECTS}` };
      const [customer, day, , dollars] = fields.slice(-4) as [string, string, string, string];
      const at = dayStart(day);
      if (typeof at === 'string') return refuseDate(at, day);
      // Orders have no number in this file: the n-th of a customer's day.
      const nth = (ordersOfDay.get(`${customer} ${day}`) ?? 0) + 1;
      ordersOfDay.set(`${customer} ${day}`, nth);
      const number = `${day}-${nth}`;
      return {
        kind: 'order',
        customer,
        number,
        key: number,
        at,
        product: null,
        quantity: '1',
        unitPrice: dollars,
        total: null,
        discount: '0',
        unitCost: null,
        tax: '0',
        shipping: '0',
        currency: null,
        converted: null,
        channel: null,
        country: null,
        name: null,
        email: null,
      };
    }

    const columns = ['customer', 'placed at', 'number of CDs (not used)', 'amount'].map((column) => ({
      column,
      header: column,
    }));
    return { columns, ignored: [], read };
  },
};
