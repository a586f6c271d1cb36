import { Option } from 'commander';

import { roundedMoney } from '../domain/money.ts';
import { IMPORT_FORMATS, type ImportFormatName } from '../import-formats.ts';
import type { Format } from '../imports/formats/format.ts';
import { type ImportInput, type ImportReport, type ImportWatcher, importFile } from '../imports/import-file.ts';
import { type CommonOptions, command, note, print, withDatabase } from './command.ts';
import { pairs, wrapped } from './layout.ts';
import { progressBar } from './progress-bar.ts';

interface Options extends CommonOptions {
  readonly format: ImportFormatName;
  readonly currency?: string;
}

export const importCommand = command('import')
  .argument('<file>', 'the file to read')
  .addOption(
    new Option('-f, --format <format>', 'what the file holds')
      .choices(Object.keys(IMPORT_FORMATS))
      .makeOptionMandatory(),
  )
  .option('--currency <code>', 'currency of a file that names none')
  .addHelpText(
    'after',
    () =>
      `\nFormats:\n${Object.entries(IMPORT_FORMATS)
        .map(([name, { reads }]) => `  ${name}: ${reads.expects}`)
        .join('\n')}`,
  )
  .action(async (path: string, options: Options) => {
    const started = performance.now();
    const { currency, workspace } = options;
    const format: ImportInput['format'] = { name: options.format, ...IMPORT_FORMATS[options.format] };
    const { holds } = format.reads;
    const input = { workspace, path, format, currency };
    const report = await withDatabase(({ pool }) => importFile(pool, input, watcher(holds)), 'all');
    const seconds = Math.round(performance.now() - started) / 1000;
    const { rows, accepted, gross, net, currency: _, ...rest } = report;
    print(
      options,
      { ...rest, rows, accepted, gross: Number(money(report, gross)), net: Number(money(report, net)), seconds },
      summary(report, holds, workspace, seconds),
    );
    if (accepted > 0) return;
    note('no row could be taken');
    process.exitCode = 1;
  });

/** Column matches before the import, and a bar on a terminal while it runs. */
function watcher(holds: Format['holds']): ImportWatcher {
  return {
    onColumns: (columns, ignored, currency) => {
      note(
        pairs(columns.map(({ column, header }) => [column, header === null ? '- not in the file' : `<- ${header}`])),
      );
      if (ignored.length > 0) note(wrapped(`not used: ${ignored.join(', ')}`));
      if (holds !== 'events' && holds !== 'exposures') note(`amounts are in ${currency}`);
    },
    onProgress: progressBar(),
  };
}

function summary(report: ImportReport, holds: Format['holds'], workspace: string, seconds: number): string {
  const rejected = Object.entries(report.rejected).map(([reason, count]): [string, number] => [
    `rejected, ${reason}`,
    count,
  ]);
  const ofOrders: [string, string | number][] = [
    ['orders', report.orders],
    ['refunds', report.refunds],
    [`gross, ${report.currency}`, money(report, report.gross)],
    [`net, ${report.currency}`, money(report, report.net)],
  ];
  const figures: [string, string | number][] = [
    ['rows', report.rows],
    ['accepted', report.accepted],
    ...rejected,
    ...(holds === 'products' ? [] : [['customers', report.customers] as [string, number]]),
    ...(holds === 'exposures' ? [] : [['products', report.products] as [string, number]]),
    ...(holds === 'orders' ? ofOrders : []),
    ['seconds', seconds],
  ];
  const hint =
    rejected.length > 0
      ? `\n\n${wrapped(`perennial rejects ${report.job} --workspace ${workspace} lists the rejected rows`)}`
      : '';
  return pairs(figures) + hint;
}

const money = ({ currency }: ImportReport, amount: string) => roundedMoney(Number(amount), currency).amount;
