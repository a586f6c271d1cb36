/** Collects the values of a hand-written statement; each call of `bind` gives the placeholder that stands for one. */
export function parameters() {
  const values: unknown[] = [];
  return { values, bind: (value: unknown): string => `$${values.push(value)}` };
}

export type Bind = ReturnType<typeof parameters>['bind'];
