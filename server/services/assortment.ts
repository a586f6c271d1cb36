import type { SoldProduct } from '../data/interactions.ts';
import type { Assortment } from '../recommenders/offers.ts';

/** The catalogue's price, else the mean that was paid for one; NaN where neither is known. */
export const priceOf = ({ price, revenue, quantity }: SoldProduct): number =>
  price ?? (quantity > 0 ? revenue / quantity : Number.NaN);

/** The catalogue's cost, else the mean of the order lines that know it; NaN where neither is known. */
export const unitCostOf = ({ unitCost, cost, costedRevenue, revenue, quantity }: SoldProduct): number =>
  unitCost ?? (costedRevenue > 0 ? (cost / costedRevenue) * (revenue / quantity) : Number.NaN);

/** Share of revenue that is left after costs; NaN where they are unknown. */
function marginShare(product: SoldProduct): number {
  const { costedRevenue, cost } = product;
  if (costedRevenue > 0) return 1 - cost / costedRevenue;
  return 1 - unitCostOf(product) / priceOf(product);
}

/** What is known of the products. Where some costs are known, the others are taken to be like them on the whole. */
export function assortmentOf(products: readonly SoldProduct[]): Assortment {
  const categories = new Map<string, number>();
  const category = products.map(({ category: name }) => {
    if (name === null) return -1;
    if (!categories.has(name)) categories.set(name, categories.size);
    return categories.get(name)!;
  });
  const costed = products.reduce((sum, { costedRevenue }) => sum + costedRevenue, 0);
  const cost = products.reduce((sum, product) => sum + product.cost, 0);
  const usualShare = costed > 0 ? 1 - cost / costed : Number.NaN;
  return {
    category: Int32Array.from(category),
    price: Float64Array.from(products, priceOf),
    margin: Float64Array.from(products, (product) => {
      const share = marginShare(product);
      const purchase = product.purchases > 0 ? product.revenue / product.purchases : priceOf(product);
      return purchase * (Number.isNaN(share) ? usualShare : share);
    }),
    isOpen: Uint8Array.from(products, ({ isOpen }) => Number(isOpen)),
  };
}
