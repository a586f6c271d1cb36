import { easeBytes } from '../ease.ts';
import { type History, historyOf, type Interactions } from '../interactions.ts';
import { type Models, type Options, recommender } from '../recommenders.ts';
import { topK } from '../top-k.ts';
import { probabilities } from './blend.ts';
import type { RecommenderName } from './findings.ts';
import { holdOut, judged, type Split } from './hold-out.ts';
import { type Lesson, learn } from './learn.ts';
import { type LengthFigures, listFigures } from './list-figures.ts';
import { listsOf, tryOut } from './trial.ts';

/** A rule to compare recommenders with, which nobody would use as one. */
export interface Baseline {
  readonly name: string;
  listOf(user: number, k: number): readonly number[];
}

/** Purchases to learn from and purchases to be judged by. */
export interface Task {
  readonly split: Split;
  /** How much of the history is held out once more to weigh the recommenders by; null where the history has no order in time. */
  readonly innerHorizon: number | null;
  /** Whether what a user has already is not to be recommended. */
  readonly isMasked: boolean;
  readonly baselines: readonly Baseline[];
}

export interface EvaluationSetup {
  readonly names: readonly RecommenderName[];
  readonly options: Options;
  /** Whether EASE is not run where it would have to leave items out: published figures are those of all items. */
  readonly isWholeCatalogue: boolean;
  /** Lengths of the lists. */
  readonly lengths: readonly number[];
  /** In milliseconds. */
  clock(): number;
  onStage(stage: string): void;
}

export interface FiguresAt extends LengthFigures {
  readonly k: number;
}

export interface EvaluatedRecommender {
  readonly recommender: RecommenderName;
  readonly isUsed: boolean;
  /** Why it is used in the blend or not, or why it was not run. */
  readonly reason: string;
  /** Share in the blend; null where it is not used. */
  readonly weight: number | null;
  /** Null where it was not run, as are the figures. */
  readonly fitSeconds: number | null;
  readonly figures: readonly FiguresAt[] | null;
}

export interface Evaluation {
  /** Users with something seen who bought something afterwards. */
  readonly judged: number;
  readonly recommenders: readonly EvaluatedRecommender[];
  readonly baselines: readonly { readonly name: string; readonly figures: readonly FiguresAt[] }[];
  /** Null where there is none, for the reason given. */
  readonly blend: readonly FiguresAt[] | null;
  readonly blendReason: string;
}

/** Users that weights are learned from; more do not change them. */
const MOST_TEACHERS = 2000;
const LEAST_TEACHERS = 20;
/** Users whose candidates are in memory at a time. */
const PAGE = 1000;

/** Fits the recommenders, weighs them by a split inside the history, refits on all of it and judges by what came after. */
export function evaluate(task: Task, setup: EvaluationSetup): Evaluation {
  const { seen } = task.split;
  const { options, clock, onStage } = setup;
  const names = setup.names.filter((name) => refusal(name, seen, setup) === null);
  const users = judged(task.split);
  const lesson = weigh(task, names, setup);

  const models: Record<string, unknown> = {};
  const judgedAlone = new Map<RecommenderName, Pick<EvaluatedRecommender, 'fitSeconds' | 'figures'>>();
  for (const name of names) {
    onStage(`fitting ${name}`);
    const started = clock();
    const each = recommender(name);
    const model = each.fit(seen, options[name]);
    const fitSeconds = (clock() - started) / 1000;
    models[name] = model;
    onStage(`judging ${name}`);
    const figures = judge(task, users, setup, (history, scores) => each.score(model, history, scores));
    judgedAlone.set(name, { fitSeconds, figures });
  }
  return {
    judged: users.length,
    recommenders: setup.names.map((name) => ({
      recommender: name,
      ...(refusal(name, seen, setup) ?? roleOf(name, lesson)),
      ...(judgedAlone.get(name) ?? { fitSeconds: null, figures: null }),
    })),
    baselines: task.baselines.map((each) => ({ name: each.name, figures: judgeBaseline(each, task, users, setup) })),
    blend: 'blend' in lesson ? judgeBlend(lesson, models, task, users, setup) : null,
    blendReason: lesson.reason,
  };
}

type Role = Pick<EvaluatedRecommender, 'isUsed' | 'reason' | 'weight'>;

