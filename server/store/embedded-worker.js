// Plain JavaScript: a worker thread runs it as it stands, from the sources and from dist/.
import { createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketHandler } from '@electric-sql/pglite-socket';

import { SessionQueue } from './session-queue.js';

/** @type {{ folder: string | undefined, dump: Uint8Array<ArrayBuffer> | undefined, cacheMb: number, socket: string, maxConnections: number }} */
const { folder, dump, cacheMb, socket, maxConnections } = workerData;

// V8 optimises a WebAssembly function that has run this much. Its default makes it optimise during every start, which a short command never gets back.
setFlagsFromString('--wasm-tiering-budget=100000000');
// Compiled in the background, the module keeps this thread from the first connection for another fifth of a second after it is ready.
setFlagsFromString('--no-wasm-async-compilation');
const db = await PGlite.create({
  dataDir: folder,
  loadDataDir: dump && new Blob([dump]),
  startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${cacheMb}MB`],
});
await db.exec("set time zone 'UTC'");

const queue = /** @type {any} */ (new SessionQueue(db));
/** @type {Set<PGLiteSocketHandler>} */
const handlers = new Set();
let isRetiring = false;
const server = createServer((client) => {
  const handler = new PGLiteSocketHandler({ queryQueue: queue, closeOnDetach: true });
  handlers.add(handler);
  for (const event of ['close', 'error']) {
    handler.addEventListener(event, () => {
      handlers.delete(handler);
      if (isRetiring) retire();
    });
  }
  void handler.attach(client);
});
server.maxConnections = maxConnections;
server.listen(socket, () => answer('listen'));

/** Stops listening in the moment in which nobody is connected. */
function retire() {
  isRetiring = true;
  if (handlers.size > 0) return;
  server.close();
  answer('retire');
}

async function close() {
  server.close();
  for (const handler of handlers) await handler.detach(true);
  await db.close();
  answer('close');
  parentPort?.close();
}

/** @param {string} kind @param {unknown} [value] */
function answer(kind, value) {
  parentPort?.postMessage({ kind, value });
}

parentPort?.on('message', async (/** @type {'dump' | 'retire' | 'close'} */ message) => {
  if (message === 'retire') retire();
  else if (message === 'close') await close();
  else answer('dump', await (await db.dumpDataDir('none')).arrayBuffer());
});
