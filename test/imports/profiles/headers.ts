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
    'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix',
  'amazon-orders':
    'amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,is-business-order,purchase-order-number,price-designation',
  'stripe-payments':
    'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Mode,PaymentIntent ID,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card ID,Card Name,Customer ID,Customer Description,Customer Email,Invoice ID,Transfer',
  'stripe-invoices':
    'id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Total Discount Amount,Applied Coupons,Tax,Tax Percent,Total,Amount Paid,Status',
  'stripe-refunds': 'id,Amount,Charge ID,Created date (UTC),Currency,PaymentIntent ID,Reason,Failure Reason,Status',
  'ebay-orders':
    'Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Country,Ship To Name,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,eBay Collected Tax,Total Price,eBay Collected Tax Included in Total,Payment Method,Sale Date,Paid On Date,Ship By Date,Shipped On Date,Shipping Service,Tracking Number,Transaction ID,Variation Details',
  'etsy-items':
    'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU',
  'etsy-orders':
    'Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Adjusted Card Processing Fees,Adjusted Net Order Amount,Buyer,Order Type,Payment Type,InPerson Discount,InPerson Location,SKU',
  'prestashop-orders': 'ID,Reference,New client,Delivery,Customer,Total,Payment,Status,Date,Company',
  'paypal-activity':
    'Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,Shipping Address,Address Status,Item Title,Item ID,Shipping and Handling Amount,Insurance Amount,Sales Tax,Reference Txn ID,Invoice Number,Custom Number,Quantity,Receipt ID,Balance,Country,Contact Phone Number,Country Code,Balance Impact',
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
