import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';

import { formatsNamed } from '../../import-formats.ts';
import { readOrders } from '../../imports/orders/read-orders.ts';
import { evaluateValue, isForetold } from '../../scores/evaluate-value.ts';
import { note, print } from '../command.ts';
import { type ReadingOptions, readingChoices, withReadingOptions } from '../import/reading-options.ts';
import { aboutOrders } from './about-orders.ts';
import { valuePage } from './value-page.ts';
import { report } from './value-report.ts';

interface Options extends ReadingOptions {
  readonly data: string;
  readonly page?: string;
  readonly json?: boolean;
}

export const valueCommand = withReadingOptions(
  new Command('value')
    .description('measure what analyses of earlier days would have published against what came; needs no database')
    .requiredOption('--data <file>', 'a file of orders, as import takes it'),
)
  .option('--page <file>', 'write a page with pictures, as HTML')
  .option('--json', 'print one JSON object on standard output')
  .action(async (options: Options) => {
    const started = performance.now();
    const { data: path, sheet } = options;
    note(`reading ${path}`);
    const read = await readOrders({
      path,
      formats: formatsNamed(options.format),
      sheet,
      choices: readingChoices(options),
    });
    const { cells, summary } = await evaluateValue(read.customers, read.lastDay, (asOf) => note(`measured ${asOf}`));
    const seconds = Math.round(performance.now() - started) / 1000;
    const about = { ...aboutOrders(read), seconds };
    if (options.page !== undefined) await writeFile(options.page, valuePage(about, cells.filter(isForetold), summary));
    print(options, { ...about, cells, summary }, report(about, cells, summary));
  });
