import type { ReactiveController } from 'lit';

import type { QueryHost } from '../shared/query.ts';

import { sendFile } from './import.transfer.ts';

/** The file that is being sent. */
export class Upload implements ReactiveController {
  /** Bytes that are sent. */
  sent = 0;
  readonly #host: QueryHost;
  #sending?: AbortController;

  constructor(host: QueryHost) {
    this.#host = host;
    host.addController(this);
  }

  /** @returns Id of the upload; undefined where it was cancelled. @throws {RequestFailure} */
  async send(file: File): Promise<string | undefined> {
    this.cancel();
    this.#sending = new AbortController();
    const { signal } = this.#sending;
    this.sent = 0;
    const onSent = (bytes: number) => {
      this.sent = bytes;
      this.#host.requestUpdate();
    };
    try {
      return await sendFile(this.#host.session, file, onSent, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  cancel(): void {
    this.#sending?.abort();
  }

  hostDisconnected(): void {
    this.cancel();
  }
}
