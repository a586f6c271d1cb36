import type pg from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { DomainError } from '../domain/errors.ts';
import { roundedMoney } from '../domain/money.ts';
import type { Page } from '../domain/page.ts';
import { HORIZONS } from '../domain/period.ts';
import { SEGMENTS, type Segment } from '../domain/segments.ts';
import { csvLine } from './csv-line.ts';
import type { CustomerCondition } from './data/customer-condition.ts';
import { type CustomerFilter, type ListedCustomer, listCustomers } from './data/customer-list.ts';
import { nearNames } from './near-names.ts';

/** A list of customers to act on, as a command or an address names it. */
export interface CustomerExport {
  readonly segments?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly bought?: readonly string[] | undefined;
  readonly notBought?: readonly string[] | undefined;
  /** External id of a product. */
  readonly replenishmentDue?: string | undefined;
  /** Days after the run's as-of day. */
  readonly within?: number | undefined;
}

export interface ExportedCustomer {
  readonly customer: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly channel: string | null;
  readonly segment: Segment | null;
  readonly clv12m: number | null;
  readonly currency: string;
  readonly p10: number | null;
  readonly p90: number | null;
  readonly probabilityAlive: number | null;
  readonly lastOrderOn: string | null;
  /** Of the product whose replenishment is asked for; absent where none is. */
  readonly expectedOn?: string;
  readonly probability?: number;
  readonly usualGapDays?: number;
  readonly lastBoughtOn?: string;
}

export interface ExportOptions {
  /** Whether names and e-mail addresses are filled in. */
  readonly showsPersonalData: boolean;
  readonly condition?: CustomerCondition | undefined;
}

export const DEFAULT_WITHIN = 14;
const ROWS_AT_A_TIME = 1000;

/**
 * All customers of a list, highest CLV first, page by page, as fast as the reader takes them.
 * @throws DomainError on a list that cannot be, before anything is read; LIST_CHANGED in the middle rather than end too early.
 */
export async function exportCustomers(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  list: CustomerExport,
  { showsPersonalData, condition }: ExportOptions,
): Promise<AsyncIterable<readonly ExportedCustomer[]>> {
  const filter = filterOf(list);
  const view = { workspaceId: workspace.id, runId: workspace.publishedRunId };
  const read = (page: Page) =>
    listCustomers(pool, view, {
      filter,
      condition,
      order: { field: 'CLV', direction: 'DESC' },
      page,
      withTotal: false,
    });
  let page: Page = { size: ROWS_AT_A_TIME, backward: false, position: null };
  let found = await read(page);
  return (async function* pages() {
    for (;;) {
      yield found.items.map(({ node }) => exported(node, workspace.currency, showsPersonalData));
      if (!found.hasNextPage) return;
      page = { ...page, position: found.items.at(-1)!.position };
      found = await read(page);
      if (found.items.length === 0) {
        throw new DomainError('LIST_CHANGED', 'a newer run has replaced the run of this list: start again');
      }
    }
  })();
}

function filterOf({ segments, replenishmentDue, within, ...lists }: CustomerExport): CustomerFilter {
  const other = segments?.find((segment) => !(SEGMENTS as readonly string[]).includes(segment));
  if (other !== undefined) {
    const [near] = nearNames(other, SEGMENTS);
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    throw new DomainError('BAD_FILTER', `no segment "${other}": ${hint}expected ${SEGMENTS.join(', ')}`, ['segments']);
  }
  if (replenishmentDue === undefined && within !== undefined) {
    throw new DomainError('BAD_FILTER', 'within limits replenishmentDue: expected a product with it', ['within']);
  }
  const due = { product: replenishmentDue ?? '', withinDays: within ?? DEFAULT_WITHIN };
  return {
    ...lists,
    segments: segments as readonly Segment[] | undefined,
    replenishmentDue: replenishmentDue === undefined ? null : due,
  };
}

const YEAR = HORIZONS.indexOf('P12M');

function exported(
  { externalId, name, email, country, channel, score, lastOrderOn, due }: ListedCustomer,
  currency: string,
  showsPersonalData: boolean,
): ExportedCustomer {
  const money = (amount: number | null | undefined) =>
    amount == null ? null : Number(roundedMoney(amount, currency).amount);
  return {
    customer: externalId,
    name: showsPersonalData ? name : null,
    email: showsPersonalData ? email : null,
    country,
    channel,
    segment: score?.segment ?? null,
    clv12m: money(score?.isValued ? score.clv[12] : null),
    currency,
    p10: money(score?.clvP10?.[YEAR]),
    p90: money(score?.clvP90?.[YEAR]),
    probabilityAlive: score?.probabilityAlive == null ? null : rounded(score.probabilityAlive, 4),
    lastOrderOn,
    ...(due && {
      expectedOn: due.expectedOn,
      probability: rounded(due.probability, 4),
      usualGapDays: rounded(due.usualGapDays, 1),
      lastBoughtOn: due.lastBoughtOn,
    }),
  };
}

const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));

const COLUMNS = 'customer,name,email,country,channel,segment,clv_12m,currency,p10,p90,probability_alive,last_order_on';

export const customersHeader = ({ replenishmentDue }: CustomerExport): string =>
  `${COLUMNS}${replenishmentDue === undefined ? '' : ',expected_on,probability,usual_gap_days,last_bought_on'}\n`;

/** One line of CSV, in the order of the header. */
export const customerToCsv = (customer: ExportedCustomer): string => csvLine(Object.values(customer));
