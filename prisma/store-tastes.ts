import type { Random } from '../server/engine/numerics/random.ts';
import { PRODUCTS } from './store-catalogue.ts';
import { any, pick } from './store-draws.ts';

export interface Household {
  readonly name: string;
  /** Of all customers. */
  readonly share: number;
  /** How much it wants goods for a need, next to 1 for the usual. */
  readonly wants: Readonly<Record<string, number>>;
}

/** The kinds of customers. The store does not know them; they show in what customers buy. */
export const HOUSEHOLDS: readonly Household[] = [
  {
    name: 'espresso',
    share: 0.2,
    wants: {
      'espresso beans': 16,
      'espresso machine': 20,
      'electric grinder': 10,
      'moka pot': 6,
      tamper: 4,
      'milk jug': 5,
      'knock box': 4,
      'espresso cups': 6,
      descaler: 3,
      'oat drink': 3,
      biscuits: 3,
      chocolate: 2,
    },
  },
  {
    name: 'filter coffee',
    share: 0.2,
    wants: {
      'filter coffee': 16,
      'paper filters': 5,
      dripper: 6,
      press: 4,
      kettle: 4,
      scale: 5,
      'hand grinder': 8,
      decaf: 3,
      'cold brew': 3,
      mug: 3,
      tin: 2,
    },
  },
  {
    name: 'tea',
    share: 0.19,
    wants: {
      'black tea': 10,
      'green tea': 10,
      'herbal tea': 7,
      chai: 4,
      matcha: 4,
      teapot: 6,
      'tea strainer': 6,
      'tea cups': 5,
      'matcha set': 3,
      spread: 3,
      tin: 3,
      'water filter': 3,
    },
  },
  {
    name: 'gourmet pantry',
    share: 0.15,
    wants: {
      chocolate: 10,
      spread: 8,
      biscuits: 7,
      'olive oil': 9,
      syrup: 4,
      'tasting box': 3,
      hamper: 2,
      'filter coffee': 2,
      'black tea': 2,
    },
  },
  {
    name: 'breakfast table',
    share: 0.14,
    wants: {
      granola: 12,
      'oat drink': 11,
      bowls: 5,
      mug: 4,
      spread: 4,
      'cold brew': 3,
      chai: 3,
      syrup: 4,
      tumbler: 4,
      decaf: 2,
    },
  },
  {
    name: 'gifts',
    share: 0.12,
    wants: {
      'tasting box': 12,
      hamper: 9,
      calendar: 14,
      voucher: 5,
      wrapping: 4,
      chocolate: 4,
      'tea cups': 3,
      mug: 3,
      teapot: 3,
      tin: 3,
    },
  },
];

/** By what somebody owns: what goes with it, and how many times as much it is wanted from then on. */
export const GOES_WITH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'espresso machine': {
    'espresso beans': 4,
    descaler: 10,
    'espresso cups': 4,
    tamper: 8,
    'milk jug': 6,
    'knock box': 6,
  },
  'moka pot': { 'espresso beans': 3, 'espresso cups': 2.5 },
  'electric grinder': { 'cleaning tablets': 6, 'espresso beans': 2 },
  'hand grinder': { 'filter coffee': 2, tin: 2 },
  dripper: { 'paper filters': 10, 'filter coffee': 2, kettle: 3, scale: 3 },
  kettle: { descaler: 4, 'water filter': 4 },
  'filter coffee': { 'paper filters': 2 },
  'black tea': { 'tea strainer': 2 },
  'green tea': { teapot: 2 },
  teapot: { 'black tea': 2, 'tea cups': 4, 'tea strainer': 3 },
  matcha: { 'matcha set': 12 },
  'matcha set': { matcha: 8 },
  granola: { 'oat drink': 2, bowls: 3 },
  bowls: { granola: 2 },
  hamper: { wrapping: 5 },
};

/** What other households want of a need that is none of theirs. */
const ELSEWHERE = 0.3;
/** Shape of the gamma distributed factors by which a customer's liking of each product differs: small is loyal to few. */
const PERSONAL = 0.5;

/** How much one customer likes each product, and how fast everything is used up there next to the usual. */
export interface Taste {
  readonly liking: Float64Array;
  readonly haste: number;
}

/** Four fifths of the household's taste and a fifth of another's, for cheap or dear goods, and the customer's own. */
export function drawTaste(random: Random, household: Household): Taste {
  const second = any(random, HOUSEHOLDS);
  const dearness = random.normal();
  const wanted = (need: string) => 0.8 * (household.wants[need] ?? ELSEWHERE) + 0.2 * (second.wants[need] ?? ELSEWHERE);
  const liking = Float64Array.from(
    PRODUCTS,
    ({ need, tier }) => wanted(need) * Math.exp((0.9 * dearness - 0.5) * tier) * random.gamma(PERSONAL, PERSONAL),
  );
  return { liking, haste: random.gamma(8, 8) };
}

export const drawHousehold = (random: Random): Household => pick(random, HOUSEHOLDS, ({ share }) => share);
