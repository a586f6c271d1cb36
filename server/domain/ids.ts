import { v5 } from 'uuid';

import type { ProductEventKind } from './product-events.ts';

/** Root of all deterministic ids; changing it would give every stored row a new identity. */
const NAMESPACE = '6e0f6f0e-52f5-5a5f-9a63-7c8ba1d8fd4a';

/** Ids follow from names, so that importing a file again finds the rows of the first time without a look-up. */
export const workspaceId = (name: string): string => v5(`workspace:${name}`, NAMESPACE);
export const customerId = (workspace: string, externalId: string): string => v5(externalId, workspace);
/** What the unknown customer of one order goes by. */
export const anonymousName = (order: string): string => `anonymous:${order}`;
export const productId = (workspace: string, externalId: string): string => v5(`product:${externalId}`, workspace);
export const orderId = (customer: string, externalId: string): string => v5(externalId, customer);
export const refundId = (customer: string, externalId: string): string => v5(`refund:${externalId}`, customer);
export const eventId = (customer: string, product: string, kind: ProductEventKind, at: Date): string =>
  v5(`event:${product}:${kind}:${at.toISOString()}`, customer);
export const placementId = (workspace: string, name: string): string => v5(`placement:${name}`, workspace);
export const campaignId = (workspace: string, name: string): string => v5(`campaign:${name}`, workspace);
export const variantId = (campaign: string, name: string): string => v5(name, campaign);
/** @param recommendation Its opaque id. */
export const feedbackId = (customer: string, recommendation: string, kind: string, at: Date): string =>
  v5(`feedback:${recommendation}/${kind}/${at.toISOString()}`, customer);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is a UUID as the database writes it; others must not reach it. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Where keyset pages over UUIDs begin: every other UUID comes after it. */
export const LOWEST_UUID = '00000000-0000-0000-0000-000000000000';