const unused = (reason: string): Role => ({ isUsed: false, reason, weight: null });

/** Why a recommender is not run; null where it is. */
function refusal(name: RecommenderName, { items }: Interactions, { options, isWholeCatalogue }: EvaluationSetup) {
  const { mostItems } = options.ease;
  if (name !== 'ease' || !isWholeCatalogue || items <= mostItems) return null;
  const gigabytes = (easeBytes(items) / 1e9).toFixed(1);
  return unused(`not run: ${items} items need ${gigabytes} GB, and more than ${mostItems} take too long`);
}

/** What the weighing came to; without a blend only why there is none. */
type Weighed = { readonly reason: string } | (Pick<Lesson, 'blend' | 'recommenders'> & { readonly reason: string });

function roleOf(name: RecommenderName, lesson: Weighed): Role {
  const found = 'blend' in lesson && lesson.recommenders.find(({ recommender: each }) => each === name);
  return found || unused('no blend');
}

/** Learns weights from the end of the history, from models that have not seen it. */
function weigh(
  { split, innerHorizon, isMasked }: Task,
  names: readonly RecommenderName[],
  setup: EvaluationSetup,
): Weighed {
  if (innerHorizon === null) return { reason: 'no blend: the history has no order in time' };
  if (names.length < 2 || !names.includes('popularity'))
    return { reason: 'no blend: it needs popularity and another recommender' };
  const inner = holdOut(split.seen, innerHorizon);
  const able = judged(inner);
  if (able.length < LEAST_TEACHERS)
    return { reason: `no blend: only ${able.length} users to learn weights from, fewer than ${LEAST_TEACHERS}` };
  const stride = Math.ceil(able.length / MOST_TEACHERS);
  const teachers = able.filter((_, i) => i % stride === 0);
  const models: Record<string, unknown> = {};
  for (const name of names) {
    setup.onStage(`weighing ${name}`);
    models[name] = recommender(name).fit(inner.seen, setup.options[name]);
  }
  const { blend, recommenders } = learn(tryOut(models as Models, names, inner, teachers, isMasked), split.seen.items);
  if (blend.names.length === 0) return { reason: 'no blend: no recommender predicted the end of the history' };
  return { blend, recommenders, reason: `weights from the end of the history of ${teachers.length} users` };
}

function judge(
  { split: { seen, bought }, isMasked }: Task,
  users: readonly number[],
  { lengths }: EvaluationSetup,
  score: (history: History, scores: Float64Array) => void,
): FiguresAt[] {
  const scores = new Float64Array(seen.items);
  const longest = Math.max(...lengths);
  const lists = users.map((user) => {
    const history = historyOf(seen, user);
    score(history, scores);
    const own = isMasked ? new Set(history.item) : undefined;
    return topK(scores, longest, own && ((item) => !own.has(item)));
  });
  return figuresOf(lists, users, bought, lengths, seen.items);
}

function judgeBaseline(
  { listOf }: Baseline,
  { split: { seen, bought } }: Task,
  users: readonly number[],
  { lengths }: EvaluationSetup,
): FiguresAt[] {
  const lists = users.map((user) => listOf(user, Math.max(...lengths)));
  return figuresOf(lists, users, bought, lengths, seen.items);
}

function judgeBlend(
  { blend }: Pick<Lesson, 'blend'>,
  models: Models,
  { split, isMasked }: Task,
  users: readonly number[],
  { lengths, onStage }: EvaluationSetup,
): FiguresAt[] {
  onStage('judging the blend');
  const lists: number[][] = [];
  for (let from = 0; from < users.length; from += PAGE) {
    const trial = tryOut(models, blend.names, split, users.slice(from, from + PAGE), isMasked);
    lists.push(...listsOf(trial, probabilities(blend, trial), Math.max(...lengths)));
  }
  return figuresOf(lists, users, split.bought, lengths, split.seen.items);
}

function figuresOf(
  lists: readonly (readonly number[])[],
  users: readonly number[],
  bought: Split['bought'],
  lengths: readonly number[],
  items: number,
): FiguresAt[] {
  const theirs = users.map((user) => bought[user]!);
  return lengths.map((k) => ({ k, ...listFigures(lists, theirs, k, items) }));
}
