/** The demo store's goods; everything in it is made up. */

export interface CatalogueProduct {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** What it is for. */
  readonly need: string;
  /** EUR. */
  readonly unitPrice: number;
  /** EUR. */
  readonly unitCost: number;
  /** Where its price stands among the goods for its need: -1 the cheapest, 1 the dearest. */
  readonly tier: number;
  /** Days after which the usual customer needs it again; null for what lasts. */
  readonly pace: number | null;
  /** The most that goes into one order. */
  readonly most: number;
  /** When it was first sold; null when always. */
  readonly launchedAt: number | null;
  readonly isForChristmas: boolean;
  /** On the last day of the simulation. */
  readonly isSoldOut: boolean;
  readonly isExcluded: boolean;
}

/** Category, need, pace in days, most in one order; below it the goods from cheap to dear: name, price, unit cost, note. */
const SHELVES = `
  Coffee | espresso beans | 30 | 4
      Espresso Napoli, 250 g | 8.90 | 4.70
      Espresso Malabar, 250 g | 11.90 | 6.50
      Espresso Yirgacheffe, 250 g | 15.50 | 8.70
      Espresso bar blend, 1 kg | 24.90 | 14.20
  Coffee | filter coffee | 28 | 4
      House blend, 250 g | 7.90 | 4.20
      Colombia Huila, 250 g | 11.20 | 6.20
      Ethiopia Guji, 250 g | 13.50 | 7.60
      Kenya Nyeri, 250 g | 17.90 | 10.10
      Panama Geisha, 150 g | 32.00 | 18.90 | from 2026-02-02
  Coffee | decaf | 40 | 4
      Decaf house blend, 250 g | 8.40 | 4.50
      Decaf Swiss water, 250 g | 12.90 | 7.20
  Coffee | cold brew | 21 | 4
      Cold brew pouches, 6 pieces | 9.50 | 4.80
      Cold brew concentrate, 1 l | 16.90 | 9.00 | from 2026-05-04
  Tea | black tea | 45 | 4
      Earl Grey, 100 g | 8.50 | 4.10
      Assam second flush, 100 g | 11.50 | 5.70
      Darjeeling first flush, 100 g | 17.90 | 9.20
  Tea | green tea | 40 | 4
      Jasmine pearls, 100 g | 9.90 | 4.90
      Sencha Uji, 100 g | 14.40 | 7.40
      Gyokuro Yame, 50 g | 26.50 | 14.40
  Tea | herbal tea | 35 | 4
      Mint and verbena, 50 g | 5.90 | 2.60
      Rooibos vanilla, 100 g | 7.20 | 3.30
      Alpine herbs, 80 g | 10.90 | 5.20 | sold out
  Tea | chai | 50 | 4
      Chai masala, 200 g | 9.80 | 4.70
      Chai concentrate, 0.5 l | 14.90 | 7.80
  Tea | matcha | 38 | 4
      Matcha everyday, 40 g | 14.90 | 7.60
      Matcha ceremonial, 30 g | 29.90 | 16.80
  Brewing | dripper | lasts | 1
      Plastic dripper | 9.90 | 4.40
      Ceramic dripper | 24.90 | 12.60
      Glass dripper with stand | 54.00 | 29.70
  Brewing | press | lasts | 1
      French press, 0.35 l | 22.90 | 11.70
      French press, 1 l | 34.90 | 18.30
      Steel French press, 1 l | 69.00 | 38.60
  Brewing | kettle | lasts | 1
      Stovetop gooseneck kettle | 44.00 | 24.20
      Electric gooseneck kettle | 99.00 | 57.50
      Kettle with temperature control | 159.00 | 95.40
  Brewing | scale | lasts | 1
      Digital scale | 29.50 | 15.80
      Brewing scale with timer | 64.00 | 36.00
  Brewing | teapot | lasts | 1
      Glass teapot, 0.8 l | 27.50 | 14.10
      Stoneware teapot, 1 l | 45.00 | 23.90
      Cast-iron teapot, 1.2 l | 84.00 | 47.00
  Brewing | tea strainer | lasts | 1
      Tea strainer | 6.50 | 2.90
      Brewing basket, fine | 13.50 | 6.30
  Brewing | matcha set | lasts | 1
      Matcha whisk | 16.90 | 8.10
      Matcha set: bowl, whisk, spoon | 48.00 | 25.40
  Grinders | hand grinder | lasts | 1
      Hand grinder Basic | 49.00 | 27.90
      Hand grinder Steel | 79.00 | 46.00
      Hand grinder Titan | 129.00 | 77.40
  Grinders | electric grinder | lasts | 1
      Electric grinder Start | 89.00 | 53.40
      Electric grinder Plus | 149.00 | 92.40
      Electric grinder Pro | 299.00 | 191.40
  Espresso | espresso machine | lasts | 1
      Espresso machine Mini | 129.00 | 80.00
      Espresso machine Uno | 249.00 | 159.40
      Espresso machine Duo | 449.00 | 291.90 | sold out
  Espresso | moka pot | lasts | 1
      Moka pot, 3 cups | 26.90 | 13.90
      Moka pot, 6 cups | 36.90 | 19.50
      Steel moka pot, 6 cups | 59.00 | 33.00
  Espresso | tamper | lasts | 1
      Tamper, 58 mm | 19.90 | 9.40
      Levelling tamper, 58 mm | 39.90 | 20.70
  Espresso | milk jug | lasts | 1
      Milk jug, 0.35 l | 15.90 | 7.50
      Milk jug, 0.6 l, engraved | 27.90 | 14.20
      Milk frother | 54.00 | 29.70
  Espresso | knock box | lasts | 1
      Knock box | 22.00 | 11.00
      Knock drawer | 62.00 | 35.30
  Tableware | mug | lasts | 4
      Stoneware mug | 12.50 | 5.90
      Hand-thrown mug | 19.50 | 9.80
      Double-walled glass | 26.00 | 13.50
  Tableware | espresso cups | lasts | 2
      Espresso cups, set of 2 | 14.90 | 7.30
      Espresso cups, set of 4 | 29.90 | 15.20
      Porcelain espresso set | 58.00 | 31.90
  Tableware | tea cups | lasts | 4
      Tea bowl | 11.50 | 5.40
      Porcelain tea cups, set of 2 | 28.00 | 14.30
  Tableware | bowls | lasts | 2
      Cereal bowls, set of 2 | 22.00 | 11.30
      Stoneware bowls, set of 4 | 49.00 | 26.50
  Tableware | tumbler | lasts | 2
      Travel tumbler | 24.90 | 12.90
      Steel travel mug, 0.5 l | 36.00 | 19.10
  Tableware | tin | lasts | 3
      Tea tin, 100 g | 8.90 | 4.10
      Coffee tin, 500 g | 16.90 | 8.30
      Vacuum canister | 34.00 | 18.00
  Pantry | chocolate | 14 | 6
      Milk chocolate 42% | 3.90 | 2.00
      Dark chocolate 72% | 4.50 | 2.30
      Single-origin chocolate 80% | 7.90 | 4.20
      Truffles, 16 pieces | 16.50 | 8.90
  Pantry | spread | 42 | 4
      Wildflower honey, 250 g | 8.90 | 4.70
      Hazelnut spread, 250 g | 9.90 | 5.30
      Heather honey, 250 g | 14.50 | 8.00 | sold out
  Pantry | biscuits | 18 | 4
      Butter shortbread, 180 g | 4.90 | 2.50
      Almond biscotti, 200 g | 6.40 | 3.30
      Cantuccini with pistachio, 250 g | 10.50 | 5.70
  Pantry | oat drink | 16 | 4
      Oat drink barista, 6 x 1 l | 14.90 | 9.10
      Organic oat drink, 6 x 1 l | 18.90 | 11.70
  Pantry | granola | 24 | 4
      Granola maple, 500 g | 7.90 | 4.10
      Granola cacao and nut, 500 g | 9.90 | 5.20
      Granola seeds, gluten-free, 400 g | 12.90 | 7.00
  Pantry | olive oil | 55 | 4
      Olive oil, 0.5 l | 13.90 | 7.60
      Olive oil early harvest, 0.5 l | 23.90 | 13.40
  Pantry | syrup | 40 | 4
      Vanilla syrup, 0.25 l | 7.50 | 3.60
      Maple syrup, 0.5 l | 16.90 | 9.10
  Care | paper filters | 45 | 4
      Paper filters, 100 pieces | 5.90 | 2.60
      Paper filters bamboo, 100 pieces | 8.50 | 4.10
  Care | descaler | 75 | 4
      Descaler, 250 ml | 8.90 | 4.00
      Descaler organic, 500 ml | 14.50 | 7.00
  Care | cleaning tablets | 60 | 4
      Cleaning tablets, 20 pieces | 11.90 | 5.60
      Grinder cleaner, 250 g | 16.90 | 8.40
  Care | water filter | 50 | 4
      Water filter cartridge | 9.90 | 5.00
      Water filter cartridges, 3 pieces | 26.90 | 14.30
  Gifts | tasting box | 120 | 4
      Tasting box, 6 chocolates | 24.00 | 12.70
      Tasting box, 5 coffees | 34.00 | 18.50
      Tasting box, 8 teas | 42.00 | 22.90
  Gifts | hamper | 150 | 4
      Breakfast hamper | 54.00 | 30.40
      Gourmet hamper | 89.00 | 51.60
      Grand hamper | 149.00 | 88.00
  Gifts | calendar | 365 | 4
      Tea advent calendar | 34.90 | 18.80 | October to December
      Coffee advent calendar | 49.90 | 27.90 | October to December
  Gifts | voucher | 180 | 4
      Gift card | 50.00 | 28.00 | excluded
      Barista workshop voucher | 89.00 | 45.00
  Gifts | wrapping | 90 | 4
      Carrier bag, cotton | 3.90 | 1.80 | excluded
`;

