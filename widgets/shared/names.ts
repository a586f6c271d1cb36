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

/** As `complaintOf`, for a whole number from 1 on. */
export function countComplaint(
  attribute: string,
  count: number | string | null | undefined,
  most: number,
): Complaint | undefined {
  const isAccepted = Number.isInteger(Number(count)) && Number(count) >= 1 && Number(count) <= most;
  return isAccepted ? undefined : complaintOf(attribute, String(count ?? ''), [`1–${most}`]);
}

/** As `complaintOf`, for an amount of money as the API takes it. */
export function amountComplaint(attribute: string, amount: string | null | undefined): Complaint | undefined {
  return /^\d+(\.\d+)?$/.test(amount ?? '') ? undefined : complaintOf(attribute, amount, ['0', '50', '99.95', '…']);
}

/** A name as attributes and classes have it: `cant-lose`. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
