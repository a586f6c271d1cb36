import type { Mention } from './gather-orders.ts';
import type { PricedLine } from './priced-line.ts';

/** What a line has of its own, by position: names would make most of the text. */
type Own = [
  at: number,
  product: string | null,
  quantity: string,
  unitPrice: string,
  takenOff: string,
  amount: string,
  discount: string,
  unitCost: string | null,
  tax: string,
  shipping: string,
];

/** What it mostly has in common with the line before. */
type Common = [
  kind: PricedLine['kind'],
  key: string,
  channel: string | null,
  country: string | null,
  name: string | null,
  email: string | null,
  paid: PricedLine['paid'],
];

const WHOLE = 17;
type Whole = readonly [...Own, ...Common];

/** A mention without what all those of its place share, and `Common` where it is that of the line before. */
export type PackedMention = Whole | Readonly<Own> | readonly [at: number];

/** @param before The line before it in its place. */
export function packed(line: PricedLine, before: PricedLine | null): PackedMention {
  const { at, product, quantity, unitPrice, takenOff, amount, discount, unitCost, tax, shipping } = line;
  if (before !== null && isLike(line, before))
    return [at, product, quantity, unitPrice, takenOff, amount, discount, unitCost, tax, shipping];
  const { kind, key, channel, country, name, email, paid } = line;
  const common: Common = [kind, key, channel, country, name, email, paid];
  return [at, product, quantity, unitPrice, takenOff, amount, discount, unitCost, tax, shipping, ...common];
}

const isLike = (line: PricedLine, other: PricedLine) =>
  line.kind === other.kind &&
  line.key === other.key &&
  line.channel === other.channel &&
  line.country === other.country &&
  line.name === other.name &&
  line.email === other.email &&
  line.paid === other.paid;

/** The mentions of one place, as `packed` has made them. */
export function unpacked(
  mentions: readonly PackedMention[],
  customer: string | null,
  number: string,
  place: number,
): Mention[] {
  let common: Whole | undefined;
  return mentions.map((mention) => {
    if (mention.length === 1) return { line: null, at: mention[0], place };
    if (mention.length === WHOLE) common = mention;
    return { line: lineOf(mention, common!, customer, number), at: mention[0], place };
  });
}

const lineOf = (own: Whole | Readonly<Own>, common: Whole, customer: string | null, number: string): PricedLine => ({
  at: own[0],
  kind: common[10],
  customer,
  number,
  key: common[11],
  product: own[1],
  quantity: own[2],
  unitPrice: own[3],
  takenOff: own[4],
  amount: own[5],
  discount: own[6],
  unitCost: own[7],
  tax: own[8],
  shipping: own[9],
  paid: common[16],
  channel: common[12],
  country: common[13],
  name: common[14],
  email: common[15],
});
