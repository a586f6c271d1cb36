import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { type RecommendationKind, RecommendationsDocument, type RecommendationsQuery } from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { cssVars } from '../shared/css-vars.ts';
import { report } from '../shared/events.ts';
import type { Complaint } from '../shared/names.ts';
import { Query } from '../shared/query.ts';
import { moveBetweenRows } from '../shared/row-keys.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';

import {
  choiceComplaint,
  customerName,
  lackOf,
  parseKinds,
  type Recommendation,
  recommendationVariables,
  USUAL_ROWS,
} from './recommendations.data.ts';
import { recommendationsStyles } from './recommendations.styles.ts';
import { basisTemplate, tableTemplate } from './recommendations.template.ts';
import { type RecommendationsTerms, recommendationsTerms } from './recommendations.terms.ts';

/**
 * Products recommended to one customer, best first. Each has its kind, its reason, the chance of a purchase and the
 * expected margin.
 *
 * @element clv-recommendations
 * @csspart header - Title, subtitle and action.
 * @csspart title - What the widget shows.
 * @csspart subtitle - The customer, and the day of the run.
 * @csspart variant - Why the list is not the customer's personal one.
 * @csspart body - The list, or the state in its place: loading, empty, error.
 * @csspart table - The list.
 * @csspart row - A recommendation.
 * @csspart kind - The kind of a recommendation: a word and an icon.
 * @csspart button - Every button except the products' names.
 * @csspart notice - An empty state or an error, and what to do.
 * @cssproperty --clv-recommendation-height - Height of a row of the wide layout, 64px.
 * @fires clv-recommendation-select - The user chose a recommendation by click or Enter: `{ id, product, customer }`.
 */
export class ClvRecommendations extends Widget {
  static override styles = [tokens, baseStyles, recommendationsStyles];

  /** Recommendations shown, 1 to 24. */
  @property({ converter: (first) => first || USUAL_ROWS }) first: number | string = USUAL_ROWS;
  /** Only these kinds: `cross-sell up-sell replenish trending`. */
  @property({ converter: { fromAttribute: parseKinds } }) kinds?: readonly RecommendationKind[];
  /** Name of the placement whose rules apply. */
  @property() placement?: string;

  readonly #query = new Query(this, {
    document: RecommendationsDocument,
    variables: () => recommendationVariables({ ...this.#choice, customer: this.session.customer }),
    isEmpty: (result) => lackOf(result) !== undefined,
  });

  override complaint(): Complaint | undefined {
    return super.complaint() ?? choiceComplaint(this);
  }

  protected override render(): TemplateResult {
    const terms = this.#terms;
    const { customer } = this.#query.result ?? {};
    const list = customer?.recommendations;
    return this.frame({
      title: terms.title,
      subtitle: customer
        ? this.dotted(terms.forCustomer(customerName(customer)), ...this.asOf(list && { run: list }))
        : nothing,
      body: html`<div style=${cssVars({ '--rows': String(this.#rows) })}>
        <div class="basis">${list ? basisTemplate(list, terms) : nothing}</div>
        ${this.states(this.#query, {
          idle: () => this.notice(terms.choose, terms.chooseHint),
          skeleton: () => this.#skeleton(),
          empty: (result) => this.notice(...terms.lack[lackOf(result)!]),
          ready: (result) => this.#list(result),
        })}
      </div>`,
    });
  }

  get #terms(): RecommendationsTerms {
    return this.words.of(recommendationsTerms);
  }

  get #choice() {
    return { kinds: this.kinds, first: this.#rows, placement: this.placement };
  }

  get #rows(): number {
    return this.complaint() ? USUAL_ROWS : Number(this.first);
  }

  #list({ customer }: RecommendationsQuery): TemplateResult {
    const list = tableTemplate(customer!.recommendations!, {
      terms: this.#terms,
      formats: this.formats,
      onSelect: (recommendation) => this.#select(recommendation, customer!.id),
      onKey: moveBetweenRows,
    });
    return html`<div class="list">${list}</div>`;
  }

  #skeleton(): TemplateResult {
    const rows = Array.from({ length: this.#rows }, () => html`<i class="bone"></i>`);
    return html`<div class="skeleton">${rows}</div>`;
  }

  #select({ id, product: { id: productId, externalId } }: Recommendation, customer: string): void {
    report(this, 'clv-recommendation-select', { id, product: { id: productId, externalId }, customer });
  }
}
