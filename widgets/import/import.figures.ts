import { html, nothing, type TemplateResult } from 'lit';

import type { ImportContent } from '../generated/graphql.ts';

import { type Amount, amountsOf, anonymousOf, chargesOf, type Figures, type Job, totalOf } from './import.data.ts';
import { nameOf } from './import.terms.ts';
import type { ImportView } from './import.view.ts';

const COUNTS = {
  ORDERS: ['orders', 'refunds', 'customers', 'products'],
  CUSTOMERS: ['customers'],
  PRODUCTS: ['products'],
  EVENTS: ['customers', 'products'],
  EXPOSURES: ['customers'],
  RATES: [],
} as const satisfies Record<ImportContent, readonly string[]>;

/** The figures of a file, laid out as a shop's own report, so that the two can be compared. */
export function figuresTemplate(
  { terms, formats, revenue }: ImportView,
  figures: Figures,
  holds: ImportContent | null,
): TemplateResult {
  const { currency } = figures.gross;
  const rows = (amounts: readonly Amount[]) =>
    amounts.map(
      ({ name, amount }) => html`
        <tr class=${name}>
          <th scope="row">${terms.amount[name]}</th>
          <td><bdi>${formats.money({ amount, currency })}</bdi></td>
        </tr>
      `,
    );
  const counts = [
    ['rows', figures.accepted] as const,
    ...COUNTS[holds ?? 'ORDERS'].map((name) => [name, figures[name]] as const),
  ];
  const list = (title: string, entries: readonly (readonly [name: string, written: unknown])[], className = '') =>
    entries.length === 0
      ? nothing
      : html`
          <div class=${className}>
            <strong>${title}</strong>
            <dl>${entries.map(([name, written]) => html`<div><dt>${name}</dt><dd>${written}</dd></div>`)}</dl>
          </div>
        `;
  const rowCount = (count: number) => terms.rows(count, formats.count(count));
  return html`
    <div class="figures number" part="figures">
      <dl class="counts">
        ${counts.map(([name, count]) => html`<div><dt>${terms.count[name]}</dt><dd>${formats.count(count)}</dd></div>`)}
      </dl>
      ${
        holds === 'ORDERS' || holds === null
          ? html`
              <table part="table" class="amounts">
                <tbody>${rows(amountsOf(figures))}</tbody>
                <tbody>
                  <tr><th scope="colgroup" colspan="2" class="note">${terms.charges[revenue!]}</th></tr>
                  ${rows(chargesOf(figures))}
                </tbody>
                <tbody>${rows(anonymousOf(figures))}</tbody>
              </table>
            `
          : nothing
      }
      <div class="lists">
        ${list(
          terms.excluded,
          figures.excluded.map(({ state, count }) => [nameOf(state, terms), rowCount(count)]),
        )}
        ${list(
          terms.rejected,
          figures.rejected.map(({ reason, count }) => [nameOf(reason, terms), rowCount(count)]),
          'bad',
        )}
        ${list(
          terms.warnings,
          figures.warnings.map(({ code, count, amount }) => [
            nameOf(code, terms),
            html`${formats.count(count)}${amount === null ? nothing : html` · <bdi>${formats.money(amount)}</bdi>`}`,
          ]),
        )}
      </div>
    </div>
  `;
}

/** What became of a file: its figures, and the rows that were rejected. */
export function outcomeTemplate(view: ImportView, job: Job, holds: ImportContent, onSave: () => void): TemplateResult {
  const { terms } = view;
  const isDone = job.status === 'DONE';
  return html`
    <div class="look">
      <strong class="lead ${isDone ? '' : 'bad'}" tabindex="-1">
        <bdi>${isDone ? terms.done(job.fileName) : terms.failed(job.fileName)}</bdi>
      </strong>
      ${job.reason === null ? nothing : html`<p lang="en" dir="ltr">${job.reason}</p>`}
      ${figuresTemplate(view, job, holds)} ${rejectsTemplate(view, job, onSave)}
    </div>
  `;
}

/** The first rejected rows as they lie in the file, and the way to all of them. */
function rejectsTemplate(
  { terms, formats }: ImportView,
  { rejected, rejectedRows: { nodes } }: Job,
  onSave: () => void,
): unknown {
  if (totalOf(rejected) === 0) return nothing;
  return html`
    <div class="part">
    <strong id="rejects">${terms.firstRejected}</strong>
    <div class="rows" role="region" aria-labelledby="rejects" tabindex="0">
      <table part="table" class="rejects">
        <thead>
          <tr><th scope="col">${terms.line}</th><th scope="col">${terms.reason}</th><th scope="col">${terms.text}</th></tr>
        </thead>
        <tbody>
          ${nodes.map(
            ({ lineNo, reason, detail, raw }) => html`
              <tr>
                <td class="number">${formats.count(lineNo)}</td>
                <td title=${detail ?? ''}>${nameOf(reason, terms)}</td>
                <td title=${raw ?? ''} dir="auto">${raw ?? '–'}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    <button part="button" @click=${onSave}>${terms.download}</button>
    </div>
  `;
}
