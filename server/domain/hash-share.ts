import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Where a customer falls by a hash of the three: uniform in [0, 1), always the same, and independent from salt to salt.
 * @param salt What the draw is for: the name of a placement, the id of a campaign.
 */
export function hashShare(workspaceId: string, salt: string, customerId: string): number {
  const hash = sha256(utf8ToBytes(`${workspaceId}/${salt}/${customerId}`));
  const view = new DataView(hash.buffer, hash.byteOffset);
  return (view.getUint32(0) * 2 ** 16 + view.getUint16(4)) / 2 ** 48;
}
