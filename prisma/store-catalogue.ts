/** The demo store's goods, markets and people; everything in it is made up. */

export interface CatalogueProduct {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** EUR. */
  readonly unitPrice: number;
  /** EUR. */
  readonly unitCost: number;
}

/** Category: [name, unit price, unit cost]. */
const GOODS: Readonly<Record<string, readonly (readonly [string, number, number])[]>> = {
  Coffee: [
    ['House blend, 500 g', 11.9, 6.1],
    ['Ethiopia Guji, 250 g', 12.5, 6.9],
    ['Colombia Huila, 250 g', 11.2, 6.0],
    ['Decaf Swiss water, 250 g', 10.9, 5.8],
    ['Espresso bar blend, 1 kg', 24.9, 13.2],
    ['Cold brew pouches, 6 pieces', 9.5, 4.4],
  ],
  Tea: [
    ['Darjeeling first flush, 100 g', 13.9, 6.2],
    ['Sencha Uji, 100 g', 12.4, 5.7],
    ['Earl Grey, 100 g', 8.5, 3.1],
    ['Rooibos vanilla, 100 g', 7.2, 2.6],
    ['Chai masala, 200 g', 9.8, 3.9],
  ],
  Brewing: [
    ['Pour-over dripper', 19.9, 8.6],
    ['French press, 1 l', 34.9, 16.3],
    ['Hand grinder', 79.0, 43.0],
    ['Gooseneck kettle', 99.0, 57.5],
    ['Espresso machine Uno', 389.0, 251.0],
    ['Paper filters, 100 pieces', 5.9, 2.1],
    ['Digital scale', 39.5, 19.8],
  ],
  Tableware: [
    ['Stoneware mug', 14.5, 5.4],
    ['Espresso cups, set of 4', 29.9, 12.7],
    ['Glass teapot, 0.8 l', 27.5, 12.1],
    ['Travel tumbler', 24.9, 10.9],
    ['Cereal bowls, set of 2', 22.0, 9.3],
  ],
  Pantry: [
    ['Wildflower honey, 250 g', 8.9, 4.2],
    ['Dark chocolate 72%', 4.5, 1.9],
    ['Almond biscotti, 200 g', 6.4, 2.7],
    ['Oat drink barista, 6 x 1 l', 14.9, 9.1],
    ['Granola maple, 500 g', 7.9, 3.6],
  ],
  Gifts: [
    ['Tasting box, 5 coffees', 32.0, 15.5],
    ['Tea advent calendar', 39.9, 18.8],
    ['Breakfast hamper', 64.0, 33.4],
    ['Barista workshop voucher', 89.0, 40.0],
  ],
};

export const PRODUCTS: readonly CatalogueProduct[] = Object.entries(GOODS).flatMap(([category, goods]) =>
  goods.map(([name, unitPrice, unitCost], i) => ({
    id: `${category.slice(0, 3).toUpperCase()}-${String(i + 1).padStart(2, '0')}`,
    name,
    category,
    unitPrice,
    unitCost,
  })),
);

export const CATEGORIES: readonly string[] = Object.keys(GOODS);

/** ISO country codes and their share of new customers. */
export const COUNTRIES: readonly (readonly [string, number])[] = [
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

export const FIRST_NAMES =
  `Anna Lukas Emma Noah Marie Jonas Sofia Elias Léa Hugo Chloé Louis Camille Jules Sanne Daan Lotte Bram Lucía Mateo Carmen
  Diego Giulia Matteo Chiara Lorenzo Zoë Milan Zofia Jakub Hanna Filip Elin Oskar Astrid Nils Inês Tiago Beatriz Rui Clara
  Paul Nora Felix Eva Simon Julia Max`.split(/\s+/);

export const LAST_NAMES =
  `Müller Schmidt Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Martin Bernard Dubois Moreau Laurent Lefèvre Roux
  Fournier Jansen Visser Bakker Smit Meijer Mulder García Martínez Navarro Romero Torres Molina Rossi Ferrari Bianchi Ricci
  Marino Greco Gruber Huber Steiner Moser Peeters Maes Claes Wouters Kowalska Nowak Wójcik Zieliński Lindberg Nyström Ek
  Sandberg Silva Ferreira Almeida Carvalho`.split(/\s+/);
