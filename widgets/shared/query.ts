import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';

import type { TypedDocumentString } from '../generated/graphql.ts';

import { RequestFailure, request } from './client.ts';
import type { Complaint } from './names.ts';
import type { Session } from './session.ts';

/**
 * `idle`: nothing to ask for; `initial`: nothing to show yet; `loading`: an older answer can stay in view until the new
 * one is there.
 */
export type Phase = 'idle' | 'initial' | 'loading' | 'ready' | 'empty' | 'error';

export interface QueryOptions<Result, Variables> {
  readonly document: TypedDocumentString<Result, Variables>;
  /** Null while there is nothing to ask for. */
  readonly variables: () => Variables | null;
  readonly isEmpty: (result: Result) => boolean;
}

export type QueryHost = ReactiveControllerHost & {
  readonly session: Session;
  /** Where an attribute is wrong, nothing is asked. */
  readonly complaint: () => Complaint | undefined;
};

/** Keeps a widget's one query in step with its session and variables; a request that is overtaken is aborted. */
export class Query<Result, Variables> {
  readonly #host: QueryHost;
  readonly #task: Task<readonly (string | undefined)[], Result | undefined>;
  readonly #variables: () => Variables | null;
  readonly #isEmpty: (result: Result) => boolean;

  constructor(host: QueryHost, { document, variables, isEmpty }: QueryOptions<Result, Variables>) {
    this.#host = host;
    this.#variables = variables;
    this.#isEmpty = isEmpty;
    this.#task = new Task(host, {
      args: () => [host.session.endpoint, host.session.token, JSON.stringify(this.#asked())],
      task: async (_args, { signal }) => {
        const asked = this.#asked();
        return asked === null ? undefined : request(host.session, document, asked, signal);
      },
    });
  }

  /** The latest answer; while a newer one is on its way, the one before. */
  get result(): Result | undefined {
    return this.#asked() === null ? undefined : this.#task.value;
  }

  get isEmpty(): boolean {
    return this.result !== undefined && this.#isEmpty(this.result);
  }

  get failure(): RequestFailure {
    const { error } = this.#task;
    return error instanceof RequestFailure ? error : new RequestFailure('failed', String(error));
  }

  get phase(): Phase {
    const { status, value } = this.#task;
    if (this.#host.complaint() || status === TaskStatus.ERROR) return 'error';
    if (this.#asked() === null) return 'idle';
    if (value === undefined) return 'initial';
    if (status === TaskStatus.PENDING) return 'loading';
    return this.isEmpty ? 'empty' : 'ready';
  }

  retry(): void {
    void this.#task.run();
  }

  #asked(): Variables | null {
    return this.#host.complaint() ? null : this.#variables();
  }
}
