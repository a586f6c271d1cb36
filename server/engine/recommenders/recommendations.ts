import type { RecommendationKind } from '../../domain/recommendations.ts';
import { candidateFinder } from './candidates.ts';
import { ACTIVITY, activityOf, type Blend, probabilities } from './evaluation/blend.ts';
import type { RecommenderName } from './evaluation/findings.ts';
import type { History } from './interactions.ts';
import { boughtBoth, type ItemKnnModel, itemKnn } from './item-knn.ts';
import type { Models } from './recommenders.ts';
import { type Due, dueItems, type RepeatPurchaseModel } from './repeat-purchase.ts';

/** What is known of items. */
export interface Assortment {
  /** Number of the category; -1 where it is unknown. */
  readonly category: Int32Array;
  /** Of one; NaN where it is unknown. */
  readonly price: Float64Array;
  /** What a purchase leaves after costs; NaN where no costs are known. */
  readonly margin: Float64Array;
  /** 0 where an item is not to be recommended: out of stock, or excluded by the shop. */
  readonly isOpen: Uint8Array;
}

/** One line of a user's list. */
export interface Recommendation {
  readonly item: number;
  readonly kind: RecommendationKind;
  readonly probability: number;
  /** Probability times margin; NaN where no costs are known. */
  readonly value: number;
  /** The reasons for it, strongest first: items bought before, or items only viewed where no bought one is a reason. */
  readonly because: readonly number[];
  /** Users who bought the first of them and the item; null where it was only looked at. */
  readonly boughtBoth: number | null;
  readonly due: Due | null;
  /** Price over the user's usual one in the category. */
  readonly priceRatio: number | null;
}

/** Lines of each kind that are kept, so that every kind can be asked for. */
const MOST: Readonly<Record<RecommendationKind, number>> = { CROSS_SELL: 10, UP_SELL: 6, REPLENISH: 10, TRENDING: 4 };
/** Lines of one category within a kind. */
const MOST_OF_CATEGORY = 4;
/** Bought items that are named as the reason. */
const MOST_CAUSES = 3;

/** Repeat purchases per buyer from which on an item is bought by habit. */
const HABITUAL = 0.1;

/** Less likely repeats are not worth a reminder; a user's likeliest are kept. */
const LEAST_PROBABILITY = 0.03;
const MOST_DUE = 30;

/** A step up costs so many times what the user usually pays in the category, and no more than what is within reach. */
const STEP = 1.15;
const REACH = 2;

const PERSONAL: readonly RecommenderName[] = ['itemKnn', 'ease', 'ials'];

/** What to recommend to a user, and what they are expected to buy again. */
export interface UserRecommendations {
  readonly recommendations: readonly Recommendation[];
  /** Likeliest first, whether it may be recommended or not; the probability is the recommendation's wherever there is one. */
  readonly due: readonly Due[];
}

export interface ListMaker {
  /** Those of the blend, and these two for their reasons. */
  readonly models: Models & { readonly itemKnn: ItemKnnModel; readonly repeatPurchase: RepeatPurchaseModel };
  readonly blend: Blend;
  /** Whether the shop's own purchases taught the blend, so that its probabilities mean something. */
  readonly isMeasured: boolean;
  readonly assortment: Assortment;
}

/** Makes lists for one user after another: the best of each kind, by P(buy) x margin where costs are known, else by P(buy). */
export function listMaker({
  models,
  blend,
  isMeasured,
  assortment,
}: ListMaker): (history: History) => UserRecommendations {
  const { names } = blend;
  const find = candidateFinder(models, names, assortment.isOpen.length);
  const isOpen = (item: number) => assortment.isOpen[item] === 1;
  const personal = PERSONAL.map((name) => names.indexOf(name)).filter((column) => column >= 0);

  return (history) => {
    const { item: items, signal } = find(history, isOpen);
    const own = activityOf(history);
    const activity = Float64Array.from({ length: items.length * ACTIVITY }, (_, i) => own[i % ACTIVITY]!);
    const chances = probabilities(blend, { names, signal, activity });
    const due = new Map(dueItems(models.repeatPurchase, history).map((each) => [each.item, each]));
    const bought = [...due.keys()];
    const usual = usualPrices(bought, assortment);
    const isPersonal = (row: number) => personal.some((column) => signal[row * names.length + column]! > 0);

    const recommendations = items.flatMap((item, row): Recommendation[] => {
      const again = due.get(item) ?? null;
      if (again !== null && !isHabit(models.repeatPurchase, again)) return [];
      const priceRatio = again === null ? stepOf(item, assortment, usual) : null;
      const isStep = priceRatio !== null;
      const kind = again !== null ? 'REPLENISH' : isStep ? 'UP_SELL' : isPersonal(row) ? 'CROSS_SELL' : 'TRENDING';
      const probability = chances[row]!;
      const value = probability * assortment.margin[item]!;
      return [{ item, kind, probability, value, because: [], boughtBoth: null, due: again, priceRatio }];
    });
    const explained = (recommendation: Recommendation): Recommendation => {
      if (recommendation.kind === 'CROSS_SELL')
        return { ...recommendation, ...causesOf(recommendation, models.itemKnn, history, due) };
      if (recommendation.kind === 'UP_SELL')
        return { ...recommendation, because: cheaper(recommendation, bought, assortment) };
      return recommendation;
    };
    const blended = new Map(isMeasured ? items.map((item, row) => [item, chances[row]!]) : []);
    return {
      recommendations: mixed(pick(recommendations.sort(byWorth), assortment)).map(explained),
      due: mostDue([...due.values()], models.repeatPurchase, blended),
    };
  };
}

