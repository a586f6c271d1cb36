/** At most `size` of the items, spread over all of them. */
export function sampled<Item>(items: readonly Item[], size: number): Item[] {
  const stride = Math.ceil(items.length / size);
  return items.filter((_, i) => i % stride === 0);
}
