import type { Mention } from './gather-orders.ts';
import type { PricedLine } from './priced-line.ts';

/** A mention without what all those of its place share, by position: names would make most of the text. */
type Packed = readonly [
  at: number,
  kind: PricedLine['kind'],
  key: string,
  product: string | null,
  quantity: string,
  unitPrice: string,
  takenOff: string,
  amount: string,
  discount: string,
  unitCost: string | null,
  tax: string,
  shipping: string,
  paid: PricedLine['paid'],
  channel: string | null,
  country: string | null,
  name: string | null,
  email: string | null,
];

export type PackedMention = Packed | readonly [at: number];

export const packed = (line: PricedLine): Packed => [
  line.at,
  line.kind,
  line.key,
  line.product,
  line.quantity,
  line.unitPrice,
  line.takenOff,
  line.amount,
  line.discount,
  line.unitCost,
  line.tax,
  line.shipping,
  line.paid,
  line.channel,
  line.country,
  line.name,
  line.email,
];

export function unpacked(mention: PackedMention, customer: string | null, number: string, place: number): Mention {
  const at = mention[0];
  if (mention.length === 1) return { line: null, at, place };
  const line: PricedLine = {
    at,
    kind: mention[1],
    customer,
    number,
    key: mention[2],
    product: mention[3],
    quantity: mention[4],
    unitPrice: mention[5],
    takenOff: mention[6],
    amount: mention[7],
    discount: mention[8],
    unitCost: mention[9],
    tax: mention[10],
    shipping: mention[11],
    paid: mention[12],
    channel: mention[13],
    country: mention[14],
    name: mention[15],
    email: mention[16],
  };
  return { line, at, place };
}
