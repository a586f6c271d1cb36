/** The first line of each source's export, as its documentation or its own files have it. */
export const HEADERS = {
  'shopify-orders':
    'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Country,Cancelled at,Refunded Amount,Source',
  'woo-analytics':
    'Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution',
  'woo-order-export':
    'Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount',
  'magento-orders':
    'ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Subtotal,Shipping and Handling,Customer Name,Payment Method,Total Refunded',
  'bigcommerce-orders':
    'Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Time,Order Status,Subtotal (ex tax),Tax Total,Shipping Cost (ex tax),Refund Amount,Order Total (inc tax),Order Total (ex tax),Order Currency Code,Shipping Country,Product Details,Channel Name',
  'square-items':
    'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,Customer ID,Customer Name',
  'amazon-orders':
    'amazon-order-id,purchase-date,order-status,sales-channel,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,shipping-price,item-promotion-discount,ship-country',
  'stripe-payments':
    'id,Description,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Tax,Converted Currency,Mode,Status,Customer ID,Customer Description,Customer Email',
  'stripe-invoices':
    'id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Total Discount Amount,Applied Coupons,Tax,Tax Percent,Total,Amount Paid,Status,Description,Customer Name,Customer Email',
  'ebay-orders':
    'Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Ship To Country,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,Sale Date,Paid On Date,Transaction ID',
  'etsy-items':
    'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,SKU',
  'etsy-orders':
    'Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Buyer,SKU',
  'prestashop-orders': 'ID,Reference,New client,Delivery,Customer,Total,Payment,Status,Date',
  'paypal-activity':
    'Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,Item Title,Item ID,Shipping and Handling Amount,Sales Tax,Reference Txn ID,Quantity,Country Code,Balance Impact',
  'online-retail': 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country',
  orders: 'customer,order,placed at,product,quantity,unit price,discount,email,status,currency',
} as const;

export type Source = keyof typeof HEADERS;

/** A file of a source with these cells a row, by header; other cells are empty. */
export function fileOf(source: Source, rows: readonly Readonly<Record<string, string | number>>[]): string {
  const titles = HEADERS[source].split(',');
  const unknown = rows.flatMap(Object.keys).find((title) => !titles.includes(title));
  if (unknown !== undefined) throw new Error(`${source} has no column "${unknown}"`);
  const quoted = (cell: string | number | undefined) => `"${String(cell ?? '').replaceAll('"', '""')}"`;
  return [titles, ...rows.map((row) => titles.map((title) => row[title]))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');
}
