/** Marks without a width: direction marks, joiners, soft hyphens, byte order marks. Copied along with ids, they never distinguish two. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const PLAIN = /^(?:[\x21-\x7E]+(?: [\x21-\x7E]+)*)?$/;

/** Text as it looks: composed letters, nothing invisible, one blank between words and none around them. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Spellings of one e-mail address become one text. Tags remain (`ann+news@`), because a provider may deliver them elsewhere. */
export const foldEmail = (text: string): string => foldText(text).replaceAll(' ', '').toLowerCase().normalize('NFC');

/** Spellings of one id become one text. Case counts, except in an id that is an e-mail address. */
export function foldId(text: string): string {
  const folded = foldText(text);
  return folded.includes('@') && EMAIL.test(folded) ? foldEmail(folded) : folded;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether a spreadsheet has rounded a long number away, as in 2.3E+12: many ids have become one. */
export const isMangledNumber = (text: string): boolean => /^\d([.,]\d+)?E\+\d{2,3}$/i.test(text);
