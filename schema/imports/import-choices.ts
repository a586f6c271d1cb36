import { AMOUNTS, byName, STATES } from '../../server/imports/choice-names.ts';
import { lettersOf } from '../../server/imports/orders/states.ts';
import type { UploadChoices } from '../../server/uploaded-imports.ts';
import { builder } from '../builder.ts';
import { CampaignKind } from '../enums.ts';

export const ImportDecimal = builder.enumType('ImportDecimal', {
  description: 'Mark before the decimals of a number.',
  values: {
    POINT: { value: '.', description: 'A point, as in 1,234.50.' },
    COMMA: { value: ',', description: 'A comma, as in 1.234,50.' },
  } as const,
});

export const ImportDateOrder = builder.enumType('ImportDateOrder', {
  description: 'Order of day and month in dates that can be read both ways.',
  values: {
    DAY_FIRST: { value: 'DMY', description: '03/04/2026 is April 3.' },
    MONTH_FIRST: { value: 'MDY', description: '03/04/2026 is March 4.' },
  } as const,
});

export const ImportAmounts = builder.enumType('ImportAmounts', {
  description: 'What the amounts in the rows of a file are of.',
  values: {
    LINE: { value: AMOUNTS.line, description: 'Of the line of the order: an order is worth the sum of its lines.' },
    ORDER: { value: AMOUNTS.order, description: 'Of the order: a total that is repeated on its lines counts once.' },
    NONE: { value: AMOUNTS.none, description: 'The file has no amounts: every order is worth 0.' },
  } as const,
});

export const OrderStateMeaning = builder.enumType('OrderStateMeaning', {
  description:
    'What a state of orders means. Orders that are not paid are left out, and deleted where they are stored.',
  values: {
    PAID: { value: STATES.paid, description: 'The order counts.' },
    REFUNDED: { value: STATES.refunded, description: 'The order counts, and all of its money was given back.' },
    CANCELLED: { value: STATES.cancelled, description: 'The order was cancelled.' },
    PENDING: { value: STATES.pending, description: 'The order is not paid yet.' },
    FAILED: { value: STATES.failed, description: 'The payment failed.' },
    TEST: { value: STATES.test, description: 'The order is a test.' },
  } as const,
});

const ImportMappingInput = builder.inputType('ImportMappingInput', {
  description: 'The header that a column is read from.',
  fields: (t) => ({
    column: t.string({ required: true, description: 'Name of the column, one of `ImportPreview.columns`.' }),
    header: t.string({
      description: 'Header of the file, one of `ImportPreview.header`. Null: the column is not read.',
    }),
  }),
});

const ImportStateInput = builder.inputType('ImportStateInput', {
  description: 'The meaning of a state that orders of a file are in.',
  fields: (t) => ({
    state: t.string({ required: true, description: 'The state as the file writes it; its case does not matter.' }),
    meaning: t.field({ type: OrderStateMeaning, required: true, description: 'What the state means.' }),
  }),
});

export const ImportChoicesInput = builder.inputType('ImportChoicesInput', {
  description: 'How a file is to be read. What is absent, the file decides.',
  fields: (t) => ({
    format: t.string({ description: 'Kind of file, a name in `importSources`. Default: the header decides.' }),
    sheet: t.string({ description: 'Sheet of a spreadsheet. Default: the first that has a header and rows.' }),
    currency: t.string({
      description:
        'ISO 4217 code of the currency of a file that names none. Default: that of the source, otherwise of the workspace.',
    }),
    decimal: t.field({ type: ImportDecimal, description: 'Mark before the decimals. Default: the values decide.' }),
    dateOrder: t.field({
      type: ImportDateOrder,
      description: 'Order of day and month. Default: the values decide, otherwise the source.',
    }),
    dateFormat: t.string({
      description: 'How dates are written, such as dd.MM.yyyy or MM/dd/yyyy HH:mm. Default: the values decide.',
    }),
    timeZone: t.string({
      description:
        'Time zone of times without an offset, such as Europe/Berlin or +02:00. Default: that of the workspace.',
    }),
    amounts: t.field({ type: ImportAmounts, description: 'What amounts are of. Default: source and values decide.' }),
    map: t.field({
      type: [ImportMappingInput],
      description: 'Headers of columns, each column and each header once. The source decides the other columns.',
    }),
    states: t.field({
      type: [ImportStateInput],
      description: 'Meanings of states, each state once. The source decides the other states.',
    }),
    profile: t.string({
      description:
        'Name of a saved profile that completes these choices. Default: the one that was saved last of a file with the same header.',
    }),
    campaign: t.string({ description: 'Name of the campaign of a file of recipients that names none.' }),
    kind: t.field({ type: CampaignKind, description: 'Purpose of a campaign that the file creates.' }),
    sentAt: t.field({ type: 'DateTime', description: 'When the campaign of a file without times was sent.' }),
  }),
});

/** The choices as the import takes them. */
export function readChoices(input: typeof ImportChoicesInput.$inferInput | null | undefined): UploadChoices {
  const { format, sheet, currency, profile, map, states, ...choices } = withoutNulls(input ?? {});
  const mapping = byName(
    (map ?? []).map(({ column, header }) => [column, header ?? null] as const),
    'map',
  );
  const meanings = byName(
    (states ?? []).map(({ state, meaning }) => [state, meaning] as const),
    'states',
    lettersOf,
  );
  return { format, sheet, currency, profile, choices: { ...choices, mapping, states: meanings } };
}

type Present<Input> = { [Name in keyof Input]?: Exclude<Input[Name], null> };

const withoutNulls = <Input extends object>(input: Input) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Present<Input>;
