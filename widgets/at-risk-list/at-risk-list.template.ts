import { html, nothing, type TemplateResult } from 'lit';

import type { CustomerSort, CustomerSortField } from '../generated/graphql.ts';
import type { Formats, MoneyValue } from '../shared/formats.ts';
import { segmentSlug } from '../shared/segments.ts';
import type { Localize } from '../shared/words/localize.ts';

import { type AtRiskCustomer, type LargestMoney, sortState } from './at-risk-list.data.ts';
import type { AtRiskListTerms } from './at-risk-list.terms.ts';

export interface ListView {
  /** For the names of segments. */
  readonly words: Localize;
  readonly terms: AtRiskListTerms;
  readonly formats: Formats;
  readonly order: CustomerSort;
  /** The customer that is open, by either id. */
  readonly chosen: string | undefined;
  readonly largest: LargestMoney;
}

export interface PagerView {
  readonly terms: AtRiskListTerms;
  readonly range: string;
  /** Absent where there is no such page. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** Headings that sort, each with the unit or window of its figures, read from the first customer. */
export function headTemplate(
  { terms, formats, order }: ListView,
  sample: AtRiskCustomer | undefined,
  onSort: (field: CustomerSortField) => void,
): TemplateResult {
  const heading = (field: CustomerSortField, name: string, unit: unknown) => {
    const state = sortState(order, field);
    return html`
      <th scope="col" aria-sort=${state}>
        <button part="button" @click=${() => onSort(field)}>
          <svg class="arrow" viewBox="0 0 8 10" aria-hidden="true"><path d="M4 1v8M1 6l3 3 3-3"></path></svg>${name}
          <small>${unit}</small>
        </button>
      </th>
    `;
  };
  return html`
    <thead>
      <tr>
        <th scope="col"><span>${terms.customer}</span></th>
        ${heading('MONEY_AT_RISK', terms.moneyAtRisk, terms.moneyAtRiskUnit)}
        ${heading('CLV', terms.clv, sample?.clv ? formats.months(sample.clv.horizonMonths) : nothing)}
        ${heading('CHURN', terms.churn, sample?.churn ? formats.days(sample.churn.withinDays) : nothing)}
        ${heading('LAST_ORDER', terms.lastOrder, nothing)}
      </tr>
    </thead>
  `;
}

export function rowTemplate(
  { words, terms, formats, chosen, largest }: ListView,
  customer: AtRiskCustomer,
  onOpen: () => void,
): TemplateResult {
  const { id, externalId, name, segment, clv, churn, lastOrderOn, daysSinceLastOrder } = customer;
  return html`
    <tr part="row" aria-current=${chosen === id || chosen === externalId ? 'true' : nothing} @click=${onOpen}>
      <td>
        <button dir="auto">${name ?? externalId}</button>
        <small>${segmentTemplate(words, segment)}${name === null ? nothing : html` · <bdi>${externalId}</bdi>`}</small>
      </td>
      ${moneyTemplate(formats, churn?.moneyAtRisk, largest.moneyAtRisk)}
      ${clvTemplate(terms, formats, clv, largest.clv)}
      <td>${churn ? formats.share(churn.probability) : '–'}</td>
      <td>
        ${lastOrderOn === null ? '–' : formats.date(lastOrderOn)}
        <small>${daysSinceLastOrder === null ? nothing : formats.daysAgo(daysSinceLastOrder)}</small>
      </td>
    </tr>
  `;
}

export function pagerTemplate({ terms, range, onPrevious, onNext }: PagerView): TemplateResult {
  const button = (label: string, path: string, onClick: (() => void) | undefined) => html`
    <button part="button" aria-label=${label} title=${label} aria-disabled=${onClick === undefined} @click=${() => onClick?.()}>
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d=${path}></path></svg>
    </button>
  `;
  return html`
    <span class="note number" role="status">${range}</span>
    <div class="pager">
      ${button(terms.previous, 'M9 2 4 7l5 5', onPrevious)} ${button(terms.next, 'm5 2 5 5-5 5', onNext)}
    </div>
  `;
}

function segmentTemplate(words: Localize, segment: AtRiskCustomer['segment']): unknown {
  if (segment === null) return nothing;
  return html`<span class="dot ${segmentSlug(segment)}"></span>${words.term(segment)}`;
}

function moneyTemplate(formats: Formats, value: MoneyValue | undefined, largest: number): TemplateResult {
  return value
    ? html`<td class="money" title=${formats.money(value)}>${formats.columnMoney(value, largest)}</td>`
    : html`<td class="money">–</td>`;
}

/** The value and, where it is known, the range below it: `€180 (120–260)`. */
function clvTemplate(terms: AtRiskListTerms, formats: Formats, clv: AtRiskCustomer['clv'], largest: number) {
  if (clv === null) return html`<td>–</td>`;
  const { interval } = clv;
  const value = formats.columnMoney(clv.value, largest);
  if (interval === null) return html`<td title=${formats.money(clv.value)}>${value}</td>`;
  const { p10, p50, p90 } = interval;
  const [full, low, high, median] = [clv.value, p10, p90, p50].map((money) => formats.money(money));
  return html`
    <td title=${terms.clvRange(full!, low!, high!, median!)}>
      ${value} <small>(${formats.range(p10, p90, largest)})</small>
    </td>
  `;
}
