import { createHash } from 'node:crypto';

/**
 * Where a customer falls by a hash of the three: uniform in [0, 1), always the same, and independent from salt to salt.
 * @param salt What the draw is for: the name of a placement, the id of a campaign.
 */
export function hashShare(workspaceId: string, salt: string, customerId: string): number {
  const hash = createHash('sha256').update(`${workspaceId}/${salt}/${customerId}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}
