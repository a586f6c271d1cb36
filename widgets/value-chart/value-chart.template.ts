import { html, nothing, svg, type TemplateResult } from 'lit';

import { cssVars } from '../shared/css-vars.ts';
import type { Formats } from '../shared/formats.ts';
import { type LineLayout, MARKERS, type Position } from '../shared/line-layout.ts';
import { segmentSlug } from '../shared/segments.ts';

import { highest, type SeriesGroup, showsBand, type ValuePoint, type ValueSeries } from './value-chart.data.ts';

/** A line of the chart with its name in the reader's language. */
export interface NamedSeries extends ValueSeries {
  readonly name: string;
}

export interface ChartPicture {
  readonly series: readonly NamedSeries[];
  readonly layout: LineLayout;
  readonly active: Position | undefined;
  readonly formats: Formats;
}

/** Fixed colours for segments, one hue by age for periods, grey for the rest. */
function colourClass(group: SeriesGroup): string {
  if (group.kind === 'segment') return segmentSlug(group.segment);
  return group.kind === 'period' ? 'period' : 'other';
}

function shade(group: SeriesGroup) {
  return cssVars({ '--shade': group.kind === 'period' ? String(group.shade) : '0' });
}

export function axisTemplate({ series, layout, formats }: ChartPicture): TemplateResult {
  const currency = series[0]?.currency ?? 'EUR';
  return html`
    <div class="axis number" aria-hidden="true">
      ${layout.yTicks.map(
        ({ value, y }) =>
          html`<span style=${cssVars({ '--y': `${y}px` })}>${formats.compactMoney({ amount: value, currency })}</span>`,
      )}
    </div>
  `;
}

export function plotTemplate({ series, layout, active, formats }: ChartPicture): TemplateResult {
  const { width, height, xTicks, yTicks, lines } = layout;
  const guide = active && lines[active.line]?.points[active.point];
  return html`
    <svg width=${width} height=${height} aria-hidden="true">
      ${yTicks.map(({ y }) => svg`<line class="grid" x2=${width} y1=${y} y2=${y}></line>`)}
      ${xTicks.map(
        ({ value, x }) => svg`
          <text class="number" x=${x} y=${height} dy="20" text-anchor="middle">${formats.count(value)}</text>`,
      )}
      ${series.map((_, index) => bandTemplate(series, layout, active, index))}
      ${guide ? svg`<line class="guide" x1=${guide.x} x2=${guide.x} y2=${height}></line>` : nothing}
      ${series.map((_, index) => lineTemplate(series, layout, active, series.length - 1 - index))}
    </svg>
  `;
}

/** Lies under all lines. */
function bandTemplate(
  series: readonly NamedSeries[],
  { lines }: LineLayout,
  active: Position | undefined,
  index: number,
): unknown {
  const { band } = lines[index]!;
  if (!band || !showsBand(lines.length, index, active?.line)) return nothing;
  const { group } = series[index]!;
  const faded = active && active.line !== index ? 'faded' : '';
  return svg`<path class="band ${colourClass(group)} ${faded}" style=${shade(group)} d=${band}></path>`;
}

/** Drawn from the least valuable line up, so that the most valuable lies on top. */
function lineTemplate(
  series: readonly NamedSeries[],
  { lines }: LineLayout,
  active: Position | undefined,
  index: number,
): TemplateResult {
  const { path, points, leader } = lines[index]!;
  const faded = active && active.line !== index ? 'faded' : '';
  return svg`
    <g class="line ${colourClass(series[index]!.group)} ${faded}" style=${shade(series[index]!.group)}>
      <path class="stroke" d=${path}></path>
      <path class="leader" d=${leader}></path>
      ${points.map(({ x, y }, point) => {
        const isActive = active?.line === index && active.point === point;
        const scale = isActive ? 1.6 : 1;
        return svg`<path class="point" transform="translate(${x} ${y}) scale(${scale})" d=${MARKERS[index]!}></path>`;
      })}
    </g>
  `;
}

