import type { Uploads } from '../../server/http/uploads.ts';

/** For surfaces that nothing is sent to. */
export const noUploads: Uploads = {
  receive: async () => {
    throw new Error('no upload in this test');
  },
  close: async () => {},
};
