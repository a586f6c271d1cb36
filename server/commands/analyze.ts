import { InvalidArgumentError, Option } from 'commander';
import { findWorkspace } from '../access/data/workspaces.ts';
import { startAnalysis } from '../analysis/run-analysis.ts';
import { counted } from '../domain/counted.ts';
import { COVARIATES, type Covariate } from '../domain/covariates.ts';
import { DomainError } from '../domain/errors.ts';
import { TRANSACTION_MODEL_CHOICES, type TransactionModelChoice } from '../domain/models.ts';
import { HORIZONS } from '../domain/period.ts';
import { parseAnnualRate } from '../domain/rates/discount-rate.ts';
import { parseMarginRate } from '../domain/rates/margin.ts';
import { REVENUE_TEXT } from '../domain/revenue.ts';
import { SEGMENT_NAME } from '../domain/segments.ts';
import type { ValueInterval } from '../engine/models/group-interval.ts';
import { readRecommendationFindings } from '../recommendations/data/recommendation-findings.ts';
import { readClvCells } from '../scores/data/clv-cells.ts';
import { readRfmCells } from '../scores/data/rfm-cells.ts';
import { type FitRow, findRuns, type RunRow } from '../scores/data/runs.ts';
import { intervalOfTotal, withoutLargest } from '../scores/total-interval.ts';
import { type CommonOptions, command, note, print, withDatabase } from './command.ts';
import { pairs } from './layout.ts';
import { progressBar } from './progress-bar.ts';

interface Options extends CommonOptions {
  readonly asOf?: string;
  readonly model: TransactionModelChoice;
  readonly discountRate?: number;
  readonly marginRate?: number;
  readonly covariates?: readonly Covariate[];
}

/** Refused at once, as any other option is. */
const rate = (parse: (text: string) => number) => (text: string) => {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof DomainError ? new InvalidArgumentError(error.message) : error;
  }
};

