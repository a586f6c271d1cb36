// Plain JavaScript: a worker thread runs it as it stands, from the sources and from dist/.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** @type {{ folder: string | undefined, dump: Uint8Array<ArrayBuffer> | undefined, socket: string, maxConnections: number }} */
const { folder, dump, socket, maxConnections } = workerData;

const db = await PGlite.create({ dataDir: folder, loadDataDir: dump && new Blob([dump]) });
await db.exec("set time zone 'UTC'");
const server = new PGLiteSocketServer({ db, path: socket, maxConnections });
await server.start();
parentPort?.postMessage('ready');

parentPort?.on('message', async (/** @type {'close' | 'dump'} */ message) => {
  if (message === 'dump') {
    parentPort?.postMessage(await (await db.dumpDataDir('none')).arrayBuffer());
    return;
  }
  await server.stop();
  await db.close();
  parentPort?.postMessage('closed');
  parentPort?.close();
});
