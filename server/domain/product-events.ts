/** What a customer can do with a product short of buying it. */
export const PRODUCT_EVENT_KINDS = ['VIEWED', 'ADDED_TO_CART'] as const;

export type ProductEventKind = (typeof PRODUCT_EVENT_KINDS)[number];
