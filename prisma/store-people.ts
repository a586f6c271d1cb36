import type { Random } from '../server/engine/numerics/random.ts';
import { any, pick } from './store-draws.ts';

/** Who buys at the demo store; everybody is made up. */
export interface Buyer {
  readonly customer: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
}

/** ISO country codes and their share of new customers. */
const COUNTRIES: readonly (readonly [string, number])[] = [
  ['DE', 0.27],
  ['FR', 0.16],
  ['NL', 0.12],
  ['ES', 0.1],
  ['IT', 0.09],
  ['AT', 0.08],
  ['BE', 0.07],
  ['PL', 0.05],
  ['SE', 0.04],
  ['PT', 0.02],
];

const FIRST_NAMES =
  `Anna Lukas Emma Noah Marie Jonas Sofia Elias Léa Hugo Chloé Louis Camille Jules Sanne Daan Lotte Bram Lucía Mateo Carmen
  Diego Giulia Matteo Chiara Lorenzo Zoë Milan Zofia Jakub Hanna Filip Elin Oskar Astrid Nils Inês Tiago Beatriz Rui Clara
  Paul Nora Felix Eva Simon Julia Max`.split(/\s+/);

const LAST_NAMES =
  `Müller Schmidt Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Martin Bernard Dubois Moreau Laurent Lefèvre Roux
  Fournier Jansen Visser Bakker Smit Meijer Mulder García Martínez Navarro Romero Torres Molina Rossi Ferrari Bianchi Ricci
  Marino Greco Gruber Huber Steiner Moser Peeters Maes Claes Wouters Kowalska Nowak Wójcik Zieliński Lindberg Nyström Ek
  Sandberg Silva Ferreira Almeida Carvalho`.split(/\s+/);

const asciiName = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();

export const customerId = (number: number) => `C-${String(number).padStart(5, '0')}`;

export function drawBuyer(random: Random, number: number): Buyer {
  const [firstName, lastName] = [any(random, FIRST_NAMES), any(random, LAST_NAMES)];
  return {
    customer: customerId(number),
    name: `${firstName} ${lastName}`,
    email: `${asciiName(firstName)}.${asciiName(lastName)}${number}@example.${any(random, ['com', 'org', 'net'])}`,
    country: pick(random, COUNTRIES, ([, share]) => share)[0],
  };
}
