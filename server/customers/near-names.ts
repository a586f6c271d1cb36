import { distance } from 'fastest-levenshtein';

const MOST_NAMES = 3;

/** Edits that a typing error of a name may take: as many as GraphQL allows in its own suggestions. */
const mostEdits = (name: string): number => Math.floor(name.length * 0.4) + 1;

/** The names most like one that does not exist, nearest first, at most three; letter case does not count. */
export function nearNames(name: string, known: readonly string[]): string[] {
  return known
    .map((each) => ({ each, edits: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ edits }) => edits <= mostEdits(name))
    .sort((a, b) => a.edits - b.edits || a.each.localeCompare(b.each))
    .slice(0, MOST_NAMES)
    .map(({ each }) => each);
}
