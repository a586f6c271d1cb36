import { DomainError } from '../domain/errors.ts';

/** Which feedback of a placement counts. */
export interface ResultsWindow {
  /** Days, inclusive; null for no bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** Days after the first showing in which an order counts. */
  readonly withinDays: number;
}

/** Days in which an order counts where nothing else is asked for. */
export const ORDER_DAYS = 7;
const MOST_DAYS = 365;

/** @throws DomainError BAD_WINDOW */
export function readResultsWindow(
  args: { readonly [Name in keyof ResultsWindow]?: ResultsWindow[Name] | null },
): ResultsWindow {
  const { from = null, to = null } = args;
  const withinDays = args.withinDays ?? ORDER_DAYS;
  if (from !== null && to !== null && from > to) {
    throw new DomainError('BAD_WINDOW', `\`from\` must not come after \`to\`, got ${from} and ${to}`, ['from']);
  }
  if (withinDays < 0 || withinDays > MOST_DAYS) {
    throw new DomainError('BAD_WINDOW', `\`withinDays\` must be 0 to ${MOST_DAYS}, got ${withinDays}`, ['withinDays']);
  }
  return { from, to, withinDays };
}
