import { productId } from '../../domain/ids.ts';
import type { NamedProduct } from '../data/order-batch.ts';
import type { OrderLine } from '../formats/format.ts';
import { SpillingSorter } from './spilling-sorter.ts';

type Details = Pick<NamedProduct, 'name' | 'category'> & { readonly namedAt: number | null };

/** The products of a file, each once. The latest order's name and category count; an older one's only where there is none. */
export class ProductSorter {
  readonly #workspaceId: string;
  readonly #sorter: SpillingSorter<Details>;

  constructor(workspaceId: string, runSize: number) {
    this.#workspaceId = workspaceId;
    this.#sorter = new SpillingSorter(runSize);
  }

  add({ id, name, category }: NonNullable<OrderLine['product']>, at: Date): void {
    const details = { name, category, namedAt: name === null && category === null ? null : at.getTime() };
    const held = this.#sorter.held(id);
    if (held === undefined) this.#sorter.add(id, details);
    else held[0] = merged(held[0]!, details);
  }

  spill(): Promise<void> {
    return this.#sorter.spill();
  }

  async *sorted(): AsyncGenerator<NamedProduct> {
    for await (const [externalId, found] of this.#sorter.sorted()) {
      const { namedAt, ...details } = found.reduce(merged);
      const id = productId(this.#workspaceId, externalId);
      yield { id, externalId, ...details, namedAt: namedAt === null ? null : new Date(namedAt) };
    }
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
