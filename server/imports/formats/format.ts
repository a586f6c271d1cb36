import type { CampaignKind } from '../../domain/campaigns.ts';
import type { ProductEventKind } from '../../domain/product-events.ts';
import type { Row } from '../reading/table.ts';
import type { ColumnMatch, ColumnSpec, Mapping } from './columns.ts';

/** One line of an order or of a refund. Amounts are decimal texts in major units. */
export interface OrderLine {
  readonly kind: 'order' | 'refund';
  /** null for an order whose customer nothing names. */
  readonly customer: string | null;
  /** Number of the order or, where a refund has one of its own, of the refund. */
  readonly number: string;
  /** Distinguishes two refunds of one order; the number elsewhere. */
  readonly key: string;
  readonly at: Date;
  readonly product: { readonly id: string; readonly name: string | null; readonly category: string | null } | null;
  /** Positive also on a refund. */
  readonly quantity: string;
  /** null where the file gives the total of the line instead. */
  readonly unitPrice: string | null;
  /** Of the line, before the discount; null where the file gives a unit price. */
  readonly total: string | null;
  readonly discount: string;
  readonly unitCost: string | null;
  /** Of the order, on its first line; no part of its revenue. */
  readonly tax: string;
  readonly shipping: string;
  /** Of the amounts; null for the file's. */
  readonly currency: string | null;
  /** What the file itself converts amounts to, and how much of it one unit is. */
  readonly converted: { readonly currency: string; readonly rate: string } | null;
  readonly channel: string | null;
  readonly country: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** One product of the catalogue; null keeps the stored value. */
export interface ProductLine {
  readonly product: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly price: string | null;
  readonly unitCost: string | null;
  readonly isInStock: boolean | null;
  /** Whether it is never to be recommended. */
  readonly isExcluded: boolean | null;
  readonly currency: string | null;
}

/** What a customer did with a product short of buying it. */
export interface EventLine {
  readonly customer: string;
  readonly product: string;
  readonly kind: ProductEventKind;
  readonly at: Date;
}

/** What a list of customers has of one of them; null where it has nothing. */
export interface CustomerLine {
  readonly customer: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly channel: string | null;
  /** When they became known. */
  readonly since: Date | null;
}

/** How many units of each currency one euro bought on a day. */
export interface RateLine {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly rates: readonly { readonly currency: string; readonly rate: string }[];
}

export interface Rejection {
  /** Stable upper-case identifier, counted per import. */
  readonly reason: string;
  /** What was wrong with this row, and what is accepted. */
  readonly detail: string;
}

/** An order that does not count (any more). */
export interface DroppedOrder extends Pick<OrderLine, 'customer' | 'number' | 'at'> {}

/** What became of one row: it counts, it is left out because of the state of its order, or it is rejected. */
export type Outcome<Line> = { readonly row: Row } & (
  | { readonly lines: readonly Line[] }
  /** `drop` is the order, once, where all of it is left out. */
  | { readonly excluded: string; readonly drop?: DroppedOrder | undefined }
  | { readonly rejection: Rejection }
);

export const isRejection = (reading: object): reading is Rejection => 'reason' in reading;

export interface RowReader<Line> {
  readonly columns: readonly ColumnMatch[];
  /** Headers that no column of the format matches. */
  readonly ignored: readonly string[];
  /** The text of a column whose spelling is decided from all rows; null where it is empty. */
  cell?(fields: readonly string[], column: string): string | null;
  read(fields: readonly string[], cells: CellReader): Line | readonly Line[] | Rejection | LeftOut;
}

/** Reads dates and amounts as their columns spell them. */
export interface CellReader {
  instant(column: string, text: string): Date | Rejection;
  /** @returns Decimal text. */
  amount(column: string, text: string): string | Rejection;
}

/** A row that is right and counts for nothing here, by a name in upper case. */
export interface LeftOut {
  readonly excluded: string;
}

/** What whoever imports states of a file: which header is which column, and what holds for all its rows. */
export interface RowChoices {
  readonly mapping?: Mapping | undefined;
  /** Name of the campaign. */
  readonly campaign?: string | undefined;
  /** What a campaign that is not known yet is for. */
  readonly kind?: CampaignKind | undefined;
  /** When a campaign was sent of which the file has no times. */
  readonly sentAt?: Date | undefined;
}

export interface Format<Line extends object = object> {
  readonly holds: 'orders' | 'customers' | 'products' | 'events' | 'exposures' | 'rates';
  /** Headers that a file of its source has, all of them; absent where common names recognise it. */
  readonly recognisedBy?: readonly string[];
  /** All that a header may name. */
  readonly columns: Readonly<Record<string, ColumnSpec>>;
  /** `words` are separated by runs of blanks; `csv` has a header and a delimiter of comma, semicolon or tab. */
  readonly syntax: 'csv' | 'words';
  /** Columns of dates and of amounts whose spelling is decided from all rows before any is read. */
  readonly dates?: readonly string[];
  readonly amounts?: readonly string[];
  /** Zone of times without an offset; absent: the workspace's. */
  readonly timeZone?: string;
  /** Currency that all files of this format are in; null where they may be in any. */
  readonly currency: string | null;
  /** What a file of this format looks like, for error messages. */
  readonly expects: string;
  /** @param first Fields of the first row. @throws DomainError when the file is not of this format. */
  open(first: readonly string[], choices?: RowChoices): RowReader<Line>;
  /** Whether the first row is a row of data and not a header. */
  isData(first: readonly string[]): boolean;
}