export const analyzeCommand = command('analyze')
  .option('--as-of <date>', 'last day that counts, YYYY-MM-DD (default: the day of the last order or refund)')
  .addOption(
    new Option('-m, --model <model>', 'model of order days: auto takes the best in the backtest')
      .choices(TRANSACTION_MODEL_CHOICES)
      .default('auto'),
  )
  .option(
    '--discount-rate <rate>',
    "annual discount rate, 0.1 or 10% (default: the workspace's)",
    rate(parseAnnualRate),
  )
  .option(
    '--margin-rate <share>',
    "share of revenue that counts as value, 0.45 or 45% (default: the workspace's, else that of known costs, else 1)",
    rate(parseMarginRate),
  )
  .addOption(
    new Option('--covariates <names...>', 'attributes to test for effects on ordering and leaving').choices(COVARIATES),
  )
  .action(async (options: Options) => {
    const started = performance.now();
    const { asOf, model, discountRate: annualDiscountRate, marginRate, covariates } = options;
    const { report, clv, rfm, run, findings, currency } = await withDatabase(async ({ pool }) => {
      const workspace = await findWorkspace(pool, options.workspace);
      const { done } = await startAnalysis(
        pool,
        workspace,
        { asOf, model, annualDiscountRate, marginRate, covariates },
        { onStage: (stage) => note(`${stage} ...`), onProgress: progressBar() },
      );
      const report = await done;
      // Read back from what was published: the same figures as from every other door.
      const view = { workspaceId: workspace.id, runId: report.run };
      const [clv, rfm, [run], findings] = await Promise.all([
        readClvCells(pool, view, {}),
        readRfmCells(pool, view),
        findRuns(pool, view, [report.run]),
        readRecommendationFindings(pool, view),
      ]);
      return { report, clv, rfm, run: run!, findings: findings!, currency: workspace.currency };
    }, 'all');
    const point = clv.all.curve[HORIZONS.indexOf('P12M')];
    const interval = point && intervalOfTotal(run, 'P12M', point);
    const rest = point && withoutLargest(run, 'P12M', point);
    const clv12 = point && {
      ...rounded(point.total, interval),
      mean: round(point.mean),
      withoutLargest: rest ? rounded(rest.total, rest.interval) : null,
    };
    const segments = Object.fromEntries(
      rfm.segments
        .filter(({ customers }) => customers > 0)
        .map(({ segment, customers }) => [SEGMENT_NAME[segment], customers]),
    );
    const [transactions, spend] = report.fits.map(toJson);
    const { modelReason, backtestWeeks, backtestReason, ownShare, errors, coverage } = run;
    const backtest =
      backtestWeeks === null ? { reason: backtestReason } : { weeks: backtestWeeks, ownShare, errors, coverage };
    const seconds = Math.round(performance.now() - started) / 1000;
    const result = {
      run: report.run,
      asOf: report.asOf,
      customers: report.customers,
      marginRate: run.marginRate,
      marginSource: run.marginSource,
      revenue: run.revenue,
      knownCostShare: run.knownCostShare,
      unassignedRefundRate: run.unassignedRefundRate,
      annualDiscountRate: run.annualDiscountRate,
      transactions,
      spend,
      modelReason,
      backtest,
      ...(run.covariates === null ? {} : { covariates: run.covariates }),
      recommendations: findings,
      segments,
      clv12: clv12 ?? null,
      ...(run.noValueReason === null ? {} : { noValueReason: run.noValueReason }),
      seconds,
    };
    const perCustomer = (total: number) => round(total / Math.max(1, clv.all.customers));
    const rows: [string, string | number][] = [
      ['as of', report.asOf],
      ['customers', report.customers],
      ['revenue', REVENUE_TEXT[run.revenue]],
      ['margin', describeMargin(run)],
      ...describeRefunds(run),
      ['discount a year', percentOf(run.annualDiscountRate)],
      ...report.fits.map((fit): [string, string] => [fit.process.toLowerCase(), describe(fit)]),
      ...Object.entries(segments),
      ['why this model', modelReason ?? ''],
      ['covered by 80% intervals', describeCoverage(run)],
      ...(run.covariates === null ? [] : [['covariates', run.covariates.reason] as [string, string]]),
      ['recommendations', findings.reason],
      ...(clv12 === undefined
        ? [['12-month CLV', `none: ${run.noValueReason}`] as [string, string]]
        : ([
            [`12-month CLV, total ${currency}`, rangeOf(clv12)],
            ...(clv12.withoutLargest === null ? [] : [['without the largest customer', rangeOf(clv12.withoutLargest)]]),
            [
              `12-month CLV, mean ${currency}`,
              `${clv12.mean} (${perCustomer(clv12.p10)} to ${perCustomer(clv12.p90)})`,
            ],
          ] as [string, string][])),
      ['seconds', seconds],
    ];
    print(options, result, pairs(rows));
  });

const round = (amount: number) => Math.round(amount * 100) / 100;

const rounded = (total: number, interval: ValueInterval | null | undefined) => ({
  total: round(total),
  p10: round(interval?.p10 ?? 0),
  p50: round(interval?.p50 ?? 0),
  p90: round(interval?.p90 ?? 0),
});

const rangeOf = ({ total, p10, p90 }: ReturnType<typeof rounded>) => `${total} (${p10} to ${p90})`;

/** At most one decimal. */
const percentOf = (share: number) => `${Math.round(1000 * share) / 10}%`;

function describeMargin({ marginRate, marginSource, knownCostShare }: RunRow): string {
  const source = {
    OPTION: 'given with --margin-rate',
    WORKSPACE: "the workspace's setting",
    COSTS: `from costs, known for ${percentOf(knownCostShare ?? 0)} of revenue`,
    DEFAULT: 'the default: no cost is known, so values are revenue',
  }[marginSource];
  return `${percentOf(marginRate)} of revenue, ${source}`;
}

function describeRefunds({ unassignedRefundRate }: RunRow): [string, string][] {
  if (!unassignedRefundRate) return [];
  return [['refunds of no known order', `${percentOf(unassignedRefundRate)} of revenue: values are lowered by that`]];
}

function describeCoverage({ backtestWeeks, backtestReason, coverage }: RunRow): string {
  if (backtestWeeks === null) return `not measured: ${backtestReason}`;
  const [shortest] = coverage ?? [];
  if (shortest === undefined) return 'not measured: a stand-in was published';
  const { customers, totals, weeks } = shortest;
  return `${totals.held} of ${counted(totals.count, 'total')} and ${percentOf(customers.held / customers.count)} of customers (promised: ${percentOf(customers.promised)}), ${counted(Math.round(weeks), 'week')} ahead`;
}

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
