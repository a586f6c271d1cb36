/** Rows above a header; a report has fewer. */
export const MOST_TITLES = 20;

const filled = (cells: readonly string[]) => cells.filter((cell) => cell.trim() !== '').length;

/**
 * How many rows stand above the header: a title, the day of the report, a note. Each of them fills one cell, and a header
 * fills more. 0 where all rows fill one cell.
 * @param rows The first rows of a file that are not blank.
 */
export function titlesAbove(rows: readonly (readonly string[])[]): number {
  return Math.max(
    0,
    rows.slice(0, MOST_TITLES + 1).findIndex((cells) => filled(cells) > 1),
  );
}
