const bytes = new DataView(new ArrayBuffer(8));

/**
 * A 32-bit seed made of numbers: equal numbers in the same order give the same seed on every machine; 0 and -0 are equal.
 * @see Appleby (2008), MurmurHash3, the 32-bit variant
 */
export function seedOf(numbers: readonly number[]): number {
  let hash = 0;
  for (const number of numbers) {
    bytes.setFloat64(0, number + 0);
    hash = mixed(mixed(hash, bytes.getUint32(4)), bytes.getUint32(0));
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  const sum = hash ^ Math.imul((product << 15) | (product >>> 17), 0x1b873593);
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0;
}
