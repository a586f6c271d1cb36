/** A filter as it is applied: an empty list is no condition, as if it were absent. */
export const withoutEmptyLists = <Filter extends object>(filter: Filter): Filter =>
  Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, Array.isArray(value) && value.length === 0 ? null : value]),
  ) as Filter;
