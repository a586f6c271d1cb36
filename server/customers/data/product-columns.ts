export interface ProductRow {
  readonly id: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly category: string | null;
  /** What the catalogue asks for one, as decimal text. */
  readonly price: string | null;
  readonly inStock: boolean;
  readonly isExcluded: boolean;
  /** The figures of the published run, null where it has none; absent where they were not read with the product. */
  readonly score?: ProductScore | null;
}

export interface ProductScore {
  /** Of the catalogue at the time of the run, else the mean that was paid for one. */
  readonly price: number | null;
  readonly buyers: number;
  /** In [0, 1]. */
  readonly repeatShare: number;
  readonly usualGapDays: number | null;
}

const columns = (table: string) => `'id', ${table}.id, 'externalId', ${table}.external_id, 'name', ${table}.name,
  'category', ${table}.category, 'price', ${table}.price::text, 'inStock', ${table}.in_stock, 'isExcluded', ${table}.is_excluded`;

/** A ProductRow without its score, as JSON of a row of `product`. */
export const productJson = (product: string): string => `json_build_object(${columns(product)})`;

export const scoreJson = (score: string): string =>
  `case when ${score}.product_id is not null then json_build_object('price', ${score}.price, 'buyers', ${score}.buyers,
     'repeatShare', ${score}.repeat_share, 'usualGapDays', ${score}.usual_gap_days) end`;

/** A ProductRow with its score, as JSON of rows of `product` and `product_score`; see `scoreOf`. */
export const scoredProductJson = (product: string, score: string): string =>
  `json_build_object(${columns(product)}, 'score', ${scoreJson(score)})`;

/** Joins the score of a product by a run. @param run Placeholder of the run's id. */
export const scoreOf = (product: string, score: string, run: string): string =>
  `left join product_score ${score} on ${score}.run_id = ${run}::uuid and ${score}.product_id = ${product}.id
     and ${score}.workspace_id = ${product}.workspace_id`;

/** The price of a product: the catalogue's, else what the run found; null where neither knows. */
export const priceOf = ({ price, score }: ProductRow): number | null =>
  price === null ? (score?.price ?? null) : Number(price);
