/** Days from one calendar day (`YYYY-MM-DD`) to another, in UTC; negative when `to` is the earlier. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Whole days since 1970-01-01. */
export const dayNumber = (day: string): number => Date.parse(day) / 86_400_000;

export const dayOfNumber = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** The day of a value of a column of days: text in hand-written statements, midnight UTC in Prisma's. */
export const dayOf = (value: string | Date): string =>
  typeof value === 'string' ? value : value.toISOString().slice(0, 10);

/** Whether the text is a day that the calendar has. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
