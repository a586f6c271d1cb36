import type { OrderLine } from '../formats/format.ts';
import type { PricedLine } from './priced-line.ts';
import { SpillingSorter } from './spilling-sorter.ts';

type Entry = { readonly owner: string | null } | { readonly refund: PricedLine };

export interface OwnedRefunds {
  /** Of the order that they name. */
  readonly number: string;
  readonly refunds: readonly PricedLine[];
  /** Customer of the order, null where nothing names them; undefined where the file does not have the order. */
  readonly owner: string | null | undefined;
}

/** Finds, for refunds that name an order and no customer, the order in the same file, wherever it stands there. */
export class RefundOwners {
  readonly #sorter: SpillingSorter;

  /** @param runSize Characters that are held in memory. */
  constructor(runSize: number) {
    this.#sorter = new SpillingSorter(runSize);
  }

  addOrder({ number, customer }: Pick<OrderLine, 'number' | 'customer'>): void {
    this.#add(number, { owner: customer });
  }

  addRefund(refund: PricedLine): void {
    this.#add(refund.number, { refund });
  }

  spill(): Promise<void> {
    return this.#sorter.spill();
  }

  async *sorted(): AsyncGenerator<OwnedRefunds> {
    for await (const [key, texts] of this.#sorter.sorted()) {
      const entries = texts.map((text) => JSON.parse(text) as Entry);
      const refunds = entries.flatMap((entry) => ('refund' in entry ? [entry.refund] : []));
      if (refunds.length === 0) continue;
      const owners = entries.flatMap((entry) => ('owner' in entry ? [entry.owner] : []));
      yield { number: JSON.parse(key) as string, refunds, owner: owners.find((owner) => owner !== null) ?? owners[0] };
    }
  }

  #add(number: string, entry: Entry): void {
    this.#sorter.add(JSON.stringify(number), JSON.stringify(entry));
  }
}
