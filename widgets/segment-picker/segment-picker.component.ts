import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { type Segment, SegmentPickerDocument, type SegmentPickerQuery } from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { cssVars } from '../shared/css-vars.ts';
import { report } from '../shared/events.ts';
import { Query } from '../shared/query.ts';
import { SEGMENTS, segmentSlug } from '../shared/segments.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';

import { moveOption, type SegmentRow, segmentRows, selectionOf, toggleSegment } from './segment-picker.data.ts';
import { segmentPickerStyles } from './segment-picker.styles.ts';

/**
 * The RFM segments, each with its number and share of customers. A choice filters all elements of the same provider.
 *
 * @element clv-segment-picker
 * @csspart header - Title, subtitle and action.
 * @csspart title - What the widget shows.
 * @csspart subtitle - How many customers are selected.
 * @csspart body - The list, or the state in its place: loading, empty, error.
 * @csspart list - The listbox.
 * @csspart option - A segment.
 * @csspart button - Every button.
 * @csspart notice - An empty state or an error, and what to do.
 * @cssproperty --clv-option-height - Height of an option, 32px.
 * @cssproperty --clv-segment-* - Colour of a segment, e.g. `--clv-segment-cant-lose`.
 * @fires clv-segment-change - The user chose other segments: `{ segments }`.
 */
export class ClvSegmentPicker extends Widget {
  static override styles = [tokens, baseStyles, segmentPickerStyles];

  /** Index of the option the keyboard is on. */
  @state() private active = -1;

  readonly #query = new Query(this, {
    document: SegmentPickerDocument,
    variables: () => ({}),
    isEmpty: ({ rfm }) => rfm === null,
  });

  protected override render(): TemplateResult {
    const { words } = this;
    const idle = this.#chosen.length === 0;
    return this.frame({
      title: words.term('segments'),
      subtitle: html`<span role="status">${this.#summary(this.#query.result)}</span>`,
      action: html`
        <button class="clear ${idle ? 'idle' : ''}" part="button" @click=${() => this.#choose([])}>
          ${words.term('clear')}
        </button>
      `,
      body: this.states(this.#query, {
        skeleton: () => html`<ul>${SEGMENTS.map(() => html`<li class="bone"></li>`)}</ul>`,
        empty: () => this.notice(words.term('noAnalysis'), words.term('noAnalysisHint')),
        ready: (result) => this.#list(segmentRows(result)),
      }),
    });
  }

  get #chosen(): readonly Segment[] {
    return this.session.segments ?? [];
  }

  #list(rows: readonly SegmentRow[]): TemplateResult {
    return html`
      <ul
        class=${this.#chosen.length > 0 ? 'choosing' : ''}
        part="list"
        role="listbox"
        tabindex="0"
        aria-labelledby="title"
        aria-multiselectable="true"
        aria-activedescendant=${rows[this.active]?.segment ?? nothing}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, rows)}
        @focus=${() => this.#onFocus()}
      >
        ${rows.map((row, index) => this.#option(row, index))}
      </ul>
    `;
  }

  #option({ segment, customers, share, bar }: SegmentRow, index: number): TemplateResult {
    return html`
      <li
        id=${segment}
        class="${segmentSlug(segment)} ${index === this.active ? 'active' : ''}"
        part="option"
        role="option"
        aria-selected=${this.#chosen.includes(segment)}
        style=${cssVars({ '--bar': String(bar) })}
        @click=${() => this.#onClick(segment, index)}
      >
        <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><path d="M2.5 6.2 5 8.6 9.6 3.6"></path></svg>
        <span class="name">${this.words.term(segment)}</span>
        <span class="number">${this.formats.count(customers)}</span>
        <span class="number share">${this.formats.share(share)}</span>
      </li>
    `;
  }

  #summary(result: SegmentPickerQuery | undefined): unknown {
    if (!result?.rfm) return nothing;
    const customers = (count: number) => this.words.term('customers', count, this.formats.count(count));
    if (this.#chosen.length === 0) return customers(result.rfm.customers);
    const chosen = selectionOf(segmentRows(result), this.#chosen);
    const segments = this.formats.count(chosen.segments);
    return this.words.term('selected', segments, customers(chosen.customers), this.formats.share(chosen.share));
  }

  #onClick(segment: Segment, index: number): void {
    this.active = index;
    this.#choose(toggleSegment(this.#chosen, segment));
  }

  #onFocus(): void {
    if (this.active < 0) this.active = 0;
  }

  #onKey(event: KeyboardEvent, rows: readonly SegmentRow[]): void {
    const segment = rows[this.active]?.segment;
    const target = moveOption(this.active, event.key, rows.length);
    if (target !== undefined) this.active = target;
    else if (event.key === ' ' && segment) this.#choose(toggleSegment(this.#chosen, segment));
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) this.#choose(rows.map((row) => row.segment));
    else if (event.key === 'Escape' && this.#chosen.length > 0) this.#choose([]);
    else return;
    event.preventDefault();
  }

  #choose(segments: readonly Segment[]): void {
    if (this.inherited === undefined) this.segments = segments;
    report(this, 'clv-segment-change', { segments });
  }
}
