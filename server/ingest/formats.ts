import { cdnow } from './cdnow.ts';
import type { Format } from './format.ts';
import { onlineRetail } from './online-retail.ts';
import { orders } from './orders.ts';

export const FORMATS = { orders, 'online-retail': onlineRetail, cdnow } as const satisfies Record<string, Format>;
