/** Equal items counted together: many customers share a history, and some their spend. */
export class Groups<Item extends { readonly [Name in keyof Item]: number }> {
  readonly #groups = new Map<string, Item & { count: number }>();

  add(item: Item): void {
    const key = Object.values(item).join('/');
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { ...item, count: 1 });
    else group.count++;
  }

  /** Ascending, by their figures in turn: no sum over them depends on the order in which they came. */
  all(): (Item & { count: number })[] {
    const groups = [...this.#groups.values()];
    const names = Object.keys(groups[0] ?? {}) as (keyof Item)[];
    return groups.sort((a, b) => {
      for (const name of names) if (a[name] !== b[name]) return a[name] - b[name];
      return 0;
    });
  }
}
