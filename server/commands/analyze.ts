import { InvalidArgumentError, Option } from 'commander';

import { readClvCells } from '../data/clv-cells.ts';
import { readRfmCells } from '../data/rfm-cells.ts';
import type { FitRow } from '../data/runs.ts';
import { findWorkspace } from '../data/workspaces.ts';
import { HORIZONS } from '../domain/horizon.ts';
import type { TransactionModelChoice } from '../domain/models.ts';
import { SEGMENT_NAME } from '../domain/segments.ts';
import { startAnalysis } from '../services/run-analysis.ts';
import { type CommonOptions, command, note, print, table, withDatabase } from './command.ts';

interface Options extends CommonOptions {
  readonly asOf?: string;
  readonly model: TransactionModelChoice;
  readonly discountRate?: number;
  readonly marginRate?: number;
}

const rate = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('expected a share such as 0.1');
  return value;
};

export const analyzeCommand = command('analyze', 'fit the models, score every customer and publish the figures')
  .option('--as-of <date>', 'last day that counts, YYYY-MM-DD (default: the day of the last order or refund)')
  .addOption(
    new Option('-m, --model <model>', 'transaction model: mbg is MBG/NBD, bg is BG/NBD')
      .choices(['mbg', 'bg'])
      .default('mbg'),
  )
  .option('--discount-rate <rate>', "annual discount rate, 0.1 for 10% (default: the workspace's)", rate)
  .option('--margin-rate <share>', "share of revenue that is kept, 0 to 1 (default: the workspace's)", rate)
  .action(async (options: Options) => {
    const started = performance.now();
    const { asOf, model, discountRate: annualDiscountRate, marginRate } = options;
    const { report, clv, rfm, currency } = await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, options.workspace);
      const { done } = await startAnalysis(pool, workspace, { asOf, model, annualDiscountRate, marginRate }, (stage) =>
        note(`${stage} ...`),
      );
      const report = await done;
      // Read back from what was published: the same figures as from every other door.
      const tenant = { workspaceId: workspace.id, runId: report.run };
      const [clv, rfm] = await Promise.all([readClvCells(pool, tenant, {}), readRfmCells(pool, tenant)]);
      return { report, clv, rfm, currency: workspace.currency };
    });
    const point = clv.all.curve[HORIZONS.indexOf('P12M')];
    const clv12 = { total: round(point?.total ?? 0), mean: round(point?.mean ?? 0) };
    const segments = Object.fromEntries(
      rfm.segments
        .filter(({ customers }) => customers > 0)
        .map(({ segment, customers }) => [SEGMENT_NAME[segment], customers]),
    );
    const [transactions, spend] = report.fits.map(toJson);
    const seconds = Math.round(performance.now() - started) / 1000;
    const result = {
      run: report.run,
      asOf: report.asOf,
      customers: report.customers,
      transactions,
      spend,
      segments,
      clv12,
      seconds,
    };
    const rows: [string, string | number][] = [
      ['as of', report.asOf],
      ['customers', report.customers],
      ...report.fits.map((fit): [string, string] => [fit.process.toLowerCase(), describe(fit)]),
      ...Object.entries(segments),
      [`12-month CLV, total ${currency}`, clv12.total],
      [`12-month CLV, mean ${currency}`, clv12.mean],
      ['seconds', seconds],
    ];
    print(options, result, table(rows));
  });

const round = (amount: number) => Math.round(amount * 100) / 100;

const toJson = ({ model, parameters, logLikelihood, status, reason }: FitRow) => ({
  model,
  parameters,
  logLikelihood,
  status: statusWord(status),
  ...(reason === null ? {} : { reason }),
});

const statusWord = (status: FitRow['status']) => status.toLowerCase().replace('_', '-');

function describe({ model, parameters, logLikelihood, status, reason }: FitRow): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value.toPrecision(5)}`);
  const likelihood = logLikelihood === null ? [] : [`LL ${logLikelihood.toFixed(2)}`];
  return [`${model} (${statusWord(status)})`, ...values, ...likelihood, ...(reason === null ? [] : [reason])].join(
    ', ',
  );
}
