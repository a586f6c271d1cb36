/** What counts as revenue. NET_SALES: what orders cost after discounts and refunds. TOTAL_SALES: that with tax and shipping. */
export const REVENUES = ['NET_SALES', 'TOTAL_SALES'] as const;

export type Revenue = (typeof REVENUES)[number];

export const REVENUE_TEXT: Readonly<Record<Revenue, string>> = {
  NET_SALES: 'net sales: without tax and shipping',
  TOTAL_SALES: 'total sales: with tax and shipping',
};
