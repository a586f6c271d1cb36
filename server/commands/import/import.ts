import { setFlagsFromString } from 'node:v8';
import { Option } from 'commander';

import { formatsNamed } from '../../import-formats.ts';
import { inUnits } from '../../imports/amounts/in-units.ts';
import { KINDS } from '../../imports/choice-names.ts';
import { startImport, tryImport } from '../../imports/import-file.ts';
import { openImport } from '../../imports/open-import.ts';
import { type CommonOptions, command, note, print, withDatabase } from '../command.ts';
import { instant } from '../instant.ts';
import { progressBar } from '../progress-bar.ts';
import { describe, summary } from './import-report.ts';
import { openWithQuestions } from './questions.ts';
import { type ReadingOptions, readingChoices, withReadingOptions } from './reading-options.ts';
import { isAnswerable, terminalAsker } from './terminal-asker.ts';

interface Options extends CommonOptions, ReadingOptions {
  readonly currency?: string;
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

export const importCommand = withReadingOptions(command('import').argument('<file>', 'the file to read'))
  .option('--currency <code>', 'currency of a file that names none')
  .option('--campaign <name>', 'campaign of a file of recipients that names none')
  .addOption(new Option('--kind <kind>', 'what a campaign that is new is for').choices(Object.keys(KINDS)))
  .option('--sent-at <time>', 'when the campaign of a file without times was sent, ISO 8601', instant)
  .option('--profile <name>', 'saved choices to read the file by; with options beside it, the name to save them under')
  .option('--dry-run', 'print the report and store nothing')
  .action(async (path: string, options: Options) => {
    const started = performance.now();
    // V8 lets what is no longer used grow to several times what is: here that is most of the memory, and saves no time.
    setFlagsFromString('--heap-growing-percent=50');
    const { workspace, sheet, currency, profile, dryRun = false } = options;
    const saveProfileAs = CHOICES.some((option) => options[option] !== undefined) ? profile : undefined;
    const choices = {
      ...readingChoices(options),
      campaign: options.campaign,
      sentAt: options.sentAt,
      kind: options.kind === undefined ? undefined : KINDS[options.kind],
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
    });
    const seconds = Math.round(performance.now() - started) / 1000;
    print(options, { ...inUnits(report), seconds }, summary(report, holds, workspace, seconds));
    if (report.accepted > 0) return;
    note('no row could be taken');
    if (options.format !== undefined) note(`without --format ${options.format}, the header decides the kind of file`);
    process.exitCode = 1;
  });
