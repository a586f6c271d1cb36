/** Languages whose month names never contradict each other. */
const LANGUAGES = ['en', 'en-GB', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'nb', 'fi', 'cs'];

let months: Map<string, number> | null = null;

/** @param name In full or short, in any of a dozen European languages. @returns From 1 to 12; undefined for any other word. */
export function monthNamed(name: string): number | undefined {
  months ??= monthsByName();
  return months.get(name.toLowerCase());
}

function monthsByName(): Map<string, number> {
  const found = new Map<string, number>();
  // A month beside a day has another form in some languages: "stycznia" for "styczeń".
  for (const language of LANGUAGES)
    for (const month of ['long', 'short'] as const)
      for (const day of [undefined, 'numeric'] as const) {
        const format = new Intl.DateTimeFormat(language, { month, day, timeZone: 'UTC' });
        for (let index = 0; index < 12; index++) {
          const name = format.formatToParts(Date.UTC(2026, index, 15)).find(({ type }) => type === 'month')!.value;
          found.set(name.toLowerCase().replace('.', ''), index + 1);
        }
      }
  return found;
}
