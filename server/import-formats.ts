import { campaign } from './campaigns/imports/campaign.ts';
import { campaignIntake } from './campaigns/imports/campaign-intake.ts';
import { refuseWithoutKind } from './campaigns/imports/refuse-without-kind.ts';
import { DomainError } from './domain/errors.ts';
import { catalogueIntake } from './imports/catalogue-intake.ts';
import { customerIntake } from './imports/customer-intake.ts';
import { eventIntake } from './imports/event-intake.ts';
import { cdnow } from './imports/formats/cdnow.ts';
import { type CustomerProfile, customers } from './imports/formats/customers.ts';
import { events } from './imports/formats/events.ts';
import { ga4Events } from './imports/formats/ga4-events.ts';
import { products } from './imports/formats/products.ts';
import { rates } from './imports/formats/rates.ts';
import { rowFormat } from './imports/formats/row-format.ts';
import type { ImportFormat } from './imports/intake.ts';
import { orderIntake } from './imports/order-intake.ts';
import { brevoContacts } from './imports/profiles/contacts/brevo-contacts.ts';
import { klaviyoProfiles } from './imports/profiles/contacts/klaviyo-profiles.ts';
import { mailchimpAudience } from './imports/profiles/contacts/mailchimp-audience.ts';
import { shopifyCustomers } from './imports/profiles/contacts/shopify-customers.ts';
import { wooCustomers } from './imports/profiles/contacts/woo-customers.ts';
import { orderFormat } from './imports/profiles/order-format.ts';
import { paypalActivity } from './imports/profiles/payments/paypal-activity.ts';
import { stripeInvoices } from './imports/profiles/payments/stripe-invoices.ts';
import { stripePayments } from './imports/profiles/payments/stripe-payments.ts';
import { stripeRefunds } from './imports/profiles/payments/stripe-refunds.ts';
import { amazonOrders } from './imports/profiles/shops/amazon-orders.ts';
import { bigcommerceOrders } from './imports/profiles/shops/bigcommerce-orders.ts';
import { ebayOrders } from './imports/profiles/shops/ebay-orders.ts';
import { etsyItems } from './imports/profiles/shops/etsy-items.ts';
import { etsyOrders } from './imports/profiles/shops/etsy-orders.ts';
import { magentoGrid } from './imports/profiles/shops/magento-grid.ts';
import { onlineRetail } from './imports/profiles/shops/online-retail.ts';
import { orders } from './imports/profiles/shops/orders.ts';
import { prestashopOrders } from './imports/profiles/shops/prestashop-orders.ts';
import { shopifyOrders } from './imports/profiles/shops/shopify-orders.ts';
import { squareItems } from './imports/profiles/shops/square-items.ts';
import { wooAnalytics } from './imports/profiles/shops/woo-analytics.ts';
import { wooOrderExport } from './imports/profiles/shops/woo-order-export.ts';
import { rateIntake } from './imports/rate-intake.ts';
import type { NamedFormat } from './imports/recognise.ts';

const contacts = (profile: CustomerProfile) => rowFormat(profile.title, customers(profile), customerIntake);

/** Every kind of file that can be imported, by the name that `--format` takes. */
export const IMPORT_FORMATS = {
  'shopify-orders': orderFormat(shopifyOrders),
  'woo-analytics': orderFormat(wooAnalytics),
  'woo-order-export': orderFormat(wooOrderExport),
  'magento-orders': orderFormat(magentoGrid),
  'bigcommerce-orders': orderFormat(bigcommerceOrders),
  'prestashop-orders': orderFormat(prestashopOrders),
  'square-items': orderFormat(squareItems),
  'amazon-orders': orderFormat(amazonOrders),
  'ebay-orders': orderFormat(ebayOrders),
  'etsy-items': orderFormat(etsyItems),
  'etsy-orders': orderFormat(etsyOrders),
  'stripe-payments': orderFormat(stripePayments),
  'stripe-invoices': orderFormat(stripeInvoices),
  'stripe-refunds': orderFormat(stripeRefunds),
  'paypal-activity': orderFormat(paypalActivity),
  'online-retail': orderFormat(onlineRetail),
  cdnow: rowFormat('CDNOW', cdnow, orderIntake),
  'shopify-customers': contacts(shopifyCustomers),
  'woo-customers': contacts(wooCustomers),
  'brevo-contacts': contacts(brevoContacts),
  'klaviyo-profiles': contacts(klaviyoProfiles),
  'mailchimp-audience': contacts(mailchimpAudience),
  // Too many files have an e-mail address for it to show what they hold.
  customers: { ...rowFormat('customers', customers(), customerIntake), recognise: () => 0 },
  campaign: { ...rowFormat('campaign recipients or events', campaign, campaignIntake), check: refuseWithoutKind },
  'ga4-events': rowFormat('Google Analytics 4 events', ga4Events, eventIntake),
  events: rowFormat('product events', events, eventIntake),
  products: rowFormat('product catalogue', products, catalogueIntake),
  rates: rowFormat('rates of exchange', rates, rateIntake),
  orders: orderFormat(orders),
} as const satisfies Record<string, ImportFormat>;

export type ImportFormatName = keyof typeof IMPORT_FORMATS;

/** One kind of file or, without a name, all of them for the header to decide. @throws DomainError BAD_FORMAT. */
export function formatsNamed(name?: string): NamedFormat[] {
  const all = Object.entries<ImportFormat>(IMPORT_FORMATS).map(([each, format]) => ({ name: each, ...format }));
  const chosen = name === undefined ? all : all.filter((format) => format.name === name);
  if (chosen.length > 0) return chosen;
  const known = Object.keys(IMPORT_FORMATS).join(', ');
  throw new DomainError('BAD_FORMAT', `no kind of file "${name}": expected ${known}`, ['format']);
}
