import { type Command, InvalidArgumentError, Option } from 'commander';

import { IMPORT_FORMATS, type ImportFormatName } from '../../import-formats.ts';
import { AMOUNTS, type AmountsName, byName, STATES, stateNamed } from '../../imports/choice-names.ts';
import { lettersOf, type OrderState } from '../../imports/orders/states.ts';

type Named<Value> = readonly (readonly [name: string, value: Value])[];

/** What somebody states of a file that it does not show. */
export interface ReadingOptions {
  readonly format?: ImportFormatName;
  readonly map?: Named<string | null>;
  readonly sheet?: string;
  readonly decimal?: '.' | ',';
  readonly dateFormat?: string;
  readonly timeZone?: string;
  readonly amounts?: AmountsName;
  readonly state?: Named<OrderState>;
}

/** Collects NAME=VALUE options. */
const nameAndValue =
  <Value>(read: (value: string) => Value) =>
  (text: string, before: Named<Value> = []): Named<Value> => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('expected NAME=VALUE');
    return [...before, [text.slice(0, at), read(text.slice(at + 1))]];
  };

function readState(text: string): OrderState {
  const state = stateNamed(text);
  if (state === undefined) throw new InvalidArgumentError(`expected one of ${Object.keys(STATES).join(', ')}`);
  return state;
}

export const withReadingOptions = (command: Command): Command =>
  command
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
    .addOption(new Option('--decimal <mark>', 'mark before decimals').choices(['.', ',']))
    .option('--date-format <pattern>', 'how dates are written, such as dd.MM.yyyy')
    .option('--time-zone <name>', 'time zone of times without an offset, such as Europe/Berlin')
    .addOption(new Option('--amounts <level>', 'what amounts are of').choices(Object.keys(AMOUNTS)))
    .addOption(
      new Option('--state <state=meaning>', `whether orders count: ${Object.keys(STATES).join(', ')}`).argParser(
        nameAndValue(readState),
      ),
    )
    .addHelpText(
      'after',
      () =>
        `\nFormats:\n${Object.entries(IMPORT_FORMATS)
          .map(([name, { title }]) => `  ${name}: ${title}`)
          .join('\n')}`,
    );

/** @throws DomainError BAD_CHOICE where a column or a state is chosen twice. */
export const readingChoices = (options: ReadingOptions) => ({
  mapping: byName(options.map ?? [], 'map'),
  decimal: options.decimal,
  dateFormat: options.dateFormat,
  timeZone: options.timeZone,
  amounts: options.amounts && AMOUNTS[options.amounts],
  states: byName(options.state ?? [], 'state', lettersOf),
});
