import Decimal from 'decimal.js';

import { remembered } from '../remembered.ts';
import { currencyNamed } from './currencies.ts';
import { type Decision, decideByVotes, vote, votesFor } from './decision.ts';
import { foldText } from './fold.ts';

export interface AmountSpelling {
  readonly decimal: '.' | ',';
}

export interface Amount {
  /** Decimal text such as -1234.5, with at most four decimals. */
  readonly amount: string;
  /** The code of the currency named beside it; null where none is, or where its sign could mean several. */
  readonly currency: string | null;
  readonly isPercent: boolean;
}

/** As most amounts are written, and as the database takes them. */
const PLAIN = /^(?!-[0.]*$)-?(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?$/;
const MOST_DIGITS = new Decimal(1e9);
const DECIMALS = 4;

/**
 * Reads an amount with the signs that people and programs put around it: currency, minus before or after, brackets for
 * negatives, thousands marks, percent, an exponent. More than four decimals are rounded half away from zero, which
 * undoes the noise of binary fractions: 118.22999999999999 is 118.23.
 *
 * @param home The shop's currency, which a sign of several currencies means where it can.
 * @returns null where the text is no amount of this spelling, or of ten digits or more before the decimals.
 */
export function readAmount(text: string, spelling: AmountSpelling, home: string | null = null): Amount | null {
  if (spelling.decimal === '.' && PLAIN.test(text)) return { amount: text, currency: null, isPercent: false };
  const parts = partsOf(text);
  if (parts === null) return null;
  const number = NUMBERS[spelling.decimal].exec(parts.number);
  if (number === null) return null;
  const currency = parts.currency === '' ? null : currencyNamed(parts.currency, home);
  if (currency === undefined) return null;
  const [, whole = '', , decimals = '', exponent = ''] = number;
  const size = new Decimal(`${whole.replace(/\D/g, '') || '0'}.${decimals || '0'}${exponent}`).toDecimalPlaces(
    DECIMALS,
  );
  if (size.gte(MOST_DIGITS)) return null;
  const amount = parts.isNegative && !size.isZero() ? size.negated() : size;
  return { amount: amount.toFixed(), currency, isPercent: parts.isPercent };
}

/**
 * The code of the currency that stands beside an amount, whatever the spelling of its number; null where none does.
 * @param home As of `readAmount`.
 */
export function currencyBeside(text: string, home: string | null): string | null {
  if (CLEAR.test(text)) return null;
  const name = partsOf(text)?.currency ?? '';
  return name === '' ? null : (currencyNamed(name, home) ?? null);
}

/**
 * Gathers, value by value, how a column spells its amounts. Texts that are no amounts in any spelling decide nothing.
 * `decide` takes the usual spelling, as of the source or of the file's other columns, where no value decides.
 */
export function amountSurvey(): {
  add(text: string): void;
  decide(usual?: AmountSpelling | null): Decision<AmountSpelling>;
} {
  const point = votesFor<AmountSpelling>({ decimal: '.' });
  const comma = votesFor<AmountSpelling>({ decimal: ',' });
  const unclear = new Set<string>();
  const marksOf = remembered(decimalMarks);
  const add = (text: string) => {
    const marks = marksOf(text);
    if (marks === '.') vote(point, text);
    else if (marks === ',') vote(comma, text);
    else if (marks === '.,' && unclear.size < EXAMPLES) unclear.add(text);
  };
  const decide = (usual: AmountSpelling | null = null): Decision<AmountSpelling> => {
    const decision = decideByVotes(point, comma);
    if (decision !== null) return decision;
    if (unclear.size > 0 && usual === null) return { ambiguous: [...unclear] };
    return { spelling: usual ?? point.spelling, evidence: null };
  };
  return { add, decide };
}

/** Decimal marks that an amount can be read with; empty where it has none, and for a text that is no amount. */
function decimalMarks(text: string): '.' | ',' | '.,' | '' {
  const number = CLEAR.test(text) ? text : (partsOf(text)?.number ?? '');
  if (!/[.,]/.test(number)) return '';
  const isComma = NUMBERS[','].test(number);
  if (NUMBERS['.'].test(number)) return isComma ? '.,' : '.';
  return isComma ? ',' : '';
}

const EXAMPLES = 3;
/** A plain number, with nothing around it to take off. */
const CLEAR = /^-?\d+(?:[.,]\d+)?$/;

/**
 * Numbers by their decimal mark: whole digits, alone or grouped in threes (in India in twos before the last three) by
 * one mark; decimals; exponent. A number grouped by the decimal mark of the other spelling fits both only as in 1,234.
 */
const numberWith = (decimal: string, group: string) =>
  new RegExp(
    String.raw`^(\d+|[1-9]\d{0,2}(?:([${group}' ])\d{3})(?:\2\d{3})*|[1-9]\d?(?:${group}\d{2})+${group}\d{3})?` +
      String.raw`(?:${decimal}(\d*))?(e[+-]?\d{1,3})?$`,
    'i',
  );
const NUMBERS = { '.': numberWith('\\.', ','), ',': numberWith(',', '\\.') };

interface Parts {
  readonly number: string;
  /** The sign or code beside the number, empty where none is. */
  readonly currency: string;
  readonly isNegative: boolean;
  readonly isPercent: boolean;
}

/** What stands before a number, the number, what stands after it. The point of `Rs.500` is not the number's. */
const AROUND = /^((?:[^\d.,]|(?<=[\p{L}/])[.,])*)((?:\d|[.,]\d)[\d.,' ]*(?:e[+-]?\d+)?)(\D*)$/iu;

/** Longer texts are none, and would take long to look through. */
const LONGEST = 100;

function partsOf(text: string): Parts | null {
  if (text.length > LONGEST) return null;
  const [, before, number, after] = AROUND.exec(plainMarks(text)) ?? [];
  if (before === undefined || number === undefined || after === undefined) return null;
  const around = `${before} ${after}`;
  const isBracketed = before.includes('(') && after.includes(')');
  const signs = around.replace(/[^+-]/g, '');
  const words = around.replace(isBracketed ? /[()+-]/g : /[+-]/g, ' ').replace(/\s/g, '');
  if (signs.length > 1 || (isBracketed && signs === '+')) return null;
  const isPercent = words === '%';
  return {
    number: number.trim(),
    currency: isPercent ? '' : words,
    isNegative: isBracketed || signs === '-',
    isPercent,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  minus: '-',
};

/** Turns typographic signs, and the entities in which WooCommerce writes currencies, into those of a keyboard. */
function plainMarks(text: string): string {
  const decoded = text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]+));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
  const plain = foldText(decoded.replace(/[\u2018\u2019\u02BC\u00B4`]/g, "'").normalize('NFKC'));
  // As in Switzerland: 12.- is twelve, and no minus.
  return plain.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[.,]-+(?!\d)/, '');
}
