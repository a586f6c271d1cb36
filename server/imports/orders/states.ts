/** COUNTS: a sale. REFUNDED: a sale whose money went back whole. The others are no sale (yet) and are left out by name. */
export type OrderState = 'COUNTS' | 'REFUNDED' | ExcludedState;
export type ExcludedState = 'CANCELLED' | 'PENDING' | 'FAILED' | 'VOIDED' | 'TEST' | 'DRAFT' | 'NOT_AN_ORDER';

export const isExcluded = (state: OrderState): state is ExcludedState => state !== 'COUNTS' && state !== 'REFUNDED';

const named = (state: OrderState, ...names: string[]) => names.map((name) => [name, state] as const);

/** By letters and digits alone, in lower case. */
const COMMON_STATES: ReadonlyMap<string, OrderState> = new Map([
  ...named('COUNTS', 'paid', 'complete', 'completed', 'processing', 'shipped', 'fulfilled', 'delivered', 'success'),
  ...named('COUNTS', 'succeeded', 'captured', 'closed', 'settled', 'approved', 'partiallypaid', 'partiallyrefunded'),
  ...named('COUNTS', 'partiallyfulfilled', 'partiallyshipped', 'awaitingfulfillment', 'awaitingshipment', 'invoiced'),
  ...named('COUNTS', 'awaitingpickup', 'readyforpickup', 'dispatched', 'archived', 'live', 'sale', 'order', 'payment'),
  ...named('REFUNDED', 'refunded', 'fullyrefunded', 'returned', 'chargeback', 'chargedback'),
  ...named('CANCELLED', 'cancelled', 'canceled', 'cancellation', 'storniert'),
  ...named('PENDING', 'pending', 'pendingpayment', 'awaitingpayment', 'onhold', 'authorized', 'authorised', 'unpaid'),
  ...named('PENDING', 'open', 'incomplete', 'new', 'holded', 'paymentreview', 'requirespaymentmethod', 'checkoutdraft'),
  ...named('FAILED', 'failed', 'declined', 'denied', 'expired', 'rejected', 'abandoned', 'blocked', 'suspectedfraud'),
  ...named('VOIDED', 'voided', 'void', 'deleted', 'trash'),
  ...named('TEST', 'test', 'testmode', 'sandbox'),
  ...named('DRAFT', 'draft', 'quote'),
]);

/** What all spellings of a state have in common: its letters and digits or, of a mark such as ✓, the mark. */
export const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') || text;

/** Rows by state: spellings of one state are one, under the first of them. */
export function rowsOfStates(spellings: readonly (readonly [state: string, rows: number])[]): [string, number][] {
  const states = new Map<string, [string, number]>();
  for (const [spelling, rows] of spellings) {
    const letters = lettersOf(spelling);
    const [state, before] = states.get(letters) ?? [spelling, 0];
    states.set(letters, [state, before + rows]);
  }
  return [...states.values()];
}

/** A function from a state as the file writes it to what it means; undefined for one that is not known. */
export function stateReader(own: Readonly<Record<string, OrderState>> = {}): (text: string) => OrderState | undefined {
  const ofSource = new Map(Object.entries(own).map(([name, state]) => [lettersOf(name), state]));
  const seen = new Map<string, OrderState | undefined>();
  return (text) => {
    if (!seen.has(text)) {
      const letters = lettersOf(text);
      seen.set(text, ofSource.get(letters) ?? COMMON_STATES.get(letters));
    }
    return seen.get(text);
  };
}
