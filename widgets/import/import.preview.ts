import { html, nothing, type TemplateResult } from 'lit';

import { selectTemplate } from '../shared/select.ts';

import { controlTemplate, otherTemplate, saveAsTemplate, statesTemplate } from './import.controls.ts';
import { chooseColumn, fileColumns, urgentControls } from './import.data.ts';
import { nameOf } from './import.terms.ts';
import type { PreviewView } from './import.view.ts';

const DELIMITERS: Readonly<Record<string, string>> = { '\t': 'TSV', ',': 'CSV' };

/** What the file was taken for, how it is read, and what it would come to. */
export function previewTemplate(view: PreviewView, figures: TemplateResult): TemplateResult {
  const { terms, preview } = view;
  const { refusal, layout, rows, header } = preview;
  const isTable = header.length > 0 || rows.length > 0;
  return html`
    <div class="look">
      ${sourceTemplate(view)} ${refusalTemplate(view)} ${urgentTemplate(view)}
      ${isTable ? rowsTemplate(view) : nothing} ${readingsTemplate(view)}
      ${layout === null ? nothing : otherTemplate(view)}
      ${refusal === null ? html`<div class="part"><strong>${terms.comesTo}</strong>${figures}</div>${saveAsTemplate(view)}` : nothing}
    </div>
  `;
}

/** What the file was taken for, and how it is written. */
function sourceTemplate({ terms, preview: { sourceTitle, layout, profile } }: PreviewView): TemplateResult {
  const facts = [
    layout?.encoding?.toUpperCase(),
    layout?.delimiter && (DELIMITERS[layout.delimiter] ?? layout.delimiter),
    layout?.isCompressed && 'gzip',
    layout?.sheet && terms.sheet(layout.sheet),
    profile && terms.savedAs(profile),
  ].filter(Boolean);
  return html`
    <div>
      <strong class="lead" tabindex="-1">
        ${sourceTitle === null ? terms.unknownSource : terms.takenFor(sourceTitle)}
      </strong>
      <div class="note">${facts.map((fact, index) => html`${index === 0 ? nothing : ' · '}<bdi>${fact}</bdi>`)}</div>
    </div>
  `;
}

/** Why the file cannot be imported as it is: in the reader's words where there are some, else in the server's. */
function refusalTemplate({ terms, preview: { refusal } }: PreviewView): TemplateResult {
  if (refusal === null) return html`<div role="status"></div>`;
  const { code, message, field } = refusal;
  const reason = terms.refusals[code]?.(field.map((name) => nameOf(name, terms)).join(', '));
  return html`
    <div class="caution" part="refusal" role="status">
      <strong>${terms.refused}</strong>
      ${reason === undefined ? html`<p lang="en" dir="ltr">${message}</p>` : html`<p>${reason}</p>`}
    </div>
  `;
}

/** The choices that mend what the file is refused for. */
function urgentTemplate(view: PreviewView): unknown {
  const controls = urgentControls(view.preview);
  if (controls.length === 0) return nothing;
  return html`
    <div class="choices" part="choices">
      ${controls.map((control) =>
        control === 'states' ? statesTemplate(view) : controlTemplate(view, control, view.terms.choose),
      )}
    </div>
  `;
}

/** The first rows; above each column its header, and what it is read as. */
function rowsTemplate(view: PreviewView): TemplateResult {
  const { terms, formats, preview, choices, isWide, onChoice, onWidth } = view;
  const { header: headers, rows, columns: known } = preview;
  const columns = fileColumns(preview, isWide ? 'all' : 'used');
  const options = [
    ['', terms.notUsed] as const,
    ...known.map(({ name, header, isRequired }) => {
      const written = nameOf(name, terms);
      return [name, isRequired && header === null ? `${written} (${terms.required})` : written] as const;
    }),
  ];
  const isAll = columns.length === headers.length;
  return html`
    <div class="part">
    <div class="heading">
      <strong id="rows">${terms.firstRows}</strong>
      ${
        isAll && !isWide
          ? nothing
          : html`<button part="button" aria-pressed=${isWide} @click=${() => onWidth(!isWide)}>
              ${isWide ? terms.usedColumns : terms.allColumns(headers.length, formats.count(headers.length))}
            </button>`
      }
    </div>
    <div class="rows" part="rows" role="region" aria-labelledby="rows" tabindex="0">
      <table part="table">
        <thead>
          <tr>
            ${columns.map(
              ({ header: title, column }) => html`
                <th scope="col" class=${column === null ? 'unused' : ''}>
                  ${selectTemplate(
                    html`<span class="unseen">${terms.readAs(title)}</span><bdi title=${title}>${title || '–'}</bdi>`,
                    options,
                    column ?? '',
                    (name) => onChoice(chooseColumn(choices, preview, title, name)),
                  )}
                </th>
              `,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`
              <tr>
                ${columns.map(
                  ({ index, column }) =>
                    html`<td class=${column === null ? 'unused' : ''} title=${row[index] ?? ''} dir="auto">${row[index] ?? ''}</td>`,
                )}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
    </div>
  `;
}

/** How columns of numbers and dates are read, each with the value that decided it. */
function readingsTemplate({ terms, preview: { readings } }: PreviewView): unknown {
  if (readings.length === 0) return nothing;
  return html`
    <div class="part">
    <strong>${terms.howRead}</strong>
    <dl class="readings" part="readings">
      ${readings.map(
        ({ column, reading, evidence }) => html`
          <div>
            <dt>${nameOf(column, terms)}</dt>
            <dd>${terms.asIn(nameOf(reading, terms), evidence)}</dd>
          </div>
        `,
      )}
    </dl>
    </div>
  `;
}
