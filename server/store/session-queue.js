/** Frontend messages after which the engine answers ReadyForQuery: Query and Sync. The startup message has no type byte. */
const ENDS_TURN = new Set(['Q', 'S']);
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);

/**
 * Gives the engine's one session to one connection at a time, from its first message until the engine is ready for the next
 * query and no transaction is open. The queue inside pglite-socket does so only within a transaction: outside, one connection's
 * Bind can meet another's unnamed statement (electric-sql/pglite#1046).
 */
export class SessionQueue {
  /** @type {{ handlerId: number, message: Uint8Array, onData: (data: Uint8Array) => void, resolve: (size: number) => void, reject: (error: unknown) => void }[]} */
  #queue = [];
  /** @type {number | null} */
  #holder = null;
  #isRunning = false;
  #db;

  /** @param {import('@electric-sql/pglite').PGlite} db */
  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {number} handlerId
   * @param {Uint8Array} message
   * @param {(data: Uint8Array) => void} onData
   * @returns {Promise<number>} Bytes of the answer.
   */
  enqueue(handlerId, message, onData) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ handlerId, message, onData, resolve, reject });
      void this.#run();
    });
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { handlerId, message, onData, resolve, reject } = next;
      this.#holder = handlerId;
      let size = 0;
      try {
        await this.#db.runExclusive(() =>
          this.#db.execProtocolRawStream(message, {
            onRawData: (data) => {
              size += data.length;
              onData(data);
            },
          }),
        );
        resolve(size);
      } catch (error) {
        reject(error);
      }
      if (endsTurn(message) && !this.#db.isInTransaction()) this.#holder = null;
    }
    this.#isRunning = false;
  }

  #next() {
    const index = this.#holder === null ? 0 : this.#queue.findIndex(({ handlerId }) => handlerId === this.#holder);
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0];
  }

  /** @param {number} handlerId */
  clearQueueForHandler(handlerId) {
    const gone = this.#queue.filter((query) => query.handlerId === handlerId);
    this.#queue = this.#queue.filter((query) => query.handlerId !== handlerId);
    for (const { reject } of gone) reject(new Error('the client has disconnected'));
  }

  /**
   * Frees the session from a client that has left in the middle of its turn.
   * @param {number} handlerId
   */
  async clearTransactionIfNeeded(handlerId) {
    if (this.#holder !== handlerId) return;
    await this.#db.runExclusive(() => this.#db.execProtocolRaw(SYNC));
    if (this.#db.isInTransaction()) await this.#db.exec('rollback');
    this.#holder = null;
    void this.#run();
  }

  getQueueLength() {
    return this.#queue.length;
  }
}

/** @param {Uint8Array} message */
function endsTurn(message) {
  const type = message[0] ?? 0;
  return type === 0 || ENDS_TURN.has(String.fromCharCode(type));
}
