/** An attribute with a value that is not accepted, and what would be. */
export interface Complaint {
  readonly attribute: string;
  readonly value: string;
  readonly accepted: readonly string[];
}

/** Reads names of an enumeration from an attribute such as `at-risk CANT_LOSE`, in any letter case; `nameComplaint` checks them. */
export function parseNames<Name extends string>(attribute: string | null): readonly Name[] | undefined {
  const names = attribute
    ?.toUpperCase()
    .replaceAll('-', '_')
    .split(/[\s,]+/);
  return names?.filter(Boolean) as Name[] | undefined;
}

/** The first value that is not accepted, if any; an empty one counts as absent. */
export function complaintOf(
  attribute: string,
  values: string | readonly string[] | null | undefined,
  accepted: readonly string[],
): Complaint | undefined {
  const value = [values ?? []].flat().find((one) => one !== '' && !accepted.includes(one));
  return value === undefined ? undefined : { attribute, value, accepted };
}

/** As `complaintOf`, for the names of an enumeration. */
export function nameComplaint<Name extends string>(
  attribute: string,
  names: Name | readonly Name[] | null | undefined,
  known: readonly Name[],
): Complaint | undefined {
  return complaintOf(attribute, [names ?? []].flat().map(slug), known.map(slug));
}

/** A name as attributes and classes have it: `cant-lose`. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
