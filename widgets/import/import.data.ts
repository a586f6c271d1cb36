import type {
  CampaignKind,
  ImportChoicesInput,
  ImportContent,
  ImportPreviewQuery,
  ImportProgressQuery,
  ImportQuery,
  ImportReportQuery,
} from '../generated/graphql.ts';

export type Preview = ImportPreviewQuery['importPreview'];
export type Refusal = NonNullable<Preview['refusal']>;
export type Report = NonNullable<ImportReportQuery['importPreview']['report']>;
export type Job = Extract<ImportProgressQuery['node'], { status: string }>;
/** An import that is over. */
export type EndedJob = Job & { readonly status: 'DONE' | 'FAILED' };
/** What a file comes to, before and after it is stored. */
export type Figures = Omit<Report, 'rows'>;
export type Choices = Readonly<ImportChoicesInput>;

/** Where the user is. */
export type Step =
  | { readonly name: 'choose' }
  | { readonly name: 'send' | 'look'; readonly file: File }
  | { readonly name: 'store'; readonly file: string };

/** A choice that is not made in the table of columns. */
export type Control =
  | 'format'
  | 'profile'
  | 'sheet'
  | 'dateFormat'
  | 'decimal'
  | 'amounts'
  | 'currency'
  | 'timeZone'
  | 'states'
  | 'campaign'
  | 'kind'
  | 'sentAt';

export const CAMPAIGN_KINDS = [
  'AWARENESS',
  'ONBOARDING',
  'CART_ABANDONMENT',
  'REPEAT_PURCHASE',
  'REPLENISHMENT',
  'CROSS_SELL',
  'LOYALTY',
  'WIN_BACK',
  'REVIEW_REQUEST',
  'REFERRAL',
  'MILESTONE',
  'SEASONAL',
] as const satisfies readonly CampaignKind[];

const CONTROLS: Readonly<Record<ImportContent, readonly Control[]>> = {
  ORDERS: ['dateFormat', 'timeZone', 'decimal', 'currency', 'amounts'],
  PRODUCTS: ['decimal', 'currency'],
  CUSTOMERS: [],
  EVENTS: ['dateFormat', 'timeZone'],
  EXPOSURES: ['campaign', 'kind', 'sentAt', 'dateFormat', 'timeZone'],
  RATES: ['dateFormat', 'decimal'],
};

const MENDED_BY: Readonly<Record<string, readonly Control[]>> = {
  UNKNOWN_COLUMNS: ['format'],
  MISSING_COLUMN: ['format'],
  NO_SUCH_SHEET: ['sheet'],
  AMBIGUOUS_DATES: ['dateFormat'],
  UNREADABLE_DATES: ['dateFormat'],
  BAD_DATE_FORMAT: ['dateFormat'],
  AMBIGUOUS_AMOUNTS: ['decimal'],
  NO_AMOUNTS: ['amounts'],
  UNKNOWN_STATES: ['states'],
  BAD_CURRENCY: ['currency'],
  OTHER_CURRENCY: ['currency'],
  UNKNOWN_TIME_ZONE: ['timeZone'],
};

/** Choices that mend what a file is refused for, or that its rows need. */
export function urgentControls({ refusal, holds, columns }: Preview): readonly Control[] {
  if (refusal?.code === 'MISSING_COLUMN' && refusal.field.includes('campaign')) return ['campaign', 'kind'];
  const mending = MENDED_BY[refusal?.code ?? ''] ?? [];
  if (holds !== 'EXPOSURES') return mending;
  const hasTimes = columns.some(({ name, header }) => header !== null && /(^| )at$/.test(name));
  return [...mending, 'campaign', 'kind', ...(hasTimes ? [] : ['sentAt' as const])];
}

/** The other choices that there are for such a file. */
export function otherControls(preview: Preview): readonly Control[] {
  const { holds, layout } = preview;
  const all: Control[] = ['format', 'profile', ...(layout?.sheet ? ['sheet' as const] : [])];
  const urgent = urgentControls(preview);
  return [...all, ...(holds ? CONTROLS[holds] : [])].filter((control) => !urgent.includes(control));
}

/** A change of one choice; nothing chosen leaves it to the file. */
export function choose<Name extends keyof Choices>(choices: Choices, name: Name, value: Choices[Name] | ''): Choices {
  const { [name]: _, ...rest } = choices;
  return value === '' || value === undefined ? rest : { ...rest, [name]: value };
}

/** Another kind of file has other columns. */
export const chooseFormat = (choices: Choices, format: string): Choices =>
  choose(choose(choices, 'format', format), 'map', undefined);

type Meanings = NonNullable<Choices['states']>;

/** What a state of orders means; nothing chosen leaves it unknown. */
export function chooseMeaning(
  choices: Choices,
  state: string,
  meaning: Extract<Meanings, readonly unknown[]>[number]['meaning'] | '',
): Choices {
  const others = [choices.states ?? []].flat().filter((each) => each.state !== state);
  return { ...choices, states: meaning === '' ? others : [...others, { state, meaning }] };
}

