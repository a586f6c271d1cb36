import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { ValueChartDocument, type ValueChartQuery } from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { layoutLines, movePosition, nearestPoint, type Position } from '../shared/line-layout.ts';
import { type Complaint, complaintOf } from '../shared/names.ts';
import { Query } from '../shared/query.ts';
import { Size } from '../shared/size.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';

import {
  type By,
  GROUPINGS,
  highest,
  type SeriesGroup,
  showsBand,
  totalsHeld,
  valueChartVariables,
  valueSeries,
} from './value-chart.data.ts';
import { valueChartStyles } from './value-chart.styles.ts';
import {
  axisTemplate,
  type ChartPicture,
  labelsTemplate,
  plotTemplate,
  rangeText,
  tableTemplate,
  tooltipTemplate,
  valueText,
} from './value-chart.template.ts';
import { type ValueChartTerms, valueChartTerms } from './value-chart.terms.ts';

/**
 * Predicted mean customer lifetime value (CLV) by months ahead. One line per segment or per period of first order, with
 * its interval from p10 to p90.
 *
 * @element clv-value-chart
 * @csspart header - Title, subtitle and action.
 * @csspart title - What the widget shows.
 * @csspart subtitle - What is measured, and of which segments.
 * @csspart body - The chart or table, or the state in its place: loading, empty, error.
 * @csspart footer - What the intervals mean; date, assumptions and models of the run.
 * @csspart plot - The lines; one tab stop.
 * @csspart tooltip - The figures of one point.
 * @csspart table - The same numbers as a table.
 * @csspart button - Every button.
 * @csspart notice - An empty state or an error, and what to do.
 * @csspart caution - A warning that a model fell back to a simpler one or did not converge.
 * @cssproperty --clv-chart-height - Height of chart or table, 264px.
 * @cssproperty --clv-surface - Background of the chart and the tooltip.
 * @cssproperty --clv-surface-text - Text of the tooltip.
 * @cssproperty --clv-segment-* - Colour of a segment, e.g. `--clv-segment-cant-lose`.
 */
export class ClvValueChart extends Widget {
  static override styles = [tokens, baseStyles, valueChartStyles];

  @state() private active?: Position;
  @state() private asTable = false;

  /** What the lines stand for: `segment` (RFM segments) or `cohort` (periods of first order). */
  @property({ converter: (by) => by || 'segment' }) by: By = 'segment';

