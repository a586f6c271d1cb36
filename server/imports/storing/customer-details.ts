import type { CustomerRow } from '../data/order-batch.ts';
import type { PricedLine } from './priced-line.ts';

const LATEST = ['name', 'email', 'country'] as const;

/** What a file has of a customer: name, e-mail address and country of the latest order that has one, channel of the first. */
export class CustomerDetails {
  readonly id: string;
  readonly externalId: string;
  readonly isAnonymous: boolean;
  #last = -Infinity;
  readonly #said: Partial<Record<(typeof LATEST)[number], { readonly value: string; readonly at: number }>> = {};
  #channel: { readonly value: string; readonly at: number } | null = null;

  constructor(id: string, externalId: string, isAnonymous: boolean) {
    this.id = id;
    this.externalId = externalId;
    this.isAnonymous = isAnonymous;
  }

  add(line: PricedLine): void {
    const { at } = line;
    if (at > this.#last) this.#last = at;
    for (const field of LATEST) {
      const value = line[field];
      if (value !== null && at >= (this.#said[field]?.at ?? -Infinity)) this.#said[field] = { value, at };
    }
    if (line.channel !== null && at < (this.#channel?.at ?? Infinity)) this.#channel = { value: line.channel, at };
  }

  row(): CustomerRow {
    const { name, email, country } = this.#said;
    const namedAt = Math.max(name?.at ?? -Infinity, email?.at ?? -Infinity, country?.at ?? -Infinity);
    return {
      id: this.id,
      externalId: this.externalId,
      isAnonymous: this.isAnonymous,
      lastActiveOn: new Date(this.#last).toISOString().slice(0, 10),
      name: name?.value ?? null,
      email: email?.value ?? null,
      country: country?.value ?? null,
      channel: this.#channel?.value ?? null,
      namedAt: Number.isFinite(namedAt) ? new Date(namedAt) : null,
      channelAt: this.#channel === null ? null : new Date(this.#channel.at),
    };
  }
}
