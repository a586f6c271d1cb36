import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import {
  AtRiskListDocument,
  type AtRiskListQuery,
  type CustomerSort,
  type CustomerSortField,
} from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { cssVars } from '../shared/css-vars.ts';
import { report } from '../shared/events.ts';
import type { Complaint } from '../shared/names.ts';
import { Query } from '../shared/query.ts';
import { moveBetweenRows } from '../shared/row-keys.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';

import {
  type AtRiskCustomer,
  atRiskVariables,
  choiceComplaint,
  FIRST_PAGE,
  hasIntervals,
  largestMoney,
  MOST_MONEY_FIRST,
  measuredCoverage,
  nextOrder,
  nextPage,
  type Page,
  previousPage,
  shownRange,
  USUAL_SIZE,
} from './at-risk-list.data.ts';
import { narrowStyles } from './at-risk-list.narrow.styles.ts';
import { atRiskListStyles } from './at-risk-list.styles.ts';
import { headTemplate, pagerTemplate, rowTemplate } from './at-risk-list.template.ts';
import { type AtRiskListTerms, atRiskListTerms } from './at-risk-list.terms.ts';

/**
 * Customers sorted by money at risk: customer lifetime value (CLV) times the probability of churn. Each CLV has its
 * interval.
 *
 * @element clv-at-risk-list
 * @csspart header - Title, subtitle and action.
 * @csspart title - What the widget shows.
 * @csspart subtitle - Which segments, and the day of the run.
 * @csspart body - The list, or the state in its place: loading, empty, error.
 * @csspart footer - Positions of the rows shown, and the pager.
 * @csspart table - The table.
 * @csspart row - A customer.
 * @csspart button - Every button except the customers' names.
 * @csspart notice - An empty state or an error, and what to do.
 * @csspart caution - A warning that a model fell back to a simpler one or did not converge.
 * @cssproperty --clv-row-height - Height of a row, 40px.
 * @cssproperty --clv-chosen - Background of the selected customer.
 * @cssproperty --clv-segment-* - Colour of a segment, e.g. `--clv-segment-cant-lose`.
 * @fires clv-customer-select - The user opened a customer by click or Enter: `{ id, externalId }`.
 */
export class ClvAtRiskList extends Widget {
  static override styles = [tokens, baseStyles, atRiskListStyles, narrowStyles];

  @state() private page: Page = FIRST_PAGE;
  @state() private order: CustomerSort = MOST_MONEY_FIRST;

  /** Customers per page, 1 to 100. */
  @property({ attribute: 'page-size', converter: (size) => size || USUAL_SIZE }) pageSize: number | string = USUAL_SIZE;
  /** Smallest CLV of a listed customer over twelve months, in the workspace's currency. */
  @property({ attribute: 'minimum-clv' }) minimumClv?: string | null;

  readonly #query = new Query(this, {
    document: AtRiskListDocument,
    variables: () => atRiskVariables({ ...this.#choice, page: this.page, segments: this.session.segments }),
    isEmpty: ({ atRiskCustomers }) => atRiskCustomers.nodes.length === 0,
  });
  #filter = '';

  override complaint(): Complaint | undefined {
    return super.complaint() ?? choiceComplaint(this);
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const filter = JSON.stringify([this.#choice, this.session.segments]);
    if (filter !== this.#filter) this.page = FIRST_PAGE;
    this.#filter = filter;
  }

  protected override render(): TemplateResult {
    const terms = this.#terms;
    const { result, isEmpty } = this.#query;
    const shown = isEmpty ? undefined : result;
    return this.frame({
      title: terms.customersAtRisk,
      subtitle: this.dotted(this.#listed(), this.scope(), ...this.asOf(result?.clv)),
      body: html`<div style=${cssVars({ '--rows': String(this.#rows) })}>
        ${this.states(this.#query, {
          skeleton: () => this.#skeleton(),
          empty: () => this.notice(terms.noneAtRisk, terms.noneAtRiskHint),
          ready: (answer) => this.#list(answer),
        })}
        <div class="note footnote">${shown ? this.#footnote(shown) : nothing}</div>
      </div>`,
      footer: shown ? this.#pager(shown) : nothing,
    });
  }

  get #terms(): AtRiskListTerms {
    return this.words.of(atRiskListTerms);
  }

  #listed(): string {
    const { listed, moneyAtRisk, clv, churn, lastOrder } = this.#terms;
    const columns = { MONEY_AT_RISK: moneyAtRisk, CLV: clv, CHURN: churn, LAST_ORDER: lastOrder } as const;
    return listed(columns[this.order.field as keyof typeof columns]);
  }

  get #choice() {
    return { pageSize: this.#rows, order: this.order, minimumClv: this.minimumClv };
  }

  get #rows(): number {
    return this.complaint() ? USUAL_SIZE : Number(this.pageSize);
  }

  #list(result: AtRiskListQuery): TemplateResult {
    const { clv, atRiskCustomers } = result;
    const { words, formats, order } = this;
    const view = {
      words,
      terms: this.#terms,
      formats,
      order,
      chosen: this.session.customer,
      largest: largestMoney(result),
    };
    return html`
      ${this.caution(clv?.transactions, clv?.spend)}
      <div class="list">
        <table part="table" aria-labelledby="title">
          ${headTemplate(view, atRiskCustomers.nodes[0], (field) => this.#sort(field))}
          <tbody class="number" @keydown=${moveBetweenRows}>
            ${atRiskCustomers.nodes.map((customer) => rowTemplate(view, customer, () => this.#open(customer)))}
          </tbody>
        </table>
      </div>
    `;
  }

  #skeleton(): TemplateResult {
    const rows = Array.from({ length: this.#rows }, () => html`<i class="bone"></i>`);
    return html`<div class="skeleton">${rows}</div>`;
  }

  /** What the intervals mean, and what share of past outcomes fell within them. */
  #footnote(result: AtRiskListQuery): unknown {
    if (!hasIntervals(result)) return nothing;
    const measured = measuredCoverage(result);
    const { interval, measured: term } = this.#terms;
    return this.dotted(interval, ...(measured === null ? [] : [term(this.formats.share(measured))]));
  }

  #pager(result: AtRiskListQuery): TemplateResult {
    const { totalCount, pageInfo } = result.atRiskCustomers;
    const [from, to, total] = [...shownRange(this.page, result), totalCount].map((count) => this.formats.count(count));
    return pagerTemplate({
      terms: this.#terms,
      range: this.#terms.range(from!, to!, total!),
      onPrevious: pageInfo.hasPreviousPage ? () => this.#turn(previousPage(this.page, result, this.#rows)) : undefined,
      onNext: pageInfo.hasNextPage ? () => this.#turn(nextPage(this.page, result)) : undefined,
    });
  }

  #sort(field: CustomerSortField): void {
    this.order = nextOrder(this.order, field);
  }

  #turn(page: Page): void {
    this.page = page;
  }

  #open({ id, externalId }: AtRiskCustomer): void {
    if (this.inherited === undefined) this.customer = id;
    report(this, 'clv-customer-select', { id, externalId });
  }
}
