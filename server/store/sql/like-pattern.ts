/** The text as a pattern of SQL's LIKE that matches the text itself and nothing else. */
export const likePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
