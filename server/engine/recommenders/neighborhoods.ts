import { basketItems, type Interactions, userItems } from './interactions.ts';
import { type Neighbors, neighborsOf } from './item-knn.ts';
import { type Sparse, transpose } from './sparse.ts';

/** Items that go with an item, one row a pair, the nearest first within an item. */
export interface Neighborhood {
  readonly item: number;
  readonly neighbor: number;
  /** Shrunk cosine, in [0, 1]. */
  readonly score: number;
  /** Users who bought both. */
  readonly customers: number;
  /** Over what independent purchases would give. */
  readonly lift: number;
}

/** Held back by so many baskets, for a few coincidences are no habit. */
const SHRINK = 5;

/** What is bought in the same basket. */
export function boughtTogether(data: Interactions, most: number): Neighborhood[] {
  const baskets = basketItems(data);
  const nearest = neighborsOf(baskets, transpose(baskets), 0, data.items, { neighbors: most, shrink: SHRINK });
  return describe(data, nearest, most);
}

/** What is bought by the same users, be it at other times. */
export const similarItems = (data: Interactions, nearest: Neighbors, most: number): Neighborhood[] =>
  describe(data, nearest, most);

function describe(data: Interactions, nearest: Neighbors, most: number): Neighborhood[] {
  const buyers = transpose(purchasesOnly(userItems(data)));
  const countOf = (item: number) => buyers.start[item + 1]! - buyers.start[item]!;
  const rows: Neighborhood[] = [];
  for (let item = 0; item < data.items; item++) {
    const end = Math.min(nearest.start[item + 1]!, nearest.start[item]! + most);
    for (let at = nearest.start[item]!; at < end; at++) {
      const neighbor = nearest.item[at]!;
      const customers = inBoth(buyers, item, neighbor);
      if (customers === 0) continue;
      const lift = (customers * data.users) / (countOf(item) * countOf(neighbor));
      rows.push({ item, neighbor, score: nearest.similarity[at]!, customers, lift });
    }
  }
  return rows;
}

function purchasesOnly({ rows, columns, start, column, value }: Sparse): Sparse {
  const kept = [...value.keys()].filter((entry) => value[entry] === 1);
  const counts = new Uint32Array(rows + 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    while (at < kept.length && kept[at]! < start[row + 1]!) at++;
    counts[row + 1] = at;
  }
  return {
    rows,
    columns,
    start: counts,
    column: Uint32Array.from(kept, (entry) => column[entry]!),
    value: new Float32Array(kept.length).fill(1),
  };
}

/** How many columns two rows share. */
function inBoth({ start, column }: Sparse, a: number, b: number): number {
  let count = 0;
  let [i, j] = [start[a]!, start[b]!];
  while (i < start[a + 1]! && j < start[b + 1]!) {
    const difference = column[i]! - column[j]!;
    if (difference === 0) count++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return count;
}
