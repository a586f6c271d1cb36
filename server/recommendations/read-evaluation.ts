import { dayOfNumber } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import type { Task } from '../engine/recommenders/evaluation/evaluate.ts';
import { holdOut, judged } from '../engine/recommenders/evaluation/hold-out.ts';
import { topFrequency } from '../engine/recommenders/evaluation/top-frequency.ts';
import { BASKETS_EXPECT, basketColumns, readBaskets } from '../imports/formats/baskets.ts';
import type { OrderLine, Outcome } from '../imports/formats/format.ts';
import { readSequences, SEQUENCES_EXPECT } from '../imports/formats/sequences.ts';
import { matchProfile } from '../imports/profiles/match-profile.ts';
import { openOrders } from '../imports/profiles/order-format.ts';
import { onlineRetail } from '../imports/profiles/shops/online-retail.ts';
import { orders } from '../imports/profiles/shops/orders.ts';
import { openTable } from '../imports/reading/open-table.ts';
import { interactionsFrom, itemSets, numbered, type Purchase } from './number-purchases.ts';

/** Kinds of files that recommenders can be compared on, with what each looks like. */
export const EVALUATION_FORMATS = {
  orders: `CSV: ${orders.title}`,
  'online-retail': `CSV: ${onlineRetail.title}`,
  baskets: BASKETS_EXPECT,
  sequence: SEQUENCES_EXPECT,
} as const;

export type EvaluationFormat = keyof typeof EVALUATION_FORMATS;

export const HOLDOUT_DAYS = 28;

export interface EvaluationInput {
  readonly path: string;
  readonly testPath?: string;
  /** Read from the first row where it is absent. */
  readonly format?: EvaluationFormat;
  readonly holdoutDays?: number;
}

