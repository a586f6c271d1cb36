import {
  CAMPAIGN_CHANNELS,
  CAMPAIGN_KINDS,
  CAMPAIGN_TRIGGERS,
  EXPOSURE_STEPS,
  type ExposureStep,
} from '../../domain/campaigns.ts';
import { DomainError } from '../../domain/errors.ts';
import { foldId } from '../../imports/columns/fold.ts';
import {
  AMOUNT,
  plain,
  refuseLength,
  refuseNumber,
  refuseWidth,
  reject,
  YES_OR_NO,
} from '../../imports/formats/cells.ts';
import { listed, matchColumns, optional, required } from '../../imports/formats/columns.ts';
import type { CellReader, Format, LeftOut, Rejection } from '../../imports/formats/format.ts';
import { ORDER_COLUMNS } from '../../imports/orders/order-columns.ts';
import { leftOutAs, lettersOf, stepNamed } from './exposure-events.ts';
import type { ExposureLine } from './exposure-line.ts';

const TIMES = {
  'assigned at': optional('assigned', 'assigned time', 'enrolled at', 'entered at', 'triggered at', 'exposed at'),
  'sent at': optional('sent', 'send time', 'send date', 'sent time', 'sent date', 'date sent', 'campaign send time'),
  'delivered at': optional('delivered', 'delivery time', 'delivered date', 'date delivered', 'received at'),
  'opened at': optional('opened', 'open time', 'first open', 'first opened at', 'date opened', 'open date'),
  'clicked at': optional('clicked', 'click time', 'first click', 'first clicked at', 'date clicked', 'visited at'),
  'converted at': optional('converted', 'conversion time', 'conversion date', 'date converted', 'goal reached at'),
  'unsubscribed at': optional('unsubscribed', 'unsubscribe time', 'unsub time', 'opt out time', 'date unsubscribed'),
  'bounced at': optional('bounced', 'bounce time', 'date bounced', 'bounce date'),
  'complained at': optional('complained', 'complaint time', 'spam report time', 'marked as spam at'),
};

const COLUMNS = {
  campaign: required('campaign name', 'campaign title', 'campaign id', 'flow', 'flow name', 'message name', 'journey'),
  customer: required(
    ...ORDER_COLUMNS.customer.aliases,
    ...['contact id', 'subscriber id', 'profile id', 'person id', 'recipient', 'subscriber', 'contact'],
    ...ORDER_COLUMNS.email.aliases,
    'email',
  ),
  variant: optional('variation', 'arm', 'treatment', 'test cell', 'cell', 'variant name', 'variation name', 'ab group'),
  event: optional('event', 'event type', 'event name', 'metric', 'activity', 'action', 'status', 'type'),
  at: optional(
    'timestamp',
    'time',
    'date',
    'event time',
    'occurred at',
    'created at',
    'datetime',
    'event date',
    'date event',
    'ts event',
  ),
  ...TIMES,
  /** How often, without a time. */
  opens: optional('total opens', 'open count'),
  clicks: optional('total clicks', 'click count'),
  kind: optional('campaign kind', 'campaign type', 'purpose', 'goal'),
  channel: optional('campaign channel', 'message channel', 'medium'),
  trigger: optional('campaign trigger', 'trigger type'),
  weight: optional('variant weight', 'allocation', 'split'),
  control: optional('is control', 'control group', 'holdout'),
  group: optional('segment', 'list', 'list name', 'audience', 'audience group', 'segment name'),
  'prior value': optional('prior revenue', 'prior spend', 'history', 'past spend', 'historic value'),
  'cost per message': optional('cost', 'message cost'),
};

type Column = keyof typeof COLUMNS;

const STEP_COLUMNS = Object.keys(TIMES) as (keyof typeof TIMES)[];
const stepOf = (column: keyof typeof TIMES) => column.replace(' at', '').toUpperCase() as ExposureStep;

/** Columns that count steps. */
const COUNTS = [
  ['opens', 'OPENED'],
  ['clicks', 'CLICKED'],
] as const satisfies readonly (readonly [Column, ExposureStep])[];

/** All columns of dates. */
const DATES = ['at', ...STEP_COLUMNS] as const;

const POSITIVE = { pattern: /^\d{1,6}(\.\d{1,9})?$/, accepted: 'a number of 0 or more' };

