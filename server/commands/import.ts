import { InvalidArgumentError, Option } from 'commander';

import { CAMPAIGN_KINDS } from '../domain/campaigns.ts';
import { formatsNamed, IMPORT_FORMATS, type ImportFormatName } from '../import-formats.ts';
import { AMOUNTS, type AmountsName, STATES, stateNamed } from '../imports/choice-names.ts';
import type { Mapping } from '../imports/formats/columns.ts';
import { startImport, tryImport } from '../imports/import-file.ts';
import { inUnits } from '../imports/in-units.ts';
import { openImport } from '../imports/open-import.ts';
import type { OrderState } from '../imports/orders/states.ts';
import { type CommonOptions, command, instant, note, print, withDatabase } from './command.ts';
import { describe, summary } from './import-report.ts';
import { progressBar } from './progress-bar.ts';
import { openWithQuestions } from './questions.ts';
import { isAnswerable, terminalAsker } from './terminal-asker.ts';

interface Options extends CommonOptions {
  readonly format?: ImportFormatName;
  readonly map?: Mapping;
  readonly sheet?: string;
  readonly currency?: string;
  readonly decimal?: '.' | ',';
  readonly dateFormat?: string;
  readonly timeZone?: string;
  readonly amounts?: AmountsName;
  readonly state?: Readonly<Record<string, OrderState>>;
  readonly campaign?: string;
  readonly kind?: string;
  readonly sentAt?: Date;
  readonly profile?: string;
  readonly dryRun?: true;
}

/** What a profile saves of the options. */
const CHOICES = [
  'format',
  'map',
  'sheet',
  'currency',
  'decimal',
  'dateFormat',
  'timeZone',
  'amounts',
  'state',
] as const satisfies readonly (keyof Options)[];

/** Collects NAME=VALUE options into an object. */
const nameAndValue =
  <Value>(read: (value: string) => Value) =>
  (text: string, before: Readonly<Record<string, Value>> = {}): Record<string, Value> => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('expected NAME=VALUE');
    return { ...before, [text.slice(0, at)]: read(text.slice(at + 1)) };
  };

function readState(text: string): OrderState {
  const state = stateNamed(text);
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
    new Option(
      '--map <column=header>',
      'header of a column, such as customer=Email; none after = leaves it out',
    ).argParser(nameAndValue((text) => text || null)),
  )
  .option('--sheet <name>', 'sheet of a spreadsheet; the first with rows where absent')
  .option('--currency <code>', 'currency of a file that names none')
  .addOption(new Option('--decimal <mark>', 'mark before decimals').choices(['.', ',']))
  .option('--date-format <pattern>', 'how dates are written, such as dd.MM.yyyy')
  .option('--time-zone <name>', 'time zone of times without an offset, such as Europe/Berlin')
  .addOption(new Option('--amounts <level>', 'what amounts are of').choices(Object.keys(AMOUNTS)))
  .addOption(
    new Option('--state <state=meaning>', `whether orders count: ${Object.keys(STATES).join(', ')}`).argParser(
      nameAndValue(readState),
    ),
  )
  .option('--campaign <name>', 'campaign of a file of recipients that names none')
  .addOption(
    new Option('--kind <kind>', 'what a campaign that is new is for').choices(
      CAMPAIGN_KINDS.map((kind) => kind.toLowerCase().replaceAll('_', '-')),
    ),
  )
  .option('--sent-at <time>', 'when the campaign of a file without times was sent, ISO 8601', instant)
  .option('--profile <name>', 'saved choices to read the file by; with options beside it, the name to save them under')
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
    const { workspace, sheet, currency, profile, dryRun = false } = options;
    const saveProfileAs = CHOICES.some((option) => options[option] !== undefined) ? profile : undefined;
    const choices = {
      mapping: options.map,
      decimal: options.decimal,
      dateFormat: options.dateFormat,
      timeZone: options.timeZone,
      amounts: options.amounts && AMOUNTS[options.amounts],
      states: options.state,
      campaign: options.campaign,
      sentAt: options.sentAt,
      kind: CAMPAIGN_KINDS.find((kind) => kind === options.kind?.toUpperCase().replaceAll('-', '_')),
    };
    const formats = formatsNamed(options.format);
    const input = { workspace, path, formats, sheet, currency, choices, profile, saveProfileAs, dryRun };
    const watcher = { onProgress: progressBar() };
    const { report, holds } = await withDatabase(async ({ pool }) => {
      const isAsking = options.json !== true && isAnswerable();
      const opened = await (isAsking ? openWithQuestions(pool, input, await terminalAsker()) : openImport(pool, input));
      describe(opened);
      const report = dryRun
        ? await tryImport(pool, opened, watcher)
        : await (await startImport(pool, opened, watcher)).done;
      return { report, holds: opened.format.holds };
    }, 'all');
    const seconds = Math.round(performance.now() - started) / 1000;
    print(options, { ...inUnits(report), seconds }, summary(report, holds, workspace, seconds));
    if (report.accepted > 0) return;
    note('no row could be taken');
    process.exitCode = 1;
  });
