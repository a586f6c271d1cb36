import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openUploads } from '../../server/http/uploads.ts';

/** Uploads in a folder of their own. @param limits Other than those of a server. */
export async function testUploads(
  limits: { readonly byteLimit?: number; readonly idleMs?: number; readonly keepMs?: number } = {},
) {
  const folder = join(mkdtempSync(join(tmpdir(), 'perennial-test-')), 'uploads');
  const uploads = await openUploads({ folder, byteLimit: 100_000, ...limits });
  return {
    uploads,
    folder,
    end: async () => {
      await uploads.close(10_000);
      rmSync(join(folder, '..'), { recursive: true });
    },
  };
}
