/** A row of a file. */
export interface Row {
  /** Line of the file on which the row begins, from 1; of a spreadsheet the number of the row. */
  readonly line: number;
  /** Lines that the row spans. */
  readonly lines: number;
  readonly raw: string;
  /** null where the row breaks the syntax of the file; `fault` describes how. */
  readonly fields: readonly string[] | null;
  readonly fault?: string;
}

export interface Layout {
  readonly kind: 'CSV' | 'WORDS' | 'JSON_LINES' | 'SPREADSHEET';
  /** null of a spreadsheet. */
  readonly encoding: string | null;
  /** null where the kind has none. */
  readonly delimiter: string | null;
  readonly isCompressed: boolean;
  /** null where the file is no spreadsheet. */
  readonly sheet: string | null;
  /** Rows above the header, such as the title of a report. They are not read. */
  readonly titleRows: number;
  /** Other sheets that have a header and rows; they are not read. */
  readonly otherSheets: readonly string[];
}

export interface Table {
  readonly path: string;
  /** Size on disk. */
  readonly bytes: number;
  readonly layout: Layout;
  /** Fields of the first row: the header, or data where a format has none. */
  readonly first: readonly string[];
  /**
   * All rows after the first, anew at every call. Rows without a value are left out; their lines are counted.
   * @param onRead Is given the bytes read from disk, chunk by chunk.
   * @param isFirstData Whether the first row is data, which is then given too.
   */
  rows(onRead?: (bytes: number) => void, isFirstData?: boolean): AsyncGenerator<Row>;
  /** The same rows, many at a time: of a large file, waiting for each would take longer than reading it. */
  batches(onRead?: (bytes: number) => void, isFirstData?: boolean): AsyncGenerator<readonly Row[]>;
}
