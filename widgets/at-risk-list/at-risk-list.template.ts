import { html, nothing, type TemplateResult } from 'lit';

import type { CustomerOrder, CustomerOrderField } from '../generated/graphql.ts';
import type { Formats, MoneyValue } from '../shared/formats.ts';
import type { Localize } from '../shared/localize.ts';
import { segmentSlug } from '../shared/segments.ts';

import { type AtRiskCustomer, type LargestMoney, sortState } from './at-risk-list.data.ts';

export interface ListView {
  readonly words: Localize;
  readonly formats: Formats;
  readonly order: CustomerOrder;
  /** Id of the customer that is open. */
  readonly chosen: string | undefined;
  readonly largest: LargestMoney;
}

export interface PagerView {
  readonly words: Localize;
  readonly range: string;
  /** Absent where there is no such page. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** Headings that sort, each with the unit or window of its figures, which the first customer tells. */
export function headTemplate(
  { words, formats, order }: ListView,
  sample: AtRiskCustomer | undefined,
  onSort: (field: CustomerOrderField) => void,
): TemplateResult {
  const heading = (field: CustomerOrderField, name: string, unit: unknown) => {
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
        <th scope="col"><span>${words.term('customer')}</span></th>
        ${heading('MONEY_AT_RISK', words.term('moneyAtRisk'), words.term('moneyAtRiskUnit'))}
        ${heading('CLV', words.term('clv'), sample?.clv ? formats.months(sample.clv.horizonMonths) : nothing)}
        ${heading('CHURN', words.term('churn'), sample?.churn ? formats.days(sample.churn.withinDays) : nothing)}
        ${heading('LAST_ORDER', words.term('lastOrder'), nothing)}
      </tr>
    </thead>
  `;
}

export function rowTemplate(
  { words, formats, chosen, largest }: ListView,
  customer: AtRiskCustomer,
  onOpen: () => void,
): TemplateResult {
  const { id, externalId, name, segment, clv, churn, lastOrderOn, daysSinceLastOrder } = customer;
  return html`
    <tr part="row" aria-current=${id === chosen ? 'true' : nothing} @click=${onOpen}>
      <td>
        <button dir="auto">${name ?? externalId}</button>
        <small>${segmentTemplate(words, segment)}${name === null ? nothing : html` · <bdi>${externalId}</bdi>`}</small>
      </td>
      ${moneyTemplate('money', formats, churn?.moneyAtRisk, largest.moneyAtRisk)}
      ${moneyTemplate('', formats, clv?.amount, largest.clv)}
      <td>${churn ? formats.share(churn.probability) : '–'}</td>
      <td>
        ${lastOrderOn === null ? '–' : formats.date(lastOrderOn)}
        <small>${daysSinceLastOrder === null ? nothing : formats.daysAgo(daysSinceLastOrder)}</small>
      </td>
    </tr>
  `;
}

export function pagerTemplate({ words, range, onPrevious, onNext }: PagerView): TemplateResult {
  const button = (label: string, path: string, onClick: (() => void) | undefined) => html`
    <button part="button" aria-label=${label} title=${label} aria-disabled=${onClick === undefined} @click=${() => onClick?.()}>
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d=${path}></path></svg>
    </button>
  `;
  return html`
    <span class="note number" role="status">${range}</span>
    <div class="pager">
      ${button(words.term('previous'), 'M9 2 4 7l5 5', onPrevious)} ${button(words.term('next'), 'm5 2 5 5-5 5', onNext)}
    </div>
  `;
}

function segmentTemplate(words: Localize, segment: AtRiskCustomer['segment']): unknown {
  if (segment === null) return nothing;
  return html`<span class="dot ${segmentSlug(segment)}"></span>${words.term(segment)}`;
}

function moneyTemplate(kind: string, formats: Formats, value: MoneyValue | undefined, largest: number): TemplateResult {
  return value
    ? html`<td class=${kind} title=${formats.money(value)}>${formats.columnMoney(value, largest)}</td>`
    : html`<td class=${kind}>–</td>`;
}
