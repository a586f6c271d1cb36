import { SingleBar } from 'cli-progress';
import { InvalidArgumentError, Option } from 'commander';
import Decimal from 'decimal.js';

import { roundedMoney } from '../domain/money.ts';
import { formatsNamed, IMPORT_FORMATS, type ImportFormatName } from '../import-formats.ts';
import { type ImportReport, type ImportWatcher, importFile, type Recognition } from '../imports/import-file.ts';
import type { ImportFormat } from '../imports/intake.ts';
import type { OrderState } from '../imports/orders/states.ts';
import { type CommonOptions, command, note, print, table, withDatabase } from './command.ts';

interface Options extends CommonOptions {
  readonly format?: ImportFormatName;
  readonly map?: Readonly<Record<string, string>>;
  readonly sheet?: string;
  readonly currency?: string;
  readonly decimal?: '.' | ',';
  readonly dateFormat?: string;
  readonly timeZone?: string;
  readonly amounts?: 'line' | 'order' | 'none';
  readonly state?: Readonly<Record<string, OrderState>>;
  readonly dryRun?: true;
}

const AMOUNTS = { line: 'LINES', order: 'ORDER', none: 'NONE' } as const;
const STATES: Readonly<Record<string, OrderState>> = {
  paid: 'COUNTS',
  refunded: 'REFUNDED',
  cancelled: 'CANCELLED',
  pending: 'PENDING',
  failed: 'FAILED',
  test: 'TEST',
};

/** Collects NAME=VALUE options into an object. */
const pairs =
  <Value>(read: (value: string) => Value) =>
  (text: string, before: Readonly<Record<string, Value>> = {}): Record<string, Value> => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('expected NAME=VALUE');
    return { ...before, [text.slice(0, at)]: read(text.slice(at + 1)) };
  };

function readState(text: string): OrderState {
  const state = STATES[text.toLowerCase()];
  if (state === undefined) throw new InvalidArgumentError(`expected one of ${Object.keys(STATES).join(', ')}`);
  return state;
}

export const importCommand = command('import')
  .argument('<file>', 'the file to read')
  .addOption(
    new Option('-f, --format <format>', 'what the file holds; found by its header where absent').choices(
      Object.keys(IMPORT_FORMATS),
    ),
  )
  .addOption(
    new Option('--map <column=header>', 'header of a column, such as customer=Email').argParser(pairs((text) => text)),
  )
  .option('--sheet <name>', 'sheet of a spreadsheet; the first with rows where absent')
  .option('--currency <code>', 'currency of a file that names none')
  .addOption(new Option('--decimal <mark>', 'mark before decimals').choices(['.', ',']))
  .option('--date-format <pattern>', 'how dates are written, such as dd.MM.yyyy')
  .option('--time-zone <name>', 'time zone of times without an offset, such as Europe/Berlin')
  .addOption(new Option('--amounts <level>', 'what amounts are of').choices(Object.keys(AMOUNTS)))
  .addOption(
    new Option('--state <state=meaning>', `whether orders count: ${Object.keys(STATES).join(', ')}`).argParser(
      pairs(readState),
    ),
  )
  .option('--dry-run', 'print the report and store nothing')
  .addHelpText(
    'after',
    () =>
      `\nFormats:\n${Object.entries(IMPORT_FORMATS)
        .map(([name, { title }]) => `  ${name}: ${title}`)
        .join('\n')}`,
  )
  .action(async (path: string, options: Options) => {
    const started = performance.now();
    const { workspace, sheet, currency, dryRun = false } = options;
    const choices = {
      mapping: options.map,
      decimal: options.decimal,
      dateFormat: options.dateFormat,
      amounts: options.amounts && AMOUNTS[options.amounts],
      states: options.state,
      ...(options.timeZone && { timeZone: options.timeZone }),
    };
    const input = { workspace, path, formats: formatsNamed(options.format), sheet, currency, choices, dryRun };
    let holds: ImportFormat['holds'] = 'orders';
    const report = await withDatabase(({ pool }) =>
      importFile(pool, input, {
        onProgress: progress(),
        onRecognised: (recognition) => {
          holds = recognition.format.holds;
          describe(recognition);
        },
      }),
    );
    const seconds = Math.round(performance.now() - started) / 1000;
    print(options, { ...inUnits(report), seconds }, summary(report, holds, workspace, seconds));
    if (report.accepted > 0) return;
    note('no row could be taken');
    process.exitCode = 1;
  });

