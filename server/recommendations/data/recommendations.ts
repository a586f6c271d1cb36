import type { Pool } from 'pg';
import { type ProductRow, scoredProductJson, scoreOf } from '../../customers/data/product-columns.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { RecommendationKind } from '../../domain/recommendations.ts';
import { grouped } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { noSuchPlacement, type PlacementRules } from '../placement.ts';
import { placementsJson } from './placements.ts';

/** Whose list, and the placement that it is for. */
export interface ListKey {
  readonly customerId: string;
  readonly country: string | null;
  readonly placement: string | null;
}

/** Everything that a customer's list is picked from: nothing of it is excluded or out of stock. */
export interface ListSource {
  readonly asOf: string;
  readonly horizonDays: number;
  readonly placement: PlacementRules | null;
  /** What the run recommends to the customer, best first. */
  readonly own: readonly Recommendation[];
  /** The best-selling products in the customer's country, then in all countries. */
  readonly trending: readonly TrendingList[];
  /** Of these products, by the customer. */
  purchasesOf(productId: string): Purchases | null;
}

export interface Recommendation {
  readonly product: ProductRow;
  readonly kind: RecommendationKind;
  /** Null where it could not be measured. */
  readonly probability: number | null;
  readonly value: number | null;
  readonly because: readonly ProductRow[];
  readonly boughtBoth: number | null;
  readonly usualGapDays: number | null;
  readonly lastBoughtOn: string | null;
  readonly timesBought: number;
  readonly expectedOn: string | null;
  readonly priceRatio: number | null;
}

export interface TrendingList {
  /** Empty for all countries. */
  readonly country: string;
  /** Best first; empty where the run has no such list. */
  readonly products: readonly ProductRow[];
}

/** As is known now: the last day may come after the as-of day. */
export interface Purchases {
  /** In days since 1970-01-01. */
  readonly lastDay: number;
  readonly times: number;
}

/** The country of the list over all of them. */
const EVERYWHERE = '';

/** So many products of a trending list are looked at, however few of them the filters leave. */
const MOST_TRENDING = 200;

interface OwnRow extends Omit<Recommendation, 'product' | 'because'> {
  readonly customerId: string;
  readonly productId: string;
  readonly becauseIds: readonly string[];
}

interface ListSourceRow extends Pick<ListSource, 'asOf' | 'horizonDays'> {
  readonly own: readonly OwnRow[];
  readonly trending: Readonly<Record<string, readonly string[]>>;
  readonly products: readonly ProductRow[];
  readonly purchases: readonly (Purchases & { readonly customerId: string; readonly productId: string })[];
  readonly placements: readonly PlacementRules[];
  readonly names: readonly string[];
}

/**
 * What the list of each customer is picked from, in one statement; null where the published run has no recommendations.
 * In place of a key whose placement does not exist: DomainError NO_SUCH_PLACEMENT.
 */
export async function findListSources(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  keys: readonly ListKey[],
): Promise<(ListSource | DomainError | null)[]> {
  if (runId === null) return keys.map(() => null);
  const customerIds = keys.map(({ customerId }) => customerId);
  const { rows } = await pool.query<ListSourceRow>(LIST_SOURCES, [
    workspaceId,
    runId,
    distinct(customerIds),
    distinct([EVERYWHERE, ...keys.map(({ country }) => country ?? EVERYWHERE)]),
    distinct(keys.flatMap(({ placement }) => placement ?? [])),
  ]);
  const [found] = rows;
  if (found === undefined) return keys.map(() => null);
  const products = new Map(found.products.map((product) => [product.id, product]));
  const own = grouped(customerIds, found.own, (recommendation) => recommendation.customerId);
  const purchases = new Map(found.purchases.map((of) => [`${of.customerId}/${of.productId}`, of]));
  const recommendable = (ids: readonly string[]) => present(products, ids).filter(mayBeRecommended);
  const trending = new Map(Object.entries(found.trending).map(([country, ids]) => [country, recommendable(ids)]));
  return keys.map(({ customerId, country, placement: name }, index) => {
    const placement = found.placements.find((rules) => rules.name === name) ?? null;
    if (name !== null && placement === null) return noSuchPlacement(name, found.names, 'placement');
    return {
      asOf: found.asOf,
      horizonDays: found.horizonDays,
      placement,
      own: own[index]!.flatMap(({ productId, becauseIds, ...recommendation }) =>
        recommendable([productId]).map((product) => ({
          ...recommendation,
          product,
          because: present(products, becauseIds),
        })),
      ),
      trending: distinct([country ?? EVERYWHERE, EVERYWHERE]).map((of) => ({
        country: of,
        products: trending.get(of) ?? [],
      })),
      purchasesOf: (productId) => purchases.get(`${customerId}/${productId}`) ?? null,
    };
  });
}

// Products come once each and are named by id: joined, they would be made into JSON dozens of times.
const LIST_SOURCES = `
  with own as (
    select * from recommendation where workspace_id = $1 and run_id = $2 and customer_id = any($3::uuid[])),
  trending as (
    select country, rank, product_id from trending_product
    where workspace_id = $1 and run_id = $2 and country = any($4::text[]) and rank <= ${MOST_TRENDING}),
  named as (
    select product_id as id from own union select unnest(because_ids) from own union select product_id from trending)
  select r.as_of::text as "asOf", (m.findings ->> 'horizonDays')::int as "horizonDays", placements, names,
    (select coalesce(json_agg(json_build_object('customerId', customer_id, 'productId', product_id, 'kind', kind,
        'probability', probability, 'value', value, 'becauseIds', because_ids, 'boughtBoth', bought_both,
        'usualGapDays', usual_gap_days, 'lastBoughtOn', last_bought_on, 'timesBought', times_bought,
        'expectedOn', expected_on, 'priceRatio', price_ratio) order by rank), '[]') from own) as own,
    (select coalesce(json_object_agg(country, ids), '{}')
      from (select country, json_agg(product_id order by rank) as ids from trending group by country) lists) as trending,
    (select coalesce(json_agg(${scoredProductJson('p', 's')}), '[]')
      from named join product p on p.id = named.id and p.workspace_id = $1 ${scoreOf('p', 's', '$2')}) as products,
    (select coalesce(json_agg(json_build_object('customerId', customer_id, 'productId', product_id,
        'lastDay', days[cardinality(days)], 'times', cardinality(days))), '[]')
      from customer_product
      where workspace_id = $1 and customer_id = any($3::uuid[]) and product_id in (select id from named)) as purchases
  from analysis_run r
  join recommendation_model m on m.run_id = r.id and m.workspace_id = r.workspace_id
  cross join (${placementsJson('$1', '$5')}) placement
  where r.workspace_id = $1 and r.id = $2`;

const present = (products: ReadonlyMap<string, ProductRow>, ids: readonly string[]): ProductRow[] =>
  ids.flatMap((id) => products.get(id) ?? []);

const mayBeRecommended = ({ inStock, isExcluded }: ProductRow) => inStock && !isExcluded;

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
