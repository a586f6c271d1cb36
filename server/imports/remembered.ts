/** Results that are kept. */
const MOST = 20_000;

/** A function that remembers what it made of the last texts, for what takes longer than to look a text up. */
export function remembered<Made extends string>(make: (text: string) => Made): (text: string) => Made {
  let known = new Map<string, Made>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST) known = new Map();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