/** What the file was taken for, before anything is stored. */
function describe({ format, file: { columns, ignored, readings }, currency }: Recognition): void {
  note(`source: ${format.title} (${format.name})`);
  const found = columns.filter(({ header }) => header !== null);
  note(table(found.map(({ column, header }) => [column, `<- ${header}`])));
  const missing = columns.filter(({ header }) => header === null).map(({ column }) => column);
  if (missing.length > 0) note(`not in the file: ${missing.join(', ')}`);
  if (ignored.length > 0) note(`not used: ${ignored.join(', ')}`);
  for (const { column, reading, evidence } of readings) note(`${column}: ${reading}, as in "${evidence}"`);
  if (format.holds === 'orders' || format.holds === 'products') note(`amounts are in ${currency}`);
}

/** A bar on a terminal while the import runs. */
function progress(): ImportWatcher['onProgress'] {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {eta_formatted} left',
    noTTYOutput: false,
    stream: process.stderr,
    clearOnComplete: true,
  });
  return (bytes, total) => {
    if (!process.stderr.isTTY) return;
    if (!bar.isActive) bar.start(total, 0);
    bar.update(bytes);
    if (bytes === total) bar.stop();
  };
}

type Figure = readonly [name: string, value: string | number];

function summary(report: ImportReport, holds: ImportFormat['holds'], workspace: string, seconds: number): string {
  const named = (what: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]): Figure => [`${what}, ${name}`, count]);
  const inCurrency = (name: string, amount: string): Figure => [`${name}, ${report.currency}`, money(report, amount)];
  const ofOrders: readonly Figure[] = [
    ['orders', report.orders],
    ['refunds', report.refunds],
    inCurrency('gross', report.gross),
    inCurrency('refunded', new Decimal(report.gross).minus(report.net).toFixed()),
    inCurrency('net', report.net),
    inCurrency('discount', report.discount),
    inCurrency('tax', report.tax),
    inCurrency('shipping', report.shipping),
    ...(report.anonymous.orders === 0
      ? []
      : ([['anonymous orders', report.anonymous.orders], inCurrency('anonymous net', report.anonymous.net)] as const)),
  ];
  const figures: readonly Figure[] = [
    ['rows', report.rows],
    ['accepted', report.accepted],
    ...named('left out', report.excluded),
    ...named('rejected', report.rejected),
    ...(holds === 'products' ? [] : ([['customers', report.customers]] as const)),
    ...(holds === 'exposures' ? [] : ([['products', report.products]] as const)),
    ...(holds === 'orders' ? ofOrders : []),
    ...report.warnings.map(({ code, count }): Figure => [`warning, ${code}`, count]),
    ['seconds', seconds],
  ];
  const isRejecting = Object.keys(report.rejected).length > 0 && report.job !== null;
  const hint = `\n\nperennial rejects ${report.job} --workspace ${workspace} lists the rejected rows`;
  return table(figures) + (isRejecting ? hint : '');
}

/** Amounts as numbers, rounded as the currency is. */
function inUnits(report: ImportReport) {
  const { gross, net, discount, tax, shipping, anonymous, warnings, ...rest } = report;
  const number = (amount: string) => Number(money(report, amount));
  return {
    ...rest,
    ...{ gross: number(gross), discount: number(discount), tax: number(tax), shipping: number(shipping) },
    net: number(net),
    anonymous: { orders: anonymous.orders, net: number(anonymous.net) },
    warnings: warnings.map(({ code, count, amount }) => ({ code, count, amount: amount && number(amount) })),
  };
}

const money = ({ currency }: ImportReport, amount: string) => roundedMoney(Number(amount), currency).amount;
