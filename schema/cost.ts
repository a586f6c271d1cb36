import { type GraphQLField, getNamedType, getNullableType, isLeafType, isListType } from 'graphql';

import { PAGE_LIMIT, PAGE_SIZE } from '../server/domain/page.ts';

/** Cost that a request may have: a page of 100 customers, each with five orders and their lines, fits. */
export const COST_LIMIT = 60_000;

/** Cost of a field that makes a statement of its own; a value costs 1. */
const STATEMENT = 500;

/** Rows that a list without paging is taken to have, such as the lines of an order. */
const LIST_LENGTH = 5;

interface PageArguments {
  readonly first?: unknown;
  readonly last?: unknown;
}

/** Price of a root field that reads the database once. */
export const STATEMENT_COST = { field: STATEMENT };

/** Price of a root connection: a statement, and everything below it once a row. */
export const pageCost = (args: PageArguments) => ({ field: STATEMENT, multiplier: pageSize(args) });

/** Price of a list of so many rows that is read for all its parents at once. */
export const listCost = ({ first }: PageArguments) => ({
  field: LIST_LENGTH,
  multiplier: typeof first === 'number' ? Math.min(first, PAGE_LIMIT) : LIST_LENGTH,
});

/** Price of any other field. */
export function fieldCost(args: PageArguments, field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>) {
  const type = getNullableType(field.type);
  if (isLeafType(getNamedType(type))) return 1;
  if (getNamedType(type).name.endsWith('Connection')) return { field: 1, multiplier: pageSize(args) };
  const ofConnection = field.name === 'edges' || field.name === 'nodes';
  return { field: 1, multiplier: isListType(type) && !ofConnection ? LIST_LENGTH : 1 };
}

function pageSize({ first, last }: PageArguments): number {
  const size = first ?? last ?? PAGE_SIZE;
  return typeof size === 'number' ? Math.min(size, PAGE_LIMIT) : PAGE_SIZE;
}
