import type pg from 'pg';
import type { Covariate } from '../domain/covariates.ts';
import { dummyCode, dummyRow } from '../engine/models/covariates-coding.ts';
import { countTrait } from './data/traits.ts';

/** Customers by the levels of their covariates. */
export interface Strata {
  readonly covariates: readonly Covariate[];
  /** One for each dummy column, such as "channel: Newsletter". */
  readonly names: readonly string[];
  /** Known so far; the position of a stratum never changes. */
  readonly list: readonly { readonly levels: readonly string[]; readonly row: readonly number[] }[];
  /** Position of the stratum of a customer with these values of the covariates. */
  indexOf(traits: readonly (string | null)[]): number;
}

/** Asks which levels the covariates have. */
export async function stratify(pool: pg.Pool, workspaceId: string, covariates: readonly Covariate[]): Promise<Strata> {
  const levels: string[][] = [];
  for (const covariate of covariates) levels.push(dummyCode(await countTrait(pool, workspaceId, covariate)));
  const list: { levels: string[]; row: number[] }[] = [];
  const positions = new Map<string, number>();
  return {
    covariates,
    names: covariates.flatMap((covariate, i) => levels[i]!.slice(1).map((level) => `${covariate}: ${level}`)),
    list,
    indexOf(traits) {
      const rows = traits.map((value, i) => dummyRow(levels[i]!, value));
      const row = rows.flat();
      const key = row.join('');
      const known = positions.get(key);
      if (known !== undefined) return known;
      const position = list.push({ levels: rows.map((columns, i) => levelOf(levels[i]!, columns)), row }) - 1;
      positions.set(key, position);
      return position;
    },
  };
}

const levelOf = (levels: readonly string[], columns: readonly number[]) => levels[columns.indexOf(1) + 1] ?? '';