/** Reads a header as a column, or as none; what it was read as before is then read from no header. */
export function chooseColumn(choices: Choices, { columns }: Preview, header: string, column: string): Choices {
  const before = columns.find((each) => each.header === header)?.name;
  const changed = [
    ...(before === undefined || before === column ? [] : [{ column: before, header: null }]),
    ...(column === '' ? [] : [{ column, header }]),
  ];
  const names = changed.map((each) => each.column);
  const others = [choices.map ?? []].flat().filter((each) => !names.includes(each.column) && each.header !== header);
  return { ...choices, map: [...others, ...changed] };
}

/** One column of the file as it lies. */
export interface FileColumn {
  readonly index: number;
  readonly header: string;
  /** What it is read as; null where it is not used. */
  readonly column: string | null;
}

/** Every kind of file that can be imported, the choices that were saved, and what counts as revenue. */
export type Known = Pick<ImportQuery, 'importSources' | 'importProfiles' | 'workspace'>;

/** A time as a field for local times has it: `2026-05-03T10:00`; empty for none. */
export function localTime(time: string | null | undefined): string {
  if (!time) return '';
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The time that such a field means; empty for none. */
export const timeOf = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

/** What a kind of file holds; orders where it is not known. */
export const contentOf = ({ importSources }: Known, source: string): ImportContent =>
  importSources.find(({ name }) => name === source)?.holds ?? 'ORDERS';

/** The columns of the file: all, or those that are used. */
export function fileColumns({ header, columns }: Preview, which: 'all' | 'used'): readonly FileColumn[] {
  const free = [...columns];
  const all = header.map((title, index) => {
    const at = free.findIndex((each) => each.header === title);
    return { index, header: title, column: at < 0 ? null : free.splice(at, 1)[0]!.name };
  });
  return which === 'all' ? all : all.filter(({ column }) => column !== null);
}

/** Whether the columns that are not used matter now, as what is missing may be among them. */
export function needsAllColumns({ refusal, columns }: Preview): boolean {
  return /_COLUMNS?$|^NO_AMOUNTS$/.test(refusal?.code ?? '') || columns.every(({ header }) => header === null);
}

/** Ways in which a date of the file may be written, such as dd/MM/yyyy and MM/dd/yyyy. */
export function dateFormats({ refusal }: Preview): readonly string[] {
  const date = /^(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
  const [, first, mark, second, year] = date.exec(refusal?.values[0] ?? '') ?? [];
  if (year === undefined) return ['dd.MM.yyyy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'yyyy-MM-dd'];
  const isShort = first!.length === 1 || second!.length === 1;
  const [day, month] = isShort ? ['d', 'M'] : ['dd', 'MM'];
  const last = year.length === 2 ? 'yy' : 'yyyy';
  return [`${day}${mark}${month}${mark}${last}`, `${month}${mark}${day}${mark}${last}`];
}

/** An amount on the way from sales to net sales. */
export interface Amount {
  readonly name: 'sales' | 'discounts' | 'gross' | 'refunded' | 'net' | 'tax' | 'shipping' | 'anonymousNet';
  readonly amount: number;
}

/** The amounts as a shop's own report has them: what is taken away is negative. */
export function amountsOf({ gross, discount, net }: Figures): readonly Amount[] {
  const [kept, given, left] = [gross, discount, net].map(({ amount }) => Number(amount)) as [number, number, number];
  return [
    { name: 'sales', amount: kept + given },
    { name: 'discounts', amount: 0 - given },
    { name: 'gross', amount: kept },
    { name: 'refunded', amount: left - kept },
    { name: 'net', amount: left },
  ];
}

/** What customers paid beside net sales; the workspace counts it as revenue, or not. */
export const chargesOf = ({ tax, shipping }: Figures): readonly Amount[] => [
  { name: 'tax', amount: Number(tax.amount) },
  { name: 'shipping', amount: Number(shipping.amount) },
];

/** What nobody is known to have ordered. Where the file names no customer at all, net sales contain it. */
export const anonymousOf = ({ customers, anonymousNet, anonymousOrders }: Figures): readonly Amount[] =>
  anonymousOrders === 0 || customers === 0 ? [] : [{ name: 'anonymousNet', amount: Number(anonymousNet.amount) }];

/** How many rows were left out, and why; or rejected. */
export const totalOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

export const hasEnded = (job: Job): job is EndedJob => job.status !== 'RUNNING';

/** How much of a file is sent, in [0, 1]; null where all is, and the answer is awaited. */
export const sentShare = (sent: number, total: number): number | null => (sent < total ? sent / total : null);

/** Progress in quarters: more would be too much to listen to. */
export const quarters = (share: number): number => Math.floor(share * 4) / 4;

/** Where a path of the server is, beside its GraphQL. */
export const besideEndpoint = (endpoint: string, path: string, page: string): URL =>
  new URL(`.${path}`, new URL(endpoint, page));
