import { formatsNamed } from '../../server/import-formats.ts';
import { NO_FIGURES } from '../../server/imports/data/import-jobs.ts';
import type { OrderLine, Outcome } from '../../server/imports/formats/format.ts';
import type { ImportChoices } from '../../server/imports/intake.ts';
import { openTable } from '../../server/imports/reading/open-table.ts';
import { recognise } from '../../server/imports/recognise.ts';
import { testFile } from './files.ts';
import { orderTally } from './order-tally.ts';

/** Recognises a file with this content and adds up what its rows come to. */
export async function countFile(content: string | Uint8Array, choices: Partial<ImportChoices> = {}) {
  const table = await openTable(testFile(content));
  const format = recognise(table, formatsNamed(), choices);
  const file = await format.open(table, { timeZone: 'UTC', ...choices });
  const tally = format.holds === 'orders' ? orderTally() : { take: () => null, figures: () => NO_FIGURES };
  const counts = { rows: 0, accepted: 0 };
  const rejected: Record<string, number> = {};
  const excluded: Record<string, number> = {};
  const lines: object[] = [];
  const count = (outcomes: Iterable<Outcome<object>>) => {
    for (const outcome of outcomes) {
      const fault = 'rejection' in outcome ? outcome.rejection : takeAll('lines' in outcome ? outcome.lines : []);
      if ('excluded' in outcome) excluded[outcome.excluded] = (excluded[outcome.excluded] ?? 0) + 1;
      else if (fault !== null) rejected[fault.reason] = (rejected[fault.reason] ?? 0) + 1;
      else counts.accepted++;
    }
  };
  const takeAll = (taken: readonly object[]) => {
    lines.push(...taken);
    return (taken as readonly OrderLine[]).map(tally.take).find((fault) => fault !== null) ?? null;
  };
  for await (const row of table.rows(undefined, file.isFirstData)) {
    counts.rows++;
    count(file.read(row));
  }
  count(file.end());
  const warnings = file.warnings.map(({ code }) => code);
  const { currencies, readings } = file;
  return {
    source: format.name,
    ...counts,
    rejected,
    excluded,
    warnings,
    currencies,
    readings,
    lines,
    ...tally.figures(),
  };
}
