/** What makes a spreadsheet take a cell for a formula, which could send the rest of the sheet elsewhere. */
const FORMULA = /^[=+\-@\t\r]/;

/** A line of CSV. Texts are quoted, and one that a spreadsheet would take for a formula gets an apostrophe before it. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : (cell ?? ''))).join(',')}\n`;

const quoted = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
