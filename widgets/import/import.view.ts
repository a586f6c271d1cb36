import type { CampaignKind, Revenue } from '../generated/graphql.ts';
import type { Formats } from '../shared/formats.ts';

import type { Choices, Known, Preview } from './import.data.ts';
import type { ImportTerms } from './import.terms.ts';

/** What it takes to write in the reader's language. */
export interface ImportView {
  readonly terms: ImportTerms;
  readonly formats: Formats;
  /** What the workspace counts as revenue; known with the first file. */
  readonly revenue?: Revenue | undefined;
}

/** A file that the server has looked at, and what the user has chosen of it. */
export interface PreviewView extends ImportView {
  /** Every kind of file that can be imported, and the choices that were saved. */
  readonly known: Known;
  readonly preview: Preview;
  readonly choices: Choices;
  /** Whether columns that are not used are shown too. */
  readonly isWide: boolean;
  /** Name under which the choices are to be saved. */
  readonly saveAs: string;
  readonly kindName: (kind: CampaignKind) => string;
  readonly onChoice: (choices: Choices) => void;
  readonly onWidth: (isWide: boolean) => void;
  readonly onSaveAs: (name: string) => void;
}
