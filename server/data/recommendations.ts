import type { Pool } from 'pg';

import type { DomainError } from '../domain/errors.ts';
import { noSuchPlacement, type PlacementRules } from '../domain/placement.ts';
import type { RecommendationKind } from '../domain/recommendations.ts';
import { grouped } from './aligned.ts';
import { placementsJson } from './placements.ts';
import { type ProductRow, scoredProductJson, scoreOf } from './product-columns.ts';
import type { Tenant } from './tenant.ts';

/** Whose list, and the placement that it is for. */
export interface OffersKey {
  readonly customerId: string;
  readonly country: string | null;
  readonly placement: string | null;
}

/** Everything that a customer's list is picked from: nothing of it is excluded or out of stock. */
export interface Offers {
  readonly asOf: string;
  readonly horizonDays: number;
  readonly placement: PlacementRules | null;
  /** What the run would offer the customer, best first. */
  readonly own: readonly Offer[];
  /** What is bought lately in the customer's country, then in all countries; best first, empty where there is no list. */
  readonly trending: readonly TrendingList[];
}

export interface Offer {
  readonly product: ProductRow;
  readonly kind: RecommendationKind;
  readonly probability: number | null;
  readonly value: number | null;
  readonly because: readonly ProductRow[];
  readonly boughtBoth: number | null;
  readonly usualGapDays: number | null;
  /** As the run knew it; null in a trending list. */
  readonly lastBoughtOn: string | null;
  readonly timesBought: number;
  readonly expectedOn: string | null;
  readonly priceRatio: number | null;
  /** Day of the last purchase as is known now, in days since 1970-01-01: it may come after the as-of day. */
  readonly lastBoughtDay: number | null;
}

export interface TrendingList {
  /** Empty for all countries. */
  readonly country: string;
  readonly offers: readonly Offer[];
}

/** The country of the list over all of them. */
const EVERYWHERE = '';

interface OffersRow {
  readonly asOf: string;
  readonly horizonDays: number;
  readonly own: readonly (Offer & { readonly customerId: string })[];
  readonly trending: readonly { readonly country: string; readonly product: ProductRow }[];
  readonly purchases: readonly Purchases[];
  readonly placements: readonly PlacementRules[];
  readonly names: readonly string[];
}

/** What a customer bought of a product of a trending list. */
interface Purchases {
  readonly customerId: string;
  readonly productId: string;
  readonly lastBoughtDay: number;
  readonly timesBought: number;
}

const lastDay = (bought: string) => `${bought}.days[cardinality(${bought}.days)]`;

/**
 * The offers of each customer in one statement; null where the published run has none to make.
 * In place of a key whose placement does not exist: DomainError NO_SUCH_PLACEMENT.
 */
export async function findOffers(
  pool: Pool,
  { workspaceId, runId }: Tenant,
  keys: readonly OffersKey[],
): Promise<(Offers | DomainError | null)[]> {
  if (runId === null) return keys.map(() => null);
  const customerIds = keys.map(({ customerId }) => customerId);
  const countries = distinct([EVERYWHERE, ...keys.map(({ country }) => country ?? EVERYWHERE)]);
  const names = distinct(keys.flatMap(({ placement }) => placement ?? []));
  const { rows } = await pool.query<OffersRow>(OFFERS, [workspaceId, runId, distinct(customerIds), countries, names]);
  const [found] = rows;
  if (found === undefined) return keys.map(() => null);
  const { asOf, horizonDays } = found;
  const own = grouped(customerIds, found.own, (offer) => offer.customerId);
  const trending = grouped(countries, found.trending, ({ country }) => country);
  const purchases = new Map(found.purchases.map((bought) => [`${bought.customerId}/${bought.productId}`, bought]));
  return keys.map(({ customerId, country, placement: name }, index) => {
    const placement = found.placements.find((rules) => rules.name === name) ?? null;
    if (name !== null && placement === null) return noSuchPlacement(name, found.names, 'placement');
    const lists = distinct([country ?? EVERYWHERE, EVERYWHERE]).map((of) => ({
      country: of,
      offers: trending[countries.indexOf(of)]!.map(({ product }) =>
        trendingOffer(product, purchases.get(`${customerId}/${product.id}`)),
      ),
    }));
    return { asOf, horizonDays, placement, own: own[index]!, trending: lists };
  });
}

const OFFERS = `
  select r.as_of::text as "asOf", (m.findings ->> 'horizonDays')::int as "horizonDays", own.offers as own,
    trending.products as trending, bought.purchases, placement.placements, placement.names
  from analysis_run r
  join recommendation_model m on m.run_id = r.id and m.workspace_id = r.workspace_id
  cross join (
    select coalesce(json_agg(json_build_object('customerId', o.customer_id, 'product', ${scoredProductJson('p', 's')}, 'kind', o.kind,
        'probability', o.probability, 'value', o.value, 'because', because.products, 'boughtBoth', o.bought_both,
        'usualGapDays', o.usual_gap_days, 'lastBoughtOn', o.last_bought_on, 'timesBought', o.times_bought,
        'expectedOn', o.expected_on, 'priceRatio', o.price_ratio, 'lastBoughtDay', ${lastDay('b')}
      ) order by o.customer_id, o.rank), '[]') as offers
    from recommendation o
    join product p on p.id = o.product_id and p.workspace_id = o.workspace_id and p.in_stock and not p.is_excluded
    ${scoreOf('p', 's', '$2')}
    left join customer_product b on b.customer_id = o.customer_id and b.product_id = o.product_id and b.workspace_id = o.workspace_id
    cross join lateral (
      select coalesce(json_agg(${scoredProductJson('q', 'z')} order by x.place), '[]') as products
      from unnest(o.because_ids) with ordinality x(id, place)
      join product q on q.id = x.id and q.workspace_id = o.workspace_id
      ${scoreOf('q', 'z', '$2')}) because
    where o.workspace_id = $1 and o.run_id = $2 and o.customer_id = any($3::uuid[])) own
  cross join (
    select coalesce(json_agg(json_build_object('country', t.country, 'product', ${scoredProductJson('p', 's')})
      order by t.country, t.rank), '[]') as products
    from trending_product t
    join product p on p.id = t.product_id and p.workspace_id = t.workspace_id and p.in_stock and not p.is_excluded
    ${scoreOf('p', 's', '$2')}
    where t.workspace_id = $1 and t.run_id = $2 and t.country = any($4::text[])) trending
  cross join (
    select coalesce(json_agg(json_build_object('customerId', b.customer_id, 'productId', b.product_id,
      'lastBoughtDay', ${lastDay('b')}, 'timesBought', cardinality(b.days))), '[]') as purchases
    from customer_product b
    where b.workspace_id = $1 and b.customer_id = any($3::uuid[]) and b.product_id in (
      select t.product_id from trending_product t
      where t.workspace_id = $1 and t.run_id = $2 and t.country = any($4::text[]))) bought
  cross join (${placementsJson('$1', '$5')}) placement
  where r.workspace_id = $1 and r.id = $2`;

const trendingOffer = (product: ProductRow, bought: Purchases | undefined): Offer => ({
  product,
  kind: 'TRENDING',
  probability: null,
  value: null,
  because: [],
  boughtBoth: null,
  usualGapDays: null,
  lastBoughtOn: null,
  timesBought: bought?.timesBought ?? 0,
  expectedOn: null,
  priceRatio: null,
  lastBoughtDay: bought?.lastBoughtDay ?? null,
});

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
