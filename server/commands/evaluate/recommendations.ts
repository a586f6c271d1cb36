import { Command, InvalidArgumentError, Option } from 'commander';

import { DomainError } from '../../domain/errors.ts';
import { type Evaluation, evaluate, type FiguresAt } from '../../engine/recommenders/evaluation/evaluate.ts';
import { RECOMMENDERS, type RecommenderName } from '../../engine/recommenders/evaluation/findings.ts';
import { GIVEN_SPLIT_OPTIONS, NEXT_ITEM_OPTIONS } from '../../engine/recommenders/evaluation/published-options.ts';
import { optionsFor } from '../../engine/recommenders/evaluation/setup.ts';
import {
  EVALUATION_FORMATS,
  type EvaluationData,
  type EvaluationFormat,
  HOLDOUT_DAYS,
  readEvaluation,
} from '../../recommendations/read-evaluation.ts';
import { note, print } from '../command.ts';
import { pairs, table } from '../layout.ts';

interface Options {
  readonly data: string;
  readonly test?: string;
  readonly format?: EvaluationFormat;
  readonly holdoutDays?: number;
  readonly recommenders: readonly RecommenderName[];
  readonly k?: readonly string[];
  readonly json?: boolean;
}

const days = (text: string): number => {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('expected whole days, 1 to 999.');
  return Number(text);
};

export const recommendationsCommand = new Command('recommendations')
  .description('measure the recommenders on held-out purchases; needs no database')
  .requiredOption('--data <file>', 'the file to learn from, plain or gzip')
  .option('--test <file>', 'what the same users took afterwards, in the format sequence')
  .addOption(
    new Option('-f, --format <format>', 'what the file holds (default: read from its first row)').choices(
      Object.keys(EVALUATION_FORMATS),
    ),
  )
  .option('--holdout-days <days>', `how many of the last days of orders to predict (default: ${HOLDOUT_DAYS})`, days)
  .addOption(
    new Option('--recommenders <names...>', 'only these; popularity is always included, to compare with')
      .choices(RECOMMENDERS)
      .default(RECOMMENDERS, 'all'),
  )
  .option('-k, --k <lengths...>', 'lengths of the lists (default: 10 20, with --test also 50)')
  .option('--json', 'print one JSON object on standard output')
  .addHelpText(
    'after',
    () => `\nFormats:\n${pairs(Object.entries(EVALUATION_FORMATS).map(([name, expects]) => [`  ${name}`, expects]))}`,
  )
  .action(async (options: Options) => {
    const started = performance.now();
    const lengths = lengthsOf(options);
    const { data: path, test: testPath, format, holdoutDays } = options;
    note(`reading ${path}`);
    const data = await readEvaluation({ path, testPath, format, holdoutDays });
    const setup = {
      names: RECOMMENDERS.filter(
        (name) =>
          (name === 'popularity' || options.recommenders.includes(name)) &&
          !(name === 'repeatPurchase' && data.isMasked),
      ),
      options: optionsOf(data),
      isWholeCatalogue: data.unit === 'items',
      lengths,
      clock: () => performance.now(),
      onStage: (stage: string) => note(`${stage} ...`),
    };
    const evaluation = evaluate(data, setup);
    const { seen, bought } = data.split;
    const counts = {
      users: seen.users,
      judged: evaluation.judged,
      items: seen.items,
      interactions: seen.item.length,
      heldOut: bought.reduce((sum, { size }) => sum + size, 0),
    };
    const seconds = Math.round(performance.now() - started) / 1000;
    const { format: read, protocol, unit, horizon, isMasked, rejected } = data;
    const result = {
      ...{ format: read, protocol, unit, horizon, isMasked, ...counts, rejected },
      recommenders: evaluation.recommenders.map((each) => ({ ...each, options: setup.options[each.recommender] })),
      baselines: evaluation.baselines,
      blend: evaluation.blend,
      blendReason: evaluation.blendReason,
      seconds,
    };
    const about = { format: read, protocol, ...counts, ...rejectedRows(data), time: `${Math.round(seconds)} s` };
    const head = pairs(Object.entries(about));
    const figures = figuresTables(evaluation, lengths, data.format === 'baskets');
    print(options, result, `${head}\n\n${figures}\n\n${reasons(evaluation)}`);
  });

function optionsOf({ unit, horizon, innerHorizon }: EvaluationData) {
  if (unit !== 'items') return optionsFor(unit, horizon);
  return innerHorizon === null ? GIVEN_SPLIT_OPTIONS : NEXT_ITEM_OPTIONS;
}

function lengthsOf({ k, test }: Options): number[] {
  const given = k ?? (test === undefined ? ['10', '20'] : ['10', '20', '50']);
  const wrong = given.find((text) => !/^[1-9]\d{0,2}$/.test(text));
  if (wrong !== undefined) throw new DomainError('BAD_LENGTH', `--k ${wrong}: expected lengths of 1 to 999`, ['k']);
  return [...new Set(given.map(Number))].sort((a, b) => a - b);
}

const rejectedRows = ({ rejected }: EvaluationData) =>
  Object.fromEntries(Object.entries(rejected).map(([reason, count]) => [`rejected, ${reason}`, count]));

/** A table for each length of the lists, with a row each for recommenders, baselines and the blend; then what each cost. */
function figuresTables({ recommenders, baselines, blend }: Evaluation, lengths: readonly number[], isBaskets: boolean) {
  const rows = [
    ...recommenders.map(({ recommender, figures }) => ({ name: recommender, figures })),
    ...baselines,
    ...(blend === null ? [] : [{ name: 'blend', figures: blend }]),
  ];
  const head = ['Recall', 'NDCG', ...(isBaskets ? ['full NDCG'] : []), 'HitRate', 'coverage', 'concentration'];
  const cells = ({ recall, ndcg, ndcgOfBasket, hitRate, coverage, concentration }: FiguresAt) =>
    [recall, ndcg, ...(isBaskets ? [ndcgOfBasket] : []), hitRate, coverage, concentration].map((each) =>
      each.toFixed(4),
    );
  const perLength = lengths.map((k, i) =>
    table(
      [`best ${k}`, ...head],
      rows.map(({ name, figures }) => [name, ...(figures === null ? head.map(() => '-') : cells(figures[i]!))]),
    ),
  );
  const costs = recommenders.map(({ recommender, fitSeconds, weight }) => [
    recommender,
    fitSeconds?.toFixed(1) ?? '-',
    weight?.toFixed(3) ?? '-',
  ]);
  return [...perLength, table(['', 'fit, s', 'weight'], costs)].join('\n\n');
}

const reasons = ({ recommenders, blendReason }: Evaluation): string =>
  pairs([
    ...recommenders.map(({ recommender, reason }): [string, string] => [recommender, reason]),
    ['blend', blendReason],
  ]);
