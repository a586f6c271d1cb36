import type pg from 'pg';

import type { CallerWorkspace } from './access/caller.ts';
import type { Upload } from './http/kept-uploads.ts';
import type { Logger } from './http/logger.ts';
import type { Uploads } from './http/uploads.ts';
import { formatsNamed, IMPORT_FORMATS } from './import-formats.ts';
import { listProfiles } from './imports/data/import-profiles.ts';
import { type ImportReport, startImport, tryImport } from './imports/import-file.ts';
import { type ImportInput, openImport } from './imports/open-import.ts';
import { type ImportPreview, previewImport } from './imports/preview-import.ts';
import { deleteProfile } from './imports/saved-profiles.ts';

export interface UploadDependencies {
  readonly pool: pg.Pool;
  readonly uploads: Uploads;
  readonly logger: Pick<Logger, 'error'>;
  /** Ends what is done for the request alone. */
  readonly signal: AbortSignal;
}

/** What whoever imports has chosen of a file. @property format One of the names of `sources`. */
export interface UploadChoices extends Pick<ImportInput, 'sheet' | 'currency' | 'choices' | 'profile'> {
  readonly format?: string | undefined;
}

export interface UploadPreview extends ImportPreview {
  /** What an import would come to; null where the file is refused. */
  report(): Promise<ImportReport> | null;
}

/** What a caller can do with the files that `POST /uploads` keeps. */
export function uploadedImports({ pool, uploads, logger, signal }: UploadDependencies, workspace: CallerWorkspace) {
  const inputOf = ({ path, name }: Upload, { format, ...chosen }: UploadChoices) => ({
    ...chosen,
    workspace: workspace.name,
    path,
    name,
    formats: formatsNamed(format),
  });
  return {
    /** Every kind of file. */
    sources: () => Object.entries(IMPORT_FORMATS).map(([name, { title, holds }]) => ({ name, title, holds })),
    preview: async (id: string, chosen: UploadChoices): Promise<UploadPreview> => {
      const upload = uploads.find(workspace.id, id);
      const input = inputOf(upload, chosen);
      const preview = await uploads.read(upload, (stop) =>
        previewImport(pool, { ...input, signal: AbortSignal.any([stop, signal]) }),
      );
      const { opened } = preview;
      return { ...preview, report: () => opened && uploads.read(upload, () => tryImport(pool, opened)) };
    },
    profiles: () => listProfiles(pool, workspace.id),
    deleteProfile: (name: string) => deleteProfile(pool, workspace.id, name),
    /** @param saveProfileAs Name under which the choices are saved. @returns Id of the import. */
    start: async (id: string, chosen: UploadChoices, saveProfileAs?: string): Promise<string> => {
      const upload = uploads.find(workspace.id, id);
      const input = { ...inputOf(upload, chosen), saveProfileAs };
      return uploads.importOnce(upload, async (stop) => {
        const opened = await openImport(pool, { ...input, signal: stop });
        const { job, done } = await startImport(pool, opened);
        done.catch((error: unknown) => logger.error({ err: error, job }, 'the import failed'));
        return { result: job, until: done };
      });
    },
  };
}
