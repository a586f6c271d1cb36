/** Whether the totals on lines are those of their orders: the same on every line of each order whose lines differ. */
export function totalSurvey() {
  let order: string | null = null;
  let total: string | null = null;
  let line = '';
  let isSame = true;
  let lines = 0;
  let repeated = 0;
  let different = 0;

  function close(): void {
    if (lines < 2) return;
    if (isSame) repeated++;
    else different++;
  }

  return {
    /** @param product What distinguishes one line of an order from another. */
    add(number: string | null, lineTotal: string | null, product: readonly (string | null)[]): void {
      const text = product.join('\n');
      if (number !== order) {
        close();
        [order, total, line, isSame, lines] = [number, lineTotal, text, true, 1];
        return;
      }
      // Two equal lines have equal totals of their own.
      if (text === line) return;
      lines++;
      line = text;
      if (lineTotal === null || lineTotal !== total) isSame = false;
    },
    areRepeated(): boolean {
      close();
      lines = 0;
      return repeated > 0 && different === 0;
    },
    repeated: () => repeated,
  };
}

/** Prices from which on a shop's discounts are not all below 1. */
const LEAST_PRICE = 5;

/** Whether discounts are shares of the line: all within 0 and 1, where prices are larger. */
export function shareSurvey() {
  let discounts = 0;
  let shares = 0;
  let prices = 0;
  let priced = 0;
  return {
    add(discount: string | null, price: string | null): void {
      const size = Number(price);
      if (price !== null && Number.isFinite(size)) {
        prices += size;
        priced++;
      }
      const off = Number(discount);
      if (discount === null || off === 0) return;
      discounts++;
      if (off > 0 && off < 1) shares++;
    },
    areShares: () => discounts > 0 && shares === discounts && priced > 0 && prices / priced >= LEAST_PRICE,
    count: () => discounts,
  };
}
