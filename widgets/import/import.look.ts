import { ImportPreviewDocument, ImportReportDocument } from '../generated/graphql.ts';
import { Query, type QueryHost } from '../shared/query.ts';

import { type Choices, needsAllColumns, type Preview } from './import.data.ts';

/** The file that is being looked at: what the server takes it for, and what the user has chosen. */
export class Look {
  readonly preview;
  /** What an import would come to. It takes as long as the file is long, so it comes after the preview. */
  readonly report;
  /** Name under which the choices are to be saved; empty for none. */
  saveAs = '';
  readonly #host: QueryHost;
  #upload?: string;
  #choices: Choices = {};
  #isWide?: boolean;

  constructor(host: QueryHost) {
    this.#host = host;
    this.preview = new Query(host, {
      document: ImportPreviewDocument,
      variables: () => this.input ?? null,
      isEmpty: () => false,
    });
    this.report = new Query(host, {
      document: ImportReportDocument,
      variables: () => (this.isImportable ? this.input! : null),
      isEmpty: () => false,
    });
  }

  get input(): { readonly upload: string; readonly choices: Choices } | undefined {
    return this.#upload === undefined ? undefined : { upload: this.#upload, choices: this.#choices };
  }

  get choices(): Choices {
    return this.#choices;
  }

  /** Whether the server takes the file with the latest choices. */
  get isImportable(): boolean {
    return this.preview.phase === 'ready' && this.preview.result?.importPreview.refusal === null;
  }

  /** Whether columns that are not used are shown: as the user wants it, else as the file needs it. */
  isWide(preview: Preview): boolean {
    return this.#isWide ?? needsAllColumns(preview);
  }

  /** Looks at an upload; at nothing without one. */
  open(upload: string | undefined): void {
    this.#upload = upload;
    this.#isWide = undefined;
    this.saveAs = '';
    this.choose({});
  }

  choose(choices: Choices): void {
    this.#choices = choices;
    this.#host.requestUpdate();
  }

  nameChoices(name: string): void {
    this.saveAs = name;
  }

  widen(isWide: boolean): void {
    this.#isWide = isWide;
    this.#host.requestUpdate();
  }
}
