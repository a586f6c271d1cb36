/** Reads names of an enumeration from an attribute such as `at-risk CANT_LOSE`, in any letter case; whether there are such names, the query checks. */
export function parseNames<Name extends string>(attribute: string | null): readonly Name[] | undefined {
  const names = attribute
    ?.toUpperCase()
    .replaceAll('-', '_')
    .split(/[\s,]+/);
  return names?.filter(Boolean) as Name[] | undefined;
}

/** What is wrong with names, and what is accepted; undefined where nothing is. */
export function nameComplaint<Name extends string>(
  names: readonly Name[] | undefined,
  known: readonly Name[],
  noun: string,
): string | undefined {
  const unknown = names?.find((name) => !known.includes(name));
  return unknown && `${slug(unknown)} is no ${noun}: expected ${known.map(slug).join(', ')}`;
}

/** A name as attributes and classes have it: `cant-lose`. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
