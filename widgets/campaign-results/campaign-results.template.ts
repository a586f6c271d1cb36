import { html, nothing, type TemplateResult } from 'lit';

import { type Count, type Estimate, type Measured, meanOf, totalOf } from './campaign-results.data.ts';
import { verdictsOf } from './campaign-results.verdict.ts';
import { columnWriter, meanName, nameOf, type ResultsView, type Writer, writerOf } from './campaign-results.view.ts';

/** The state of the evidence, marked as lifts are in the plot; how many customers the figures are of, and how many not and why. */
export function verdictTemplate(view: ResultsView): TemplateResult {
  const { results, terms, formats } = view;
  const counts = (['customers', 'open', 'contaminated', 'convertedBeforeSend'] as const satisfies Count[])
    .map((count) => [terms[count], totalOf(results, count)] as const)
    .filter(([, total], index) => index < 2 || total > 0)
    .map(([term, total]) => html`<div><dt>${term}</dt> <dd>${formats.count(total)}</dd></div>`);
  return html`
    <div role="status">
      ${verdictsOf(view).map(
        ({ tone, title, details }) => html`
          <div class="verdict ${tone}" part="verdict">
            <i class="dot"></i>
            <div>
              <strong>${title}</strong>
              ${details.map((detail) => html`<div class="number">${detail}</div>`)}
            </div>
          </div>
        `,
      )}
    </div>
    <dl class="number" part="counts">${counts}</dl>
  `;
}

/** What the customers of each variant did, each rate with its interval. */
export function ratesTemplate(view: ResultsView): TemplateResult {
  const { results, terms, formats } = view;
  const { metric, variants } = results;
  const means = variants.map((variant) => meanOf(variant, metric));
  const shares = columnWriter(view, { unit: 'share', digits: 1 });
  const written = writerOf(view, means, { isSigned: false });
  const { ofDelivered } = terms;
  const [clicks, conversion] = [nameOf('CLICK', terms), nameOf('CONVERSION', terms)];
  const headings = [terms.sent, `${terms.opened} ${ofDelivered}`, `${clicks} ${ofDelivered}`, conversion];
  // Conversions are a step of the funnel already.
  if (metric !== 'CONVERSION') headings.push(meanName(view));
  return tableTemplate(
    `${terms.sent} – ${conversion}`,
    view,
    headings.map((heading) => html`<th scope="col">${heading}</th>`),
    variants.map((variant, index) => {
      const { sent, opened, clicked, converted } = variant.steps;
      const cells = [
        // Sending is done, not estimated.
        html`${formats.count(sent.count)} ${sent.share && html`<small>${shares.value(sent.share.value)}</small>`}`,
        ...[opened, clicked, converted].map(({ share }) => estimateTemplate(share, shares)),
        estimateTemplate(means[index]!, written),
      ];
      return rowTemplate(
        variant,
        view,
        headings.map((heading, at) => html`<td data-label=${heading}>${cells[at]}</td>`),
      );
    }),
  );
}

/** A table of variants; without a control group it states that it shows no effect. */
export function tableTemplate(
  caption: string,
  { results, terms }: ResultsView,
  headings: unknown,
  rows: unknown,
  first: unknown = nothing,
): TemplateResult {
  const { isCausal, sampleRatio } = results;
  return html`
    <table class=${sampleRatio?.isMismatch ? 'muted' : ''} part="table">
      <caption>${caption} ${isCausal ? nothing : html`<span class="tag alarm">${terms.notCausal}</span>`}</caption>
      <thead>
        <tr>${first}<th scope="col">${terms.variant}</th>${headings}</tr>
      </thead>
      <tbody class="number">${rows}</tbody>
    </table>
  `;
}

/** A variant, marked where it is a control group of another name, with the customers who count, and its cells where there are any. */
export function rowTemplate(
  { variant, isControl, customers }: Measured,
  { terms, formats }: ResultsView,
  cells: unknown,
  first: unknown = nothing,
): TemplateResult {
  const isMarked = isControl && variant.toLowerCase() !== terms.control.toLowerCase();
  return html`
    <tr>
      ${first}
      <th scope="row">
        <bdi>${variant}</bdi>
        <small>${isMarked ? html`<span class="tag">${terms.control}</span>` : nothing} n&nbsp;=&nbsp;${formats.count(customers)}</small>
      </th>
      ${customers > 0 ? cells : html`<td class="nobody" colspan="5">${terms.nobody}</td>`}
    </tr>
  `;
}

/** A value with its interval below; a dash where it is not known. */
export function estimateTemplate(estimate: Estimate | null, { value, interval }: Writer): unknown {
  if (estimate === null) return '–';
  return html`${value(estimate.value)} <small>${interval(estimate.interval)}</small>`;
}
