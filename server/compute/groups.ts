/** Equal items counted together: many customers share a history, and some their spend. */
export class Groups<Item extends object> {
  readonly #groups = new Map<string, Item & { count: number }>();

  add(item: Item): void {
    const key = Object.values(item).join('/');
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { ...item, count: 1 });
    else group.count++;
  }

  all(): (Item & { count: number })[] {
    return [...this.#groups.values()];
  }
}
