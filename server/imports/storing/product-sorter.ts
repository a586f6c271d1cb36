import { productId } from '../../domain/ids.ts';
import type { NamedProduct } from '../data/order-batch.ts';
import type { OrderLine } from '../formats/format.ts';
import { copied } from '../remembered.ts';
import { SpillingSorter } from './spilling-sorter.ts';

type Details = Pick<NamedProduct, 'name' | 'category'> & { namedAt: number | null };

/** Products that are held in memory before the sorter takes them. */
const MOST_HELD = 20_000;

/** The products of a file, each once. The latest order's name and category count; an older one's only where there is none. */
export class ProductSorter {
  readonly #workspaceId: string;
  readonly #sorter: SpillingSorter;
  #held = new Map<string, Details>();

  /** @param runSize Characters that the sorter holds in memory. */
  constructor(workspaceId: string, runSize: number) {
    this.#workspaceId = workspaceId;
    this.#sorter = new SpillingSorter(runSize);
  }

  add({ id, name, category }: NonNullable<OrderLine['product']>, at: Date): void {
    const namedAt = name === null && category === null ? null : at.getTime();
    const known = this.#held.get(id);
    if (known?.name === name && known.category === category) {
      if (namedAt !== null && namedAt > known.namedAt!) known.namedAt = namedAt;
      return;
    }
    const details = { name: name && copied(name), category: category && copied(category), namedAt };
    this.#held.set(copied(id), known === undefined ? details : merged(known, details));
  }

  async spill(): Promise<void> {
    if (this.#held.size < MOST_HELD) return;
    this.#handOver();
    await this.#sorter.spill();
  }

  async *sorted(): AsyncGenerator<NamedProduct> {
    this.#handOver();
    for await (const [key, found] of this.#sorter.sorted()) {
      const externalId = JSON.parse(key) as string;
      const { namedAt, ...details } = found.map((text) => JSON.parse(text) as Details).reduce(merged);
      const id = productId(this.#workspaceId, externalId);
      yield { id, externalId, ...details, namedAt: namedAt === null ? null : new Date(namedAt) };
    }
  }

  #handOver(): void {
    for (const [id, details] of this.#held) this.#sorter.add(JSON.stringify(id), JSON.stringify(details));
    this.#held = new Map();
  }
}

function merged(known: Details, said: Details): Details {
  if (said.namedAt === null) return known;
  const isLatest = known.namedAt === null || said.namedAt >= known.namedAt;
  const [first, second] = isLatest ? [said, known] : [known, said];
  return {
    name: first.name ?? second.name,
    category: first.category ?? second.category,
    namedAt: first.namedAt,
  };
}