/** Who got what of which campaign and when: a row a recipient with its times, or a row an event. */
export const campaign: Format<ExposureLine> = {
  holds: 'exposures',
  columns: COLUMNS,
  syntax: 'csv',
  currency: null,
  dates: DATES,
  expects:
    'CSV with a header: campaign, customer (id or e-mail address), variant, and either times (assigned at, sent at, delivered at, opened at, clicked at, converted at, unsubscribed at, bounced at, complained at) or event and at; optionally kind, channel, trigger, weight, control, group, prior value, cost per message',
  isData: () => false,
  open(header, choices = {}) {
    const campaignColumn = choices.campaign === undefined ? COLUMNS.campaign : { ...COLUMNS.campaign, required: false };
    const { columns, ignored, width, positions, value } = matchColumns(
      header,
      { ...COLUMNS, campaign: campaignColumn },
      choices.mapping,
    );
    const has = (column: Column) => columns.find((each) => each.column === column)?.header != null;
    const isLong = has('event') && has('at');
    const stepColumns = STEP_COLUMNS.filter(has);
    const counts = COUNTS.filter(([column]) => has(column));
    const isUntimed = !isLong && stepColumns.length === 0;
    const sent = choices.sentAt === undefined ? {} : { SENT: choices.sentAt };
    if (isUntimed && counts.length === 0) {
      throw new DomainError(
        'MISSING_COLUMN',
        `no column for times: expected ${STEP_COLUMNS.join(', ')}, or event and at; the file has: ${listed(header)}`,
        ['event', 'at'],
      );
    }

    /** Flags stand in columns of times too. */
    function cell(fields: readonly string[], column: string): string | null {
      const text = value(fields, column as Column);
      return text === null || YES_OR_NO.has(plain(text)) ? null : text;
    }

    function readTimes(
      fields: readonly string[],
      { instant }: CellReader,
    ): ExposureLine['times'] | Rejection | LeftOut {
      const times: Partial<Record<ExposureStep, Date>> = {};
      const at = value(fields, 'at');
      if (isLong) {
        const name = value(fields, 'event') ?? '';
        const step = stepNamed(name);
        const leftOut = leftOutAs(name);
        if (leftOut !== undefined) return { excluded: leftOut };
        if (step === undefined) {
          const steps = EXPOSURE_STEPS.join(', ').toLowerCase();
          return reject('UNKNOWN_EVENT', `"${name}": expected one of ${steps}, or a common name of these`);
        }
        const time = instant('at', at ?? '');
        return 'reason' in time ? time : { [step]: time };
      }
      for (const column of stepColumns) {
        const text = value(fields, column);
        if (text === null) continue;
        const flag = YES_OR_NO.get(plain(text));
        if (flag === false) continue;
        const time = flag === true ? flagTime() : instant(column, text);
        if (time === null)
          return reject('MISSING_TIME', `${column} "${text}": no other column of the row has its time`);
        if ('reason' in time) return time;
        times[stepOf(column)] = time;
      }
      if (Object.keys(times).length > 0) return times;
      return reject('MISSING_TIME', `no time in the row: expected at least one of ${stepColumns.join(', ')}`);

      /** A flag without a time of its own happened at the row's time or, without one, when the step before it did. */
      function flagTime(): Date | Rejection | null {
        return at === null ? (Object.values(times).at(-1) ?? null) : instant('at', at);
      }
    }

    function read(fields: readonly string[], cells: CellReader): ExposureLine | Rejection | LeftOut {
      if (fields.length !== width) return refuseWidth(fields, width);
      const name = value(fields, 'campaign') ?? choices.campaign ?? null;
      if (name === null) return reject('MISSING_CAMPAIGN', 'the campaign is empty');
      const customer = value(fields, 'customer');
      if (customer === null) return reject('MISSING_CUSTOMER', 'the customer is empty');
      const variant = value(fields, 'variant');
      const [weight, prior, cost] = [
        value(fields, 'weight'),
        value(fields, 'prior value'),
        value(fields, 'cost per message'),
      ];
      const fault =
        refuseLength({ header, positions }, fields, [name, customer, variant ?? '']) ??
        refuseNumber('weight', weight, POSITIVE) ??
        refuseNumber('prior value', prior, AMOUNT) ??
        refuseNumber('cost per message', cost, POSITIVE);
      if (fault !== null) return fault;
      const kind = oneOf('kind', value(fields, 'kind'), CAMPAIGN_KINDS);
      const channel = oneOf('channel', value(fields, 'channel'), CAMPAIGN_CHANNELS);
      const trigger = oneOf('trigger', value(fields, 'trigger'), CAMPAIGN_TRIGGERS);
      for (const each of [kind, channel, trigger]) if (each !== null && typeof each === 'object') return each;
      const control = value(fields, 'control');
      const isControl = control === null ? null : YES_OR_NO.get(plain(control));
      if (isControl === undefined) return reject('BAD_CONTROL', `control "${control}": expected yes or no`);
      const times = isUntimed ? sent : readTimes(fields, cells);
      if ('reason' in times || 'excluded' in times) return times;
      const untimed = isUntimed ? counts.filter(([column]) => Number(value(fields, column)) > 0) : [];
      if (untimed.length === 0 && Object.keys(times).length === 0) return { excluded: 'NOT_OPENED' };
      return {
        ...{ campaign: name, customer: foldId(customer), variant, times, isControl },
        untimed: untimed.map(([, step]) => step),
        kind: (kind as ExposureLine['kind']) ?? choices.kind ?? null,
        channel: channel as ExposureLine['channel'],
        trigger: trigger as ExposureLine['trigger'],
        weight: weight === null || Number(weight) === 0 ? null : Number(weight),
        group: value(fields, 'group'),
        priorValue: prior === null ? null : Number(prior),
        costPerMessage: cost,
      };
    }

    return { columns, ignored, cell, read };
  },
};

/** `Win-back` and `win back` are WIN_BACK. */
function oneOf<Name extends string>(
  column: string,
  text: string | null,
  names: readonly Name[],
): Name | Rejection | null {
  if (text === null) return null;
  const letters = lettersOf(text);
  const found = names.find((name) => lettersOf(name) === letters);
  return (
    found ?? reject(`BAD_${column.toUpperCase()}`, `${column} "${text}": expected ${names.join(', ').toLowerCase()}`)
  );
}
