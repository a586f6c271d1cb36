import { campaign } from '../../ingest/campaign.ts';
import { cdnow } from './cdnow.ts';
import { events } from './events.ts';
import type { Format } from './format.ts';
import { onlineRetail } from './online-retail.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';

export const FORMATS = {
  orders,
  products,
  events,
  campaign,
  'online-retail': onlineRetail,
  cdnow,
} as const satisfies Record<string, Format>;
