/** Sums stay exact up to 2^9 times what the quantum was made from. */
const BITS = 44;

/**
 * A power of two that amounts are rounded to so that their sums are exact, whatever the order in which a database adds
 * them up: as long as a sum is below 2^53 of it, nothing of it is lost.
 * @param size what sums are at most, by the order of magnitude, >= 0.
 */
export const quantumFor = (size: number): number => 2 ** (Math.floor(Math.log2(Math.max(size, 1))) - BITS);

/** @param quantum a power of two. */
export const roundedTo = (quantum: number, value: number): number => Math.round(value / quantum) * quantum;