export function labelsTemplate(
  { series, layout, active, formats }: ChartPicture,
  unit: string,
  onPoint: (position: Position | undefined) => void,
): TemplateResult {
  const largest = Math.max(...series.map(({ points }) => points.at(-1)!.value));
  return html`
    <ul class="labels" aria-hidden="true" @pointerleave=${() => onPoint(undefined)}>
      ${series.map(({ name, currency, points }, line) => {
        const point = points.length - 1;
        return html`
          <li
            class=${active && active.line !== line ? 'faded' : ''}
            style=${cssVars({ '--y': `${layout.lines[line]!.labelY}px` })}
            @pointerenter=${() => onPoint({ line, point })}
          >
            <span class="name"><span>${name}</span></span>
            <span class="value number">${formats.columnMoney({ amount: points[point]!.value, currency }, largest)}</span>
          </li>
        `;
      })}
      <li class="unit" style=${cssVars({ '--y': `${layout.height + 16}px` })}>${unit}</li>
    </ul>
  `;
}

function marker(line: number, group: SeriesGroup): TemplateResult {
  return html`
    <svg class="marker ${colourClass(group)}" style=${shade(group)} viewBox="-5 -5 10 10">
      <path d=${MARKERS[line]!}></path>
    </svg>
  `;
}

/** The value, as finely as the range beside it. */
export function valueText(formats: Formats, line: ValueSeries, { value }: ValuePoint): string {
  return formats.columnMoney({ amount: value, currency: line.currency }, highest(line));
}

/** ` (120–260)`, to stand behind the value, or nothing where the range is unknown. */
export function rangeText(formats: Formats, line: ValueSeries, { interval }: ValuePoint): string {
  if (interval === null) return '';
  const [low, high] = [interval.p10, interval.p90].map((amount) => ({ amount, currency: line.currency }));
  return ` (${formats.range(low!, high!, highest(line))})`;
}

/** The tooltip stands above its point, or below where there is no room. */
export function tooltipTemplate(
  { series, layout, active, formats }: ChartPicture,
  facts: readonly string[],
): TemplateResult {
  const line = series[active!.line]!;
  const { name, group, points } = line;
  const { x, y } = layout.lines[active!.line]!.points[active!.point]!;
  const point = points[active!.point]!;
  const above = y > layout.height / 2;
  const top = above ? y - 14 : y + 14;
  return html`
    <div
      class="tooltip ${above ? 'above' : ''}"
      part="tooltip"
      style=${cssVars({ '--tip-x': `${x}px`, '--tip-y': `${top}px` })}
    >
      <span class="name">${marker(active!.line, group)}<span>${name}</span></span>
      <div class="number">
        <strong>${valueText(formats, line, point)}</strong>${rangeText(formats, line, point)}
      </div>
      ${facts.map((fact) => html`<div>${fact}</div>`)}
    </div>
  `;
}

export function tableTemplate(
  { series, formats }: ChartPicture,
  headings: { readonly title: string; readonly group: string; readonly customers: string },
): TemplateResult {
  return html`
    <div class="table" tabindex="0" role="region" aria-label=${headings.title}>
      <table part="table">
        <thead>
          <tr>
            <th scope="col">${headings.group}</th>
            <th scope="col">${headings.customers}</th>
            ${series[0]?.points.map(({ months }) => html`<th scope="col">${formats.months(months)}</th>`)}
          </tr>
        </thead>
        <tbody class="number">
          ${series.map(
            (line) => html`
              <tr>
                <th scope="row">${line.name}</th>
                <td>${formats.count(line.customers)}</td>
                ${line.points.map(
                  (point) => html`
                    <td>
                      ${valueText(formats, line, point)}<small>${rangeText(formats, line, point)}</small>
                    </td>
                  `,
                )}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}
