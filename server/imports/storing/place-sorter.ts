import { anonymousName, customerId } from '../../domain/ids.ts';
import type { OrderLine } from '../formats/format.ts';
import { remembered } from '../remembered.ts';
import type { Mention } from './gather-orders.ts';
import { type PackedMention, packed, unpacked } from './packed-mention.ts';
import type { PricedLine } from './priced-line.ts';
import { SpillingSorter } from './spilling-sorter.ts';

/** All that a file has of one order number of a customer. */
export interface Place {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly mentions: readonly Mention[];
}

/** Sorts the lines of a file by customer and order number; lines that follow one another there are held as one text. */
export class PlaceSorter {
  readonly #customerId: (externalId: string) => string;
  readonly #sorter: SpillingSorter;
  #customer: string | null = null;
  #number: string | null = null;
  #held: PackedMention[] = [];
  #before: PricedLine | null = null;

  /** @param runSize Characters that are held in memory. */
  constructor(workspaceId: string, runSize: number) {
    this.#customerId = remembered((externalId) => customerId(workspaceId, externalId));
    this.#sorter = new SpillingSorter(runSize);
  }

  /** @param line null where the order does not count. */
  add({ customer, number, at }: Pick<OrderLine, 'customer' | 'number' | 'at'>, line: PricedLine | null): void {
    if (number !== this.#number || customer !== this.#customer) {
      this.#handOver();
      this.#number = number;
      this.#customer = customer;
    }
    if (line === null) {
      this.#held.push([at.getTime()]);
      return;
    }
    this.#held.push(packed(line, this.#before));
    this.#before = line;
  }

  spill(): Promise<void> {
    return this.#sorter.spill();
  }

  async *sorted(): AsyncGenerator<Place> {
    this.#handOver();
    for await (const [key, places] of this.#sorter.sorted()) {
      const [id, customer, number] = JSON.parse(key) as [string, string | null, string];
      const mentions = places.flatMap((text, place) =>
        unpacked(JSON.parse(text) as PackedMention[], customer, number, place),
      );
      yield { id, externalId: customer ?? anonymousName(number), number, mentions };
    }
  }

  #handOver(): void {
    if (this.#held.length === 0) return;
    const id = this.#customerId(this.#customer ?? anonymousName(this.#number!));
    this.#sorter.add(JSON.stringify([id, this.#customer, this.#number]), JSON.stringify(this.#held));
    this.#held = [];
    this.#before = null;
  }
}
