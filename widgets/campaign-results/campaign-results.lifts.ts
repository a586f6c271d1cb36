import { html, nothing, type TemplateResult } from 'lit';

import { cssVars } from '../shared/css-vars.ts';

import {
  amountOf,
  comparedOf,
  type Estimate,
  type Lift,
  liftOf,
  type Measured,
  timesCostOf,
  type Variant,
} from './campaign-results.data.ts';
import { type Forest, forestOf } from './campaign-results.forest.ts';
import { estimateTemplate, rowTemplate, tableTemplate } from './campaign-results.template.ts';
import {
  columnWriter,
  groupName,
  liftFacts,
  meanName,
  nameOf,
  type ResultsView,
  type Writer,
  writerOf,
} from './campaign-results.view.ts';

/** Lifts on one axis, written alike. */
interface Column {
  readonly forest: Forest;
  readonly writer: Writer;
  /** The axis at the head of the column; the cells beside it have the same in numbers. */
  readonly head: TemplateResult;
}

/** What each variant caused: its lift on an axis with all others and in numbers, and what it brought in total. */
export function liftsTemplate(view: ResultsView): TemplateResult {
  const { results, terms, formats } = view;
  const variants = comparedOf(results.variants);
  const column = columnOf(variants, view);
  const amounts = variants.map(({ incremental }) => incremental && amountOf(incremental.revenue));
  const money = writerOf(view, amounts, { isSigned: true, unit: 'money' });
  return tableTemplate(
    `${terms.lift}: ${meanName(view)}`,
    view,
    html`${column.head}<th scope="col">${terms.best}</th><th scope="col">${terms.added}</th>`,
    variants.map((variant) => {
      const { probabilityBest } = variant;
      return rowTemplate(
        variant,
        view,
        html`
          ${liftTemplate(variant, column, view)}
          <td data-label=${terms.best}>${probabilityBest === null ? '–' : formats.chance(probabilityBest)}</td>
          <td class="wide" data-label=${terms.added}>${addedTemplate(variant, money, view)}</td>
        `,
      );
    }),
  );
}

/** What each variant caused in each group of customers, on one axis. */
export function groupsTemplate(view: ResultsView): TemplateResult {
  const { results, terms } = view;
  const groups = results.groups.map(({ group, variants }) => [group, comparedOf(variants)] as const);
  const column = columnOf(
    groups.flatMap(([, variants]) => variants),
    view,
  );
  const by = results.by.map((one) => nameOf(one, terms)).join(' · ');
  return tableTemplate(
    `${terms.lift}: ${meanName(view)} · ${by}`,
    view,
    column.head,
    groups.flatMap(([group, variants]) =>
      variants.map((variant) =>
        rowTemplate(
          variant,
          view,
          liftTemplate(variant, column, view),
          html`<th scope="row"><bdi>${groupName(group, view)}</bdi></th>`,
        ),
      ),
    ),
    html`<th scope="col">${by}</th>`,
  );
}

function columnOf(variants: readonly Measured[], view: ResultsView): Column {
  const lifts = variants.map((variant) => liftOf(variant, view.results)).filter((lift) => lift !== null);
  const [forest, writer] = [forestOf(lifts), writerOf(view, lifts, { isSigned: true })];
  // One between 0 and an end would touch its neighbours.
  const labelled = forest.ticks.filter(({ value }, index, { length }) => value === 0 || index % (length - 1) === 0);
  const ticks = labelled.map(({ value, at }) => {
    const room = Math.abs(at - forest.zero);
    return html`<b class=${value === 0 ? 'zero' : ''} style=${places({ at, room })}><span>${writer.value(value)}</span></b>`;
  });
  const head = html`
    <th class="plot number" aria-hidden="true"><div>${ticks}</div></th>
    <th scope="col">${view.terms.lift}</th>
  `;
  return { forest, writer, head };
}

/** The lift drawn, and in numbers. */
function liftTemplate(variant: Measured, { forest, writer }: Column, view: ResultsView): TemplateResult {
  const lift = liftOf(variant, view.results);
  return html`
    <td class="plot" aria-hidden="true">
      <div>
        ${forest.ticks.map(({ value, at }) => html`<i class=${value === 0 ? 'zero' : ''} style=${places({ at })}></i>`)}
        ${lift && markTemplate(forest, lift)}
      </div>
    </td>
    <td class="half" data-label=${view.terms.lift}>
      ${estimateTemplate(lift, writer)} <small>${lift && liftFacts(lift, view)}</small>
    </td>
  `;
}

function markTemplate({ zero, mark }: Forest, lift: Lift): TemplateResult {
  const place = mark(lift);
  return html`
    <div class=${lift.direction} style=${places({ zero, ...place })}>
      <i class="bar"></i>
      ${lift.interval && html`<i class="whisker"></i>`}
      <i class="dot"></i>
      ${place.low < 0 ? html`<i class="beyond lower"></i>` : nothing}
      ${place.high > 1 ? html`<i class="beyond upper"></i>` : nothing}
    </div>
  `;
}

/** Shares of the axis as custom properties: `--at`. */
function places(shares: Readonly<Record<string, number>>): unknown {
  return cssVars(Object.fromEntries(Object.entries(shares).map(([name, share]) => [`--${name}`, String(share)])));
}

/** Revenue that would not have come, the CLV after it, what the messages cost, and what came back for that. */
function addedTemplate({ incremental }: Variant, money: Writer, view: ResultsView): unknown {
  if (incremental === null) return '–';
  const { terms, formats } = view;
  const { revenue, clv, cost, returnOnSpend } = incremental;
  const later = clv && amountOf(clv);
  return html`
    ${estimateTemplate(amountOf(revenue), money)}
    ${later && html`<small>CLV ${writerOf(view, [later], { isSigned: true, unit: 'money' }).both(later)}</small>`}
    ${cost && html`<small>${terms.cost} ${formats.money(cost)}</small>`}
    ${returnOnSpend && html`<small>${terms.returned} ${returnText(returnOnSpend, view)}</small>`}
  `;
}

/** A return as a share of the cost; above 1,000 %, what came back as a multiple of the cost. */
function returnText(returned: Estimate, view: ResultsView): string {
  const multiple = timesCostOf(returned);
  if (multiple === null) return columnWriter(view, { unit: 'share', digits: 0, isSigned: true }).both(returned);
  return `${columnWriter(view, { unit: 'number', digits: 0 }).both(multiple)} ${view.terms.timesCost}`;
}
