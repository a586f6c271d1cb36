import type { ReactiveController } from 'lit';

import { ImportProgressDocument } from '../generated/graphql.ts';
import { Query, type QueryHost } from '../shared/query.ts';

import { type EndedJob, hasEnded, type Job } from './import.data.ts';

/** How long after an answer the server is asked again. */
const POLL_MS = 700;

/** Watches an import until it has ended. */
export class Run implements ReactiveController {
  readonly progress;
  readonly #host: QueryHost;
  readonly #onEnd: (job: EndedJob) => void;
  #id?: string;
  #poll?: ReturnType<typeof setTimeout>;
  /** The import whose end is known. */
  #ended?: string;

  /** @param onEnd Is called once for each import, whether it succeeded or failed. */
  constructor(host: QueryHost, onEnd: (job: EndedJob) => void) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.progress = new Query(host, {
      document: ImportProgressDocument,
      variables: () => (this.#id === undefined ? null : { id: this.#id }),
      isEmpty: ({ node }) => node === null,
    });
    host.addController(this);
  }

  /** The import as it was last seen. */
  get job(): Job | undefined {
    const node = this.progress.result?.node;
    return node && 'status' in node ? (node as Job) : undefined;
  }

  get hasEnded(): boolean {
    return this.job !== undefined && hasEnded(this.job);
  }

  /** Watches an import; none without an id. */
  watch(id: string | undefined): void {
    this.#id = id;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const { job } = this;
    if (job === undefined || this.progress.phase !== 'ready') return;
    clearTimeout(this.#poll);
    if (!hasEnded(job)) this.#poll = setTimeout(() => this.progress.retry(), POLL_MS);
    else if (this.#ended !== job.id) {
      this.#ended = job.id;
      this.#onEnd(job);
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#poll);
  }
}
