import { readCampaignCondition } from '../campaigns/read-campaign-condition.ts';
import { type CustomerExport, customersHeader, customerToCsv, exportCustomers } from '../customers/export-customers.ts';
import { DomainError } from '../domain/errors.ts';
import { csvResponse } from './csv-response.ts';
import type { AdmittedVisit, RouteDependencies } from './route.ts';

/** No segment, country, product, campaign or variant has a longer name. */
const LONGEST_TEXT = 500;

const PARAMETERS = [
  'segments',
  'countries',
  'bought',
  'notBought',
  'replenishmentDue',
  'within',
  'campaign',
  'variant',
];

/**
 * A list of customers as CSV, read as fast as the reader takes it. Names and e-mail addresses are empty for a key without
 * customers:pii. @throws DomainError about the parameters.
 */
export async function customersCsv(
  { database: { pool } }: RouteDependencies,
  { caller: { key, workspace }, url: { searchParams: parameters }, onFault }: AdmittedVisit,
): Promise<Response> {
  const list = readList(parameters);
  const showsPersonalData = key.scopes.includes('customers:pii');
  const pages = await exportCustomers(pool, workspace, list, {
    showsPersonalData,
    condition: readCampaignCondition({
      campaign: parameters.get('campaign') ?? undefined,
      variant: parameters.get('variant') ?? undefined,
    }),
  });
  async function* csv() {
    yield customersHeader(list);
    for await (const page of pages) yield page.map(customerToCsv).join('');
  }
  return csvResponse(csv(), 'customers.csv', onFault);
}

/** An unknown parameter is refused: mistyped, it would let everybody into the list. */
function readList(parameters: URLSearchParams): CustomerExport {
  for (const [name, value] of parameters) {
    if (!PARAMETERS.includes(name)) {
      const message = `no parameter "${name.slice(0, 40)}": expected ${PARAMETERS.join(', ')}`;
      throw new DomainError('BAD_FILTER', message, [name]);
    }
    if (value.length > LONGEST_TEXT || value.includes('\0')) {
      const message = `${name} has ${value.length} characters: expected at most ${LONGEST_TEXT}, without U+0000`;
      throw new DomainError('BAD_FILTER', message, [name]);
    }
  }
  const all = (name: string) => parameters.getAll(name).filter((value) => value !== '');
  const within = parameters.get('within');
  if (within !== null && !/^\d{1,4}$/.test(within)) {
    throw new DomainError('BAD_FILTER', `within "${within}": expected whole days, 0 to 365`, ['within']);
  }
  return {
    segments: all('segments').flatMap((text) => text.split(',')),
    countries: all('countries').flatMap((text) => text.split(',')),
    // Ids of products may have commas in them.
    bought: all('bought'),
    notBought: all('notBought'),
    replenishmentDue: parameters.get('replenishmentDue') ?? undefined,
    within: within === null ? undefined : Number(within),
  };
}
