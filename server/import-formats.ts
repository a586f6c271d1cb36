import { campaign } from './campaigns/imports/campaign.ts';
import { campaignIntake } from './campaigns/imports/campaign-intake.ts';
import { catalogueIntake } from './imports/catalogue-intake.ts';
import { eventIntake } from './imports/event-intake.ts';
import { cdnow } from './imports/formats/cdnow.ts';
import { events } from './imports/formats/events.ts';
import { onlineRetail } from './imports/formats/online-retail.ts';
import { orders } from './imports/formats/orders.ts';
import { products } from './imports/formats/products.ts';
import type { ImportFormat } from './imports/intake.ts';
import { orderIntake } from './imports/order-intake.ts';

/** Every kind of file that can be imported, by the name that `--format` takes. */
export const IMPORT_FORMATS = {
  orders: { reads: orders, intake: orderIntake },
  products: { reads: products, intake: catalogueIntake },
  events: { reads: events, intake: eventIntake },
  campaign: { reads: campaign, intake: campaignIntake },
  'online-retail': { reads: onlineRetail, intake: orderIntake },
  cdnow: { reads: cdnow, intake: orderIntake },
} as const satisfies Record<string, ImportFormat>;

export type ImportFormatName = keyof typeof IMPORT_FORMATS;
