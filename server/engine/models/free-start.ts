import type { Spend } from './types.ts';

/** Below half of the smallest amount. */
const NOTHING = 4e-5;

/** The order days of customers whose first order day was free, and how many of these days were paid. */
export class FreeStarts {
  #days = 0;
  #paid = 0;

  /** @param all the order days of a customer. @param repeat the same without the first. */
  add(all: Spend, repeat: Spend): void {
    if (all.x * all.m - repeat.x * repeat.m > NOTHING) return;
    this.#days += all.x;
    if (repeat.m > 0) this.#paid += repeat.x;
  }

  /** Share of the days that were paid, in [0, 1). One more free day is added, so that a few customers prove little. */
  paidShare(): number {
    return this.#paid / (this.#days + 1);
  }
}

/**
 * What a spend model takes of a customer. Free orders are visits and no spend: who has only free ones would spend what
 * everybody does, if ever: the chance of that is the paid share of such customers, divided by the free order days seen.
 * @param all the order days of the customer. @param seen those that the model takes.
 */
export const spendSeen = (all: Spend, seen: Spend, paidShare: number): Spend =>
  all.m > 0 ? seen : { x: 0, m: 0, paying: paidShare / all.x };