export interface EvaluationData extends Task {
  readonly format: EvaluationFormat;
  /** What is held out, in a sentence. */
  readonly protocol: string;
  /** Of the ages. */
  readonly unit: 'days' | 'orders' | 'items';
  /** How much at the end is held out, in the unit; 0 where the split is given. */
  readonly horizon: number;
  /** Rows that could not be taken, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** Reads a file into purchases to learn from and purchases to be judged by. @throws DomainError saying what is accepted. */
export async function readEvaluation(input: EvaluationInput): Promise<EvaluationData> {
  const format = input.format ?? (input.testPath === undefined ? await formatOf(input.path) : 'sequence');
  const isDated = format === 'orders' || format === 'online-retail';
  if (input.testPath !== undefined && format !== 'sequence')
    throw new DomainError('BAD_OPTION', `a test file goes with the format sequence, not ${format}`, ['test']);
  if (input.holdoutDays !== undefined && !isDated)
    throw new DomainError('BAD_OPTION', `days are held out of orders; the format ${format} has no dates`, [
      'holdoutDays',
    ]);
  const data = isDated
    ? await datedOrders(input.path, format, input.holdoutDays ?? HOLDOUT_DAYS)
    : format === 'baskets'
      ? await baskets(input.path)
      : await sequences(input.path, input.testPath);
  if (judged(data.split).length > 0) return data;
  throw new DomainError('NOTHING_TO_JUDGE', `no user can be measured: ${data.protocol}; no user has both`, ['file']);
}

/** @throws DomainError when the first row is of none of the formats. */
async function formatOf(path: string): Promise<EvaluationFormat> {
  const { first: header, layout } = await openTable(path);
  const isOf = (open: (header: readonly string[]) => unknown) => {
    try {
      open(header);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
  if (isOf(basketColumns)) return 'baskets';
  if (header.some((name) => /^stock ?code$/i.test(name)) && isOf((first) => matchProfile(first, onlineRetail)))
    return 'online-retail';
  if (isOf((first) => matchProfile(first, orders))) return 'orders';
  const raw = header.join(layout.delimiter ?? ' ');
  if (!/[,;"]/.test(raw) && raw.trim().split(/\s+/).length > 1) return 'sequence';
  const accepted = Object.entries(EVALUATION_FORMATS).map(([name, expects]) => `\n  ${name}: ${expects}`);
  throw new DomainError('WRONG_FORMAT', `the first row is "${raw.slice(0, 80)}": expected one of${accepted.join('')}`, [
    'format',
  ]);
}

async function datedOrders(path: string, format: 'orders' | 'online-retail', horizon: number): Promise<EvaluationData> {
  const rejected: Record<string, number> = {};
  const bought = new Map<string, Omit<Purchase, 'age'> & { readonly day: number }>();
  const countries = new Map<string, string>();
  const table = await openTable(path);
  const profile = { ...(format === 'orders' ? orders : onlineRetail), needsCustomer: true };
  const file = await openOrders(table, profile, {
    timeZone: 'UTC',
    amounts: 'NONE',
  });
  const take = (outcomes: Iterable<Outcome<OrderLine>>) => {
    for (const outcome of outcomes) {
      if ('rejection' in outcome) {
        const { reason } = outcome.rejection;
        rejected[reason] = (rejected[reason] ?? 0) + 1;
      } else if ('lines' in outcome) outcome.lines.forEach(note);
    }
  };
  for await (const row of table.rows()) take(file.read(row));
  take(file.end());

  function note(line: OrderLine): void {
    if (line.kind === 'refund' || line.product === null || line.customer === null) return;
    const day = Math.floor(line.at.getTime() / 86_400_000);
    const [user, item] = [line.customer, line.product.id];
    bought.set(JSON.stringify([user, item, day]), { user, item, day });
    if (line.country !== null) countries.set(user, line.country);
  }
  if (bought.size === 0)
    throw new DomainError(
      'NO_PURCHASES',
      `${path} has no purchase of a product: expected ${EVALUATION_FORMATS[format]}`,
      ['file'],
    );
  const all = [...bought.values()];
  const last = all.reduce((latest, { day }) => Math.max(latest, day), 0);
  const users = numbered(all.map(({ user }) => user));
  const items = numbered(all.map(({ item }) => item));
  const groups = numbered(countries.values());
  const group = Array.from(users.keys(), (user) => (groups.get(countries.get(user) ?? '') ?? -1) + 1);
  const purchases = all.map(({ user, item, day }) => ({ user, item, age: last - day }));
  const until = dayOfNumber(last - horizon);
  return {
    format,
    protocol: `learned from purchases until ${until}, judged by those of the ${horizon} days after, repeats included`,
    unit: 'days',
    horizon,
    innerHorizon: horizon,
    isMasked: false,
    baselines: [],
    rejected,
    split: holdOut(interactionsFrom(purchases, users, items, group), horizon),
  };
}

async function baskets(path: string): Promise<EvaluationData> {
  const lines = (await readBaskets(path)).sort((a, b) => a.order - b.order);
  const users = numbered(lines.map(({ user }) => user));
  const items = numbered(lines.map(({ item }) => item));
  const orders = new Map<string, Set<number>>();
  for (const { user, order, isFuture } of lines) {
    const own = orders.get(user) ?? new Set();
    orders.set(user, isFuture ? own : own.add(order));
  }
  const age = new Map<string, ReadonlyMap<number, number>>();
  for (const [user, own] of orders) {
    const newestFirst = [...own].sort((a, b) => b - a);
    age.set(user, new Map(newestFirst.map((order, since) => [order, since])));
  }
  const past = new Map<string, Purchase>();
  for (const { user, item, order, isFuture } of lines)
    if (!isFuture) past.set(JSON.stringify([user, order, item]), { user, item, age: age.get(user)!.get(order)! });
  const inOrder: number[][] = Array.from(users, () => []);
  for (const { user, item } of past.values()) inOrder[users.get(user)!]!.push(items.get(item)!);
  return {
    format: 'baskets',
    protocol: 'learned from the baskets of the history, judged by the future one, repeats included',
    unit: 'orders',
    horizon: 1,
    innerHorizon: 1,
    isMasked: false,
    baselines: topFrequency(inOrder, items.size),
    rejected: {},
    split: {
      seen: interactionsFrom(past.values(), users, items),
      bought: itemSets(
        lines.filter(({ isFuture }) => isFuture),
        users,
        items,
      ),
    },
  };
}

async function sequences(path: string, testPath?: string): Promise<EvaluationData> {
  const train = await readSequences(path);
  const test = testPath === undefined ? new Map<string, readonly string[]>() : await readSequences(testPath);
  const users = numbered([...train.keys(), ...test.keys()]);
  const items = numbered([...train.values(), ...test.values()].flat());
  const isGiven = testPath !== undefined;
  function* history(): Generator<Purchase> {
    for (const [user, own] of train)
      for (const [i, item] of own.entries()) yield { user, item, age: isGiven ? 0 : own.length - 1 - i };
  }
  function* afterwards() {
    for (const [user, own] of test) for (const item of own) yield { user, item };
  }
  const seen = interactionsFrom(history(), users, items);
  return {
    format: 'sequence',
    protocol: `learned from ${isGiven ? 'the first file, judged by the test file' : 'all but the last item of each user, judged by that'}, seen items left out of the lists`,
    unit: 'items',
    horizon: isGiven ? 0 : 1,
    innerHorizon: isGiven ? null : 1,
    isMasked: true,
    baselines: [],
    rejected: {},
    split: isGiven ? { seen, bought: itemSets(afterwards(), users, items) } : holdOut(seen, 1),
  };
}