/** What is bought by habit, by the blend's probability where there is one. */
const mostDue = (due: readonly Due[], model: RepeatPurchaseModel, blended: ReadonlyMap<number, number>): Due[] =>
  due
    .filter((each) => isHabit(model, each))
    .map((each) => ({ ...each, probability: blended.get(each.item) ?? each.probability }))
    .filter(({ probability }) => probability >= LEAST_PROBABILITY)
    .sort((a, b) => b.probability - a.probability || a.item - b.item)
    .slice(0, MOST_DUE);

/** Whether an item is one that is bought again: by this customer, or by enough others. Who owns a kettle needs no second one. */
const isHabit = ({ repeatRate }: RepeatPurchaseModel, { item, gaps }: Due): boolean =>
  gaps.length > 0 || repeatRate[item]! >= HABITUAL;

/** Equal ones by number, so that the order of input does not matter. */
function byWorth(a: Recommendation, b: Recommendation): number {
  const worth = ({ value, probability }: Recommendation) => (Number.isNaN(value) ? probability : value);
  return worth(b) - worth(a) || a.item - b.item;
}

/** What a user usually pays for one in a category, and for the dearest of all. */
interface UsualPrices {
  readonly byCategory: ReadonlyMap<number, number>;
  readonly dearest: number;
}

function usualPrices(bought: readonly number[], { category, price }: Assortment): UsualPrices {
  const sums = new Map<number, { total: number; count: number }>();
  let dearest = 0;
  for (const item of bought) {
    if (Number.isNaN(price[item]!)) continue;
    dearest = Math.max(dearest, price[item]!);
    if (category[item] === -1) continue;
    const sum = sums.get(category[item]!) ?? { total: 0, count: 0 };
    sums.set(category[item]!, { total: sum.total + price[item]!, count: sum.count + 1 });
  }
  return { byCategory: new Map([...sums].map(([each, { total, count }]) => [each, total / count])), dearest };
}

/** Price over the usual one where it is a step up within reach; else null. */
function stepOf(item: number, { category, price }: Assortment, { byCategory, dearest }: UsualPrices): number | null {
  const usual = byCategory.get(category[item]!);
  if (usual === undefined || !(price[item]! >= STEP * usual)) return null;
  return price[item]! <= Math.max(REACH * usual, dearest) ? price[item]! / usual : null;
}

/** The best of each kind, best first, not too many of a category. */
function pick(recommendations: readonly Recommendation[], { category }: Assortment): Recommendation[] {
  const ofKind = new Map<RecommendationKind, number>();
  const ofCategory = new Map<string, number>();
  return recommendations.filter(({ item, kind }) => {
    const place = `${kind} ${category[item]}`;
    const [count, alike] = [ofKind.get(kind) ?? 0, category[item] === -1 ? 0 : (ofCategory.get(place) ?? 0)];
    if (count === MOST[kind] || alike === MOST_OF_CATEGORY) return false;
    ofKind.set(kind, count + 1);
    ofCategory.set(place, alike + 1);
    return true;
  });
}

/** No more than two of a kind in a row while there is another: what is bought again anyway would leave no room for anything new. */
function mixed(recommendations: readonly Recommendation[]): Recommendation[] {
  const rest = [...recommendations];
  const list: Recommendation[] = [];
  while (rest.length > 0) {
    const [before, last] = list.slice(-2);
    const repeated = last !== undefined && last.kind === before?.kind ? last.kind : null;
    const other = rest.findIndex(({ kind }) => kind !== repeated && kind !== 'TRENDING');
    const next = repeated === null || rest[0]!.kind !== repeated || other < 0 ? 0 : other;
    list.push(...rest.splice(next, 1));
  }
  return list;
}

/** What was bought speaks before what was only looked at, of which there is no count. */
function causesOf(
  { item }: Recommendation,
  model: ItemKnnModel,
  history: History,
  due: ReadonlyMap<number, Due>,
): Pick<Recommendation, 'because' | 'boughtBoth'> {
  const causes = itemKnn.explain(model, history, item).map((cause) => cause.item);
  const bought = causes.filter((each) => due.has(each));
  if (bought.length === 0) return { because: causes.slice(0, MOST_CAUSES), boughtBoth: null };
  return { because: bought.slice(0, MOST_CAUSES), boughtBoth: boughtBoth(model, bought[0]!, item) };
}

/** What of the category the user has bought, dearest first. */
const cheaper = ({ item }: Recommendation, bought: readonly number[], { category, price }: Assortment): number[] =>
  bought
    .filter((each) => category[each] === category[item] && price[each]! < price[item]!)
    .sort((a, b) => price[b]! - price[a]! || a - b)
    .slice(0, MOST_CAUSES);
