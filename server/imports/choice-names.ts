import { CAMPAIGN_KINDS, type CampaignKind } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import type { OrderRules } from './orders/order-rules.ts';
import type { OrderState } from './orders/states.ts';

/** What amounts are of, by the name that whoever imports gives it. */
export const AMOUNTS = { line: 'LINES', order: 'ORDER', none: 'NONE' } as const satisfies Record<
  string,
  OrderRules['amounts']
>;

export type AmountsName = keyof typeof AMOUNTS;

/** What a state of an order means, by the name that whoever imports gives it. */
export const STATES = {
  paid: 'COUNTS',
  refunded: 'REFUNDED',
  cancelled: 'CANCELLED',
  pending: 'PENDING',
  failed: 'FAILED',
  test: 'TEST',
} as const satisfies Record<string, OrderState>;

/** undefined where the text is none of the names. */
export const stateNamed = (text: string): OrderState | undefined =>
  new Map<string, OrderState>(Object.entries(STATES)).get(text.toLowerCase());

/** What a campaign is for, by the name that whoever imports gives it: `win-back`. */
export const KINDS: Readonly<Record<string, CampaignKind>> = Object.fromEntries(
  CAMPAIGN_KINDS.map((kind) => [kind.toLowerCase().replaceAll('_', '-'), kind]),
);

/** The name that whoever imports gives a value. */
export const nameOfChoice = <Value>(names: Readonly<Record<string, Value>>, value: Value): string | undefined =>
  Object.keys(names).find((name) => names[name] === value);

/**
 * What is chosen name by name, such as headers of columns; undefined where nothing is.
 * @param letters What two names of one thing have in common.
 * @throws DomainError BAD_CHOICE where a name is chosen twice.
 */
export function byName<Value>(
  entries: readonly (readonly [name: string, value: Value])[],
  field: string,
  letters = (name: string) => name,
): Readonly<Record<string, Value>> | undefined {
  const names = entries.map(([name]) => letters(name));
  const twice = entries.find(([name], position) => names.indexOf(letters(name)) !== position)?.[0];
  if (twice !== undefined)
    throw new DomainError('BAD_CHOICE', `"${twice}" is chosen twice: expected each name once`, [field]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
