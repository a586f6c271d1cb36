/** Results that are kept. */
const MOST = 20_000;

/** For a text that outlives its row: V8 keeps a part of a text as a view of the whole, here the piece of the file that was read. */
export const copied = (text: string): string => ` ${text}`.slice(1);

/** A function that remembers what it made of the last texts, for what takes longer than to look a text up. */
export function remembered<Made extends string>(make: (text: string) => Made): (text: string) => Made {
  let known = new Map<string, Made>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST) known = new Map();
    const made = make(text);
    known.set(copied(text), made);
    return made;
  };
}
