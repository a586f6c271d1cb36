import type { Store, StoreOrder } from './simulate-store.ts';
import type { StoreExposure } from './store-campaigns.ts';
import { type CatalogueProduct, PRODUCTS } from './store-catalogue.ts';
import type { StoreEvent } from './store-events.ts';

type Field = string | number;

/** The store as the files that any shop exports. */
export function* ordersCsv({ orders }: Store): Generator<string> {
  yield 'customer,name,email,order,placed at,product,product name,category,quantity,unit price,discount,currency,unit cost,channel,country\n';
  for (const order of orders) yield orderRows(order);
}

function orderRows({ time, buyer, number, lines }: StoreOrder): string {
  const { customer, name, email, channel, country } = buyer;
  const placedAt = new Date(time).toISOString();
  return lines
    .map(({ product, productName, category, quantity, unitPrice, discount, unitCost }) => [
      ...[customer, name, email, number, placedAt, product, productName, category],
      ...[quantity, unitPrice, discount, 'EUR', unitCost, channel, country],
    ])
    .map(csvRow)
    .join('');
}

export function* productsCsv(): Generator<string> {
  yield 'product,name,category,price,unit cost,stock,excluded,currency\n';
  for (const product of PRODUCTS) yield csvRow(productFields(product));
}

const productFields = ({
  id,
  name,
  category,
  unitPrice,
  unitCost,
  isSoldOut,
  isExcluded,
}: CatalogueProduct): Field[] => [
  ...[id, name, category, unitPrice, unitCost],
  ...[isSoldOut ? 0 : 10 + Math.ceil(2000 / unitPrice), isExcluded ? 'yes' : 'no', 'EUR'],
];

export function* eventsCsv(events: readonly StoreEvent[]): Generator<string> {
  yield 'customer,product,kind,at\n';
  for (const { customer, product, kind, time } of events)
    yield csvRow([customer, product, kind, new Date(time).toISOString()]);
}

export function* exposuresCsv(exposures: readonly StoreExposure[]): Generator<string> {
  yield `campaign,kind,channel,trigger,cost per message,customer,variant,weight,control,${STEPS.map((step) => `${step} at`).join(',')}\n`;
  for (const exposure of exposures) yield csvRow(exposureFields(exposure));
}

const STEPS = [
  ...(['assigned', 'sent', 'delivered', 'opened', 'clicked'] as const),
  ...(['converted', 'unsubscribed', 'bounced', 'complained'] as const),
];

const exposureFields = ({ campaign, customer, variant, ...times }: StoreExposure): Field[] => [
  ...[campaign.name, campaign.kind, campaign.channel, campaign.trigger, campaign.costPerMessage],
  ...[customer, variant.name, variant.weight, variant.isControl ? 'yes' : 'no'],
  ...STEPS.map((step) => {
    const time = times[step];
    return time === null ? '' : new Date(time).toISOString();
  }),
];

const csvRow = (fields: readonly Field[]) => `${fields.map(quoted).join(',')}\n`;

const quoted = (field: Field) =>
  typeof field === 'string' && /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
