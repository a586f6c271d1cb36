/** Results that are kept: a hash of an id takes longer than all else that is done with it. */
const MOST = 20_000;

/** A function that remembers what it made of the last texts. */
export function remembered(make: (text: string) => string): (text: string) => string {
  let known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST) known = new Map();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
