import type { Assortment } from '../engine/recommenders/recommendations.ts';
import type { SoldProduct } from './data/interactions.ts';

/** The catalogue's price, else the mean that was paid for one; NaN where neither is known. */
export const priceOf = ({ price, revenue, quantity }: SoldProduct): number =>
  price ?? (quantity > 0 ? revenue / quantity : Number.NaN);

/** The catalogue's cost, else the mean of the order lines that know it; NaN where neither is known. */
export const unitCostOf = ({ unitCost, cost, costedRevenue, revenue, quantity }: SoldProduct): number =>
  unitCost ?? (costedRevenue > 0 ? (cost / costedRevenue) * (revenue / quantity) : Number.NaN);

/** Share of revenue that is left after costs; null where they are unknown. */
function marginShare(product: SoldProduct): number | null {
  const { costedRevenue, cost } = product;
  const share = costedRevenue > 0 ? 1 - cost / costedRevenue : 1 - unitCostOf(product) / priceOf(product);
  return Number.isFinite(share) ? share : null;
}

/**
 * Price, margin and category of the products. Where some costs are known, the other products are taken to have the same margin
 * rate, and a product without a price the mean value of a purchase. Then all products have a margin, and lists are in one unit.
 */
export function assortmentOf(products: readonly SoldProduct[]): Assortment {
  const categories = new Map<string, number>();
  const category = products.map(({ category: name }) => {
    if (name === null) return -1;
    if (!categories.has(name)) categories.set(name, categories.size);
    return categories.get(name)!;
  });
  const shares = products.map(marginShare);
  const known = shares.filter((share) => share !== null);
  const usualShare = known.reduce((sum, share) => sum + share, 0) / known.length;
  const purchases = products.reduce((sum, product) => sum + product.purchases, 0);
  const usualPurchase = products.reduce((sum, { revenue }) => sum + revenue, 0) / Math.max(1, purchases);
  return {
    category: Int32Array.from(category),
    price: Float64Array.from(products, priceOf),
    margin: Float64Array.from(products, (product, item) => {
      const price = priceOf(product);
      const purchase = product.purchases > 0 ? product.revenue / product.purchases : price;
      return (Number.isNaN(purchase) ? usualPurchase : purchase) * (shares[item] ?? usualShare);
    }),
    isOpen: Uint8Array.from(products, ({ isOpen }) => Number(isOpen)),
  };
}