const cells = (line: string) => line.split('|').map((cell) => cell.trim());

/** A shelf's line, then those of its goods. */
function goodsOf([shelf, ...goods]: readonly string[]): Omit<CatalogueProduct, 'id'>[] {
  const [category, need, pace, most] = cells(shelf!);
  return goods.map((line, i) => {
    const [name, unitPrice, unitCost, note = ''] = cells(line);
    return {
      name: name!,
      category: category!,
      need: need!,
      unitPrice: Number(unitPrice),
      unitCost: Number(unitCost),
      tier: goods.length === 1 ? 0 : (2 * i) / (goods.length - 1) - 1,
      pace: pace === 'lasts' ? null : Number(pace),
      most: Number(most),
      launchedAt: note.startsWith('from ') ? Date.parse(note.slice(5)) : null,
      isForChristmas: note === 'October to December',
      isSoldOut: note === 'sold out',
      isExcluded: note === 'excluded',
    };
  });
}

function numbered(goods: readonly Omit<CatalogueProduct, 'id'>[]): CatalogueProduct[] {
  const counts = new Map<string, number>();
  return goods.map((good) => {
    const number = (counts.get(good.category) ?? 0) + 1;
    counts.set(good.category, number);
    return { id: `${good.category.slice(0, 3).toUpperCase()}-${String(number).padStart(2, '0')}`, ...good };
  });
}

export const PRODUCTS: readonly CatalogueProduct[] = numbered(
  SHELVES.trim()
    .split(/\n {2}(?! )/)
    .flatMap((shelf) => goodsOf(shelf.split('\n'))),
);
