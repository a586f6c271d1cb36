import { html, nothing, svg, type TemplateResult } from 'lit';

import type { RecommendationKind } from '../generated/graphql.ts';
import type { Formats } from '../shared/formats.ts';
import { slug } from '../shared/names.ts';

import {
  type Due,
  dueOf,
  type Figures,
  figuresOf,
  productName,
  type Recommendation,
  type RecommendationList,
} from './recommendations.data.ts';
import { reasonText } from './recommendations.reason.ts';
import type { RecommendationsTerms } from './recommendations.terms.ts';

interface TableView {
  readonly terms: RecommendationsTerms;
  readonly formats: Formats;
  readonly onSelect: (recommendation: Recommendation) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** Kinds differ in shape as well as in words. */
const ICONS: Readonly<Record<RecommendationKind, string>> = {
  CROSS_SELL: 'M6 1.5v9M1.5 6h9',
  UP_SELL: 'M6 10.5v-9M2 5.5l4-4 4 4',
  REPLENISH: 'M10 6a4 4 0 1 1-1.3-3M10 1v2.5H7.5',
  TRENDING: 'M1 9.5 4.5 6l2 2L11 3M7.5 2.5H11V6',
};

export function tableTemplate(list: RecommendationList, view: TableView): TemplateResult {
  const { terms, formats, onKey } = view;
  const { horizonDays, nodes } = list;
  const figures = figuresOf(list);
  const figure = (name: string, unit: string, hint: unknown = nothing) =>
    html`<th scope="col" title=${hint}><span>${name}</span> <small>${unit}</small></th>`;
  return html`
    <table part="table" aria-labelledby="title">
      <thead>
        <tr>
          <th scope="col"><span>${terms.product}</span></th>
          <th scope="col"><span>${terms.why}</span></th>
          ${figures.hasChance ? figure(terms.chance, terms.within(formats.days(horizonDays))) : nothing}
          ${figures.hasMargin ? figure(terms.margin, terms.isExpected, terms.marginHint) : nothing}
        </tr>
      </thead>
      <tbody @keydown=${onKey}>
        ${nodes.map((recommendation) => rowTemplate(recommendation, dueOf(recommendation, list.asOf), figures, view))}
      </tbody>
    </table>
  `;
}

/** What the list is based on, with the reason where it is not the personal one. */
export function basisTemplate({ variant, reason }: RecommendationList, terms: RecommendationsTerms): TemplateResult {
  if (variant === 'PERSONAL') return html`<span class="note">${terms.PERSONAL}</span>`;
  const mark = svg`<path d="M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1M6 5.5v3M6 3.3v.4"></path>`;
  return html`
    <span class="other" part="variant">${icon(mark)}<strong>${terms[variant]}</strong>${
      reason === null ? nothing : html`<span class="note"> · <bdi lang="en">${reason}</bdi></span>`
    }</span>
  `;
}

function rowTemplate(
  recommendation: Recommendation,
  due: Due | undefined,
  { hasChance, hasMargin, largestMargin }: Figures,
  { terms, formats, onSelect }: TableView,
): TemplateResult {
  const { product, kind, probability, expectedMargin } = recommendation;
  const name = productName(product);
  const reason = reasonText(recommendation, terms, formats);
  const margin = expectedMargin && formats.columnMoney(expectedMargin, largestMargin);
  return html`
    <tr part="row" @click=${() => onSelect(recommendation)}>
      <th scope="row">
        <button dir="auto" title=${name}>${name}</button>
        <small><bdi>${product.category ?? nothing}</bdi></small>
      </th>
      <td>
        <div class="why" title=${reason}>
          <span class="kind ${slug(kind)}" part="kind">${icon(svg`<path d=${ICONS[kind]}></path>`)}${terms[kind]}</span>
          ${due === undefined ? nothing : html`${dueTemplate(due, terms, formats)} · `}
          <span class="reason">${reason}</span>
        </div>
      </td>
      ${hasChance ? html`<td class="number">${probability === null ? '–' : formats.share(probability)}</td>` : nothing}
      ${
        hasMargin
          ? html`<td class="number" title=${expectedMargin ? formats.money(expectedMargin) : nothing}>${margin ?? '–'}</td>`
          : nothing
      }
    </tr>
  `;
}

function dueTemplate(due: Due, terms: RecommendationsTerms, formats: Formats): TemplateResult {
  if ('daysAgo' in due) return html`<span class="overdue">${terms.overdue(formats.days(due.daysAgo))}</span>`;
  return html`<span class="due" title=${formats.date(due.on)}>${terms.expected(formats.dayAndMonth(due.on))}</span>`;
}

function icon(shape: unknown): TemplateResult {
  return html`<svg viewBox="0 0 12 12" aria-hidden="true">${shape}</svg>`;
}