  readonly #size = new Size(this, '.plot');
  readonly #query = new Query(this, {
    document: ValueChartDocument,
    variables: () => valueChartVariables(this.by, this.session.segments),
    isEmpty: (result) => valueSeries(result).length === 0,
  });

  override complaint(): Complaint | undefined {
    return super.complaint() ?? complaintOf('by', this.by, GROUPINGS);
  }

  protected override render(): TemplateResult {
    const terms = this.#terms;
    const shown = this.#query.phase === 'ready' || this.#query.phase === 'loading';
    return this.frame({
      title: this.#title(),
      subtitle: this.dotted(terms.meanPerCustomer, this.scope()),
      action: html`
        <button part="button" ?disabled=${!shown} @click=${this.#toggleTable}>
          ${this.asTable ? terms.showChart : terms.showTable}
        </button>
      `,
      body: this.states(this.#query, {
        skeleton: () =>
          html`<div class="skeleton">${Array.from({ length: 5 }, () => html`<i class="bone"></i>`)}</div>`,
        empty: () => this.notice(this.words.term('noAnalysis'), this.words.term('noAnalysisHint')),
        ready: (result) => this.#ready(result),
      }),
      footer: html`
        <div class="note">${shown ? this.#rangeNote(this.#query.result!) : nothing}</div>
        <div class="note">${shown ? this.#source(this.#query.result!.clv) : nothing}</div>
      `,
    });
  }

  #ready(result: ValueChartQuery): TemplateResult {
    const { clv } = result;
    const picture = this.#picture(result);
    return html`
      ${this.caution(clv?.transactions, clv?.spend)}
      ${this.asTable ? tableTemplate(picture, this.#headings()) : this.#chart(picture)}
    `;
  }

  #picture(result: ValueChartQuery): ChartPicture {
    const { width, height } = this.#size;
    const series = valueSeries(result).map((one) => ({ ...one, name: this.#name(one.group) }));
    const layout = layoutLines(series, width, height, this.#isRtl());
    const active = this.active && layout.lines[this.active.line] ? this.active : undefined;
    return { series, layout, active, formats: this.formats };
  }

  #chart(picture: ChartPicture): TemplateResult {
    const { active, layout } = picture;
    const sentence = active ? this.#sentence(picture, active) : nothing;
    const point = ({ offsetX, offsetY }: PointerEvent) => this.#activate(nearestPoint(layout, offsetX, offsetY));
    return html`
      <div class="chart">
        ${axisTemplate(picture)}
        <div
          class="plot"
          part="plot"
          tabindex="0"
          role="application"
          aria-label="${this.#title()}. ${this.#terms.meanPerCustomer}"
          aria-describedby="help"
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, picture)}
          @pointerdown=${point}
          @pointermove=${point}
          @pointerleave=${this.#onLeave}
          @blur=${() => this.#activate(undefined)}
        >
          ${plotTemplate(picture)}
          ${active ? tooltipTemplate(picture, this.#details(picture, active)) : nothing}
        </div>
        ${labelsTemplate(picture, this.#terms.monthsAhead, (position) => this.#activate(position))}
      </div>
      <div id="help" class="unseen">${this.#terms.chartHelp}</div>
      <div class="unseen" role="status">${sentence}</div>
    `;
  }

  #onKey(event: KeyboardEvent, { active, layout }: ChartPicture): void {
    const next = event.key === 'Escape' ? undefined : movePosition(active, event.key, layout, this.#isRtl());
    if (next === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    this.#activate(next);
  }

  /** A finger has left as soon as it has tapped; its point stays until the plot loses focus. */
  #onLeave({ pointerType }: PointerEvent): void {
    if (pointerType !== 'touch') this.#activate(undefined);
  }

  #activate(position: Position | undefined): void {
    this.active = position;
  }

  #toggleTable(): void {
    this.asTable = !this.asTable;
  }

  #isRtl(): boolean {
    return this.matches(':dir(rtl)');
  }

  get #terms(): ValueChartTerms {
    return this.words.of(valueChartTerms);
  }

  #title(): string {
    return this.by === 'cohort' ? this.#terms.valueByCohort : this.#terms.valueBySegment;
  }

  #name(group: SeriesGroup): string {
    if (group.kind === 'segment') return this.words.term(group.segment);
    return group.kind === 'period' ? this.formats.period(group.startsOn, group.grain) : this.#terms[group.kind];
  }

  #headings() {
    const { firstPurchase, segment, customersHeading } = this.#terms;
    return {
      title: this.#title(),
      group: this.by === 'cohort' ? firstPurchase : segment,
      customers: customersHeading,
    };
  }

  #details({ series }: ChartPicture, { line, point }: Position): readonly string[] {
    const { customers, currency, points } = series[line]!;
    const { months, interval, withoutLargest, expectedOrderDays } = points[point]!;
    const money = (amount: number) => this.formats.columnMoney({ amount, currency }, highest(series[line]!));
    return [
      this.#terms.within(this.formats.months(months)),
      ...(interval === null ? [] : [this.#terms.median(money(interval.p50))]),
      ...(withoutLargest === null ? [] : [this.#terms.withoutLargest(money(withoutLargest))]),
      this.#terms.expectedOrderDays(expectedOrderDays, this.formats.decimal(expectedOrderDays)),
      this.words.term('customers', customers, this.formats.count(customers)),
    ];
  }

  #sentence(picture: ChartPicture, position: Position): string {
    const line = picture.series[position.line]!;
    const point = line.points[position.point]!;
    const money = valueText(this.formats, line, point);
    const range = rangeText(this.formats, line, point);
    const [, ...rest] = this.#details(picture, position);
    return [this.#terms.point(line.name, this.formats.months(point.months), money + range), ...rest].join(', ');
  }

  /** What the ranges mean, how they did on past days, and how to show them. */
  #rangeNote(result: ValueChartQuery): unknown {
    const series = valueSeries(result);
    if (!series.some(({ points }) => points.some(({ interval }) => interval))) return nothing;
    const { range, measuredRange, pointAtLine } = this.#terms;
    const isHidden = !this.asTable && !showsBand(series.length, 0, undefined);
    const past = totalsHeld(result);
    return this.dotted(
      past === null ? range : measuredRange(this.formats.count(past.held), this.formats.count(past.count)),
      ...(isHidden ? [pointAtLine] : []),
    );
  }

  #source(clv: ValueChartQuery['clv']): unknown {
    if (!clv) return nothing;
    const { annualDiscountRate, marginRate } = clv.run;
    const assumptions = this.#terms.assumptions(this.formats.share(annualDiscountRate), this.formats.share(marginRate));
    return this.dotted(...this.asOf(clv), assumptions, `${clv.transactions.model} + ${clv.spend.model}`);
  }
}
