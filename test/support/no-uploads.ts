import { KeptUploads } from '../../server/http/kept-uploads.ts';
import type { Uploads } from '../../server/http/uploads.ts';

const refuse = async () => {
  throw new Error('no upload in this test');
};

const none = new KeptUploads({ byteLimit: 0, keepMs: 0 });

/** For surfaces that nothing is sent to. */
export const noUploads: Uploads = {
  receive: refuse,
  keep: refuse,
  find: (workspaceId, id) => none.find(workspaceId, id),
  read: refuse,
  importOnce: refuse,
  close: async () => {},
};
