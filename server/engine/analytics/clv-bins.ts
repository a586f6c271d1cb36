const MAX_BINS = 14;
const MANTISSAS = [1, 2, 5] as const;

/** The numbers 1, 2, 5, 10, 20, 50, ... by position; position 0 is 1, negative positions are below. */
function niceNumber(position: number): number {
  const decade = Math.floor(position / 3);
  // As text, so that 0.2 is the double nearest to 0.2.
  return Number(`${MANTISSAS[position - 3 * decade]}e${decade}`);
}

/**
 * Edges of the bins [edge, next edge) for a distribution that spans decades: 0, then 1-2-5 numbers up to the first above
 * the maximum. At most 14 bins, so the first one, [0, smallest), holds what is under a ten-thousandth of the maximum.
 * @param maximum largest value; 0 or less gives the single bin [0, 1).
 */
export function clvBinEdges(maximum: number): number[] {
  if (!(maximum > 0)) return [0, 1];
  let top = 3 * Math.floor(Math.log10(maximum)) - 1;
  while (niceNumber(top) <= maximum) top++;
  return [0, ...Array.from({ length: MAX_BINS }, (_, i) => niceNumber(top - MAX_BINS + 1 + i))];
}
