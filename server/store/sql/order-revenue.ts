/** SQL of revenue, as the setting of a workspace counts it. @param workspace Placeholder of its id. */
const isTotal = (workspace: string) => `(select revenue = 'TOTAL_SALES' from workspace where id = ${workspace})`;

const totalOf = (order: string) => `(${order}.amount + ${order}.tax + ${order}.shipping)`;

/** What an order brought before refunds. @param order Alias of the order. */
export const grossOf = (order: string, workspace: string): string =>
  `case when ${isTotal(workspace)} then ${totalOf(order)} else ${order}.amount end`;

/** What a refund takes off the revenue. Stored refunds are of net sales; tax and shipping of their order go back in proportion. */
export const givenBackOf = (refunded: string, order: string, workspace: string): string =>
  `case when ${order}.amount > 0 and ${isTotal(workspace)} then ${refunded} * ${totalOf(order)} / ${order}.amount else ${refunded} end`;

/** What an order brought after refunds. @param refunded Sum of its stored refunds; null without one. */
export const netOf = (order: string, refunded: string, workspace: string): string =>
  `(${grossOf(order, workspace)} - coalesce(${givenBackOf(refunded, order, workspace)}, 0))`;
