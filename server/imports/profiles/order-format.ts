import { DomainError } from '../../domain/errors.ts';
import { sourceCertainty } from '../formats/columns.ts';
import type { OrderLine, RowChoices } from '../formats/format.ts';
import type { ImportChoices, ImportFormat, OpenFile } from '../intake.ts';
import { orderIntake } from '../order-intake.ts';
import { orderReader } from '../orders/order-reader.ts';
import { orderSurvey } from '../orders/order-survey.ts';
import type { Table } from '../reading/table.ts';
import { COLUMNS, findOrderColumns, matchProfile } from './match-profile.ts';
import type { OrderProfile } from './profile.ts';

/** A file of orders, as its profile describes it. */
export function orderFormat(profile: OrderProfile): ImportFormat<OrderLine> {
  const names = Object.entries(profile.columns).map(([column, [header]]) => `${column} (${header})`);
  return {
    holds: 'orders',
    title: profile.title,
    expects: `CSV with a header: ${names.join(', ')}`,
    currency: profile.currency ?? null,
    syntax: 'csv',
    columns: COLUMNS,
    refundsOfOrders: profile.refundsOfOrders,
    match: (first, { mapping }) => findOrderColumns(first, profile, mapping),
    recognise: (first, choices) => recognise(profile, first, choices),
    open: (table, choices) => openOrders(table, profile, choices),
    intake: (pool, job) => orderIntake(pool, job, profile.refundsOfOrders),
  };
}

/** @throws DomainError where the file does not show how it is to be read, naming the option that does. */
export async function openOrders(
  table: Table,
  profile: OrderProfile,
  choices: ImportChoices,
): Promise<OpenFile<OrderLine>> {
  const matched = matchProfile(table.first, profile, choices.mapping);
  const survey = orderSurvey(matched, profile, choices.home);
  let rows = 0;
  for await (const batch of table.batches()) {
    for (const row of batch) survey.add(row);
    rows += batch.length;
  }
  if (rows === 0) throw new DomainError('EMPTY_FILE', `${table.path} has a header and no rows`, ['file']);
  const { spelling, rules, ...findings } = survey.settle(choices);
  const { columns, ignored } = matched;
  return { columns, ignored, ...findings, isFirstData: false, ...orderReader(matched, profile, spelling, rules) };
}

function recognise(profile: OrderProfile, first: readonly string[], { mapping }: RowChoices = {}): number {
  if (profile.recognisedBy.length > 0) return sourceCertainty(first, profile.recognisedBy);
  try {
    return matchProfile(first, profile, mapping).columns.filter(({ header }) => header !== null).length;
  } catch (error) {
    if (error instanceof DomainError) return 0;
    throw error;
  }
}
