import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';

import { DomainError } from '../domain/errors.ts';

export interface UploadLabel {
  readonly workspaceId: string;
  /** Name of the file as people know it. */
  readonly name: string;
}

/** A file that was sent, and waits for its import. */
export interface Upload extends UploadLabel {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly expiresAt: Date;
}

interface Kept {
  readonly upload: Upload;
  readonly timer: NodeJS.Timeout;
  /** The import, from the moment at which it is asked for. */
  job: Promise<string> | null;
  /** Whether the file is gone because its import has ended. */
  isImported: boolean;
}

/** Of one workspace, whose oldest files make room for new ones. */
const MOST_KEPT = 5;

/** The files that this process keeps. Only memory knows them: when the process ends, they are left to the next one to remove. */
export class KeptUploads {
  readonly #byteLimit: number;
  readonly #keepMs: number;
  readonly #kept = new Map<string, Kept>();

  /** @param byteLimit Of all files of a workspace. */
  constructor({ byteLimit, keepMs }: { readonly byteLimit: number; readonly keepMs: number }) {
    this.#byteLimit = byteLimit;
    this.#keepMs = keepMs;
  }

  add(file: Omit<Upload, 'id' | 'expiresAt'>): Upload {
    const upload = { ...file, id: randomUUID(), expiresAt: new Date(Date.now() + this.#keepMs) };
    const timer = setTimeout(() => this.#forget(upload.id), this.#keepMs).unref();
    this.#kept.set(upload.id, { upload, timer, job: null, isImported: false });
    this.#makeRoom(upload.workspaceId);
    return upload;
  }

  /** @throws DomainError UNKNOWN_UPLOAD where the workspace has sent no such file, or its time is over. */
  find(workspaceId: string, id: string): Upload {
    const upload = this.#kept.get(id)?.upload;
    if (upload?.workspaceId !== workspaceId) throw unknownUpload();
    return upload;
  }

  /** @throws DomainError UNKNOWN_UPLOAD where the file is not there any more. */
  assertKept({ id }: Upload): void {
    if (this.#kept.get(id)?.isImported !== false) throw unknownUpload();
  }

  /** @param start Rejects where the file cannot be imported as it is: it may then be asked again. */
  async importOnce(upload: Upload, start: () => Promise<string>): Promise<string> {
    const kept = this.#kept.get(upload.id);
    if (kept === undefined) throw unknownUpload();
    kept.job ??= start().catch(async (error: unknown) => {
      kept.job = null;
      if (!this.#kept.has(upload.id)) await remove(upload);
      throw error;
    });
    return kept.job;
  }

  /** Removes the file of an import that has ended; which import it was stays known until the file's time is over. */
  async endImport(upload: Upload): Promise<void> {
    const kept = this.#kept.get(upload.id);
    if (kept !== undefined) kept.isImported = true;
    await remove(upload);
  }

  async clear(): Promise<void> {
    const uploads = [...this.#kept.values()].map(({ upload }) => upload);
    for (const { id } of uploads) this.#forget(id);
    await Promise.all(uploads.map((upload) => remove(upload)));
  }

  #forget(id: string): void {
    const { upload, timer, job } = this.#kept.get(id)!;
    clearTimeout(timer);
    this.#kept.delete(id);
    if (job === null) remove(upload);
  }

  #makeRoom(workspaceId: string): void {
    const idle = [...this.#kept.values()].filter(
      ({ upload, job }) => upload.workspaceId === workspaceId && job === null,
    );
    const bytes = () => idle.reduce((sum, { upload }) => sum + upload.bytes, 0);
    while (idle.length > MOST_KEPT || bytes() > this.#byteLimit) this.#forget(idle.shift()!.upload.id);
  }
}

/** What cannot be removed now is left to the next start. */
const remove = ({ path }: Upload) => rm(path, { force: true }).catch(() => {});

const unknownUpload = () =>
  new DomainError(
    'UNKNOWN_UPLOAD',
    'there is no such file: it is kept for an hour, until it is imported or newer files take its place; send it again',
    ['upload'],
  );
