import { distance } from 'fastest-levenshtein';

const MOST_NAMES = 3;

/** Edits that a typing error of a name may take: as many as GraphQL allows in its own suggestions. */
const mostEdits = (name: string): number => Math.floor(name.length * 0.4) + 1;

/** The names most like one that does not exist, nearest first, at most three; letter case does not count. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const ranked = known
    .map((each) => ({ each, edits: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ edits }) => edits <= mostEdits(name))
    .sort((a, b) => a.edits - b.edits || a.each.localeCompare(b.each));
  // Where only letter case differs, nothing else was meant.
  const isSame = ranked[0]?.edits === 0;
  return ranked
    .filter(({ edits }) => !isSame || edits === 0)
    .slice(0, MOST_NAMES)
    .map(({ each }) => each);
}
