import { css } from 'lit';

export const valueChartStyles = css`
  :host {
    --_height: var(--clv-chart-height, 264px);
  }
  .period {
    --_colour: color-mix(in oklab, var(--_accent) calc(100% - 34% * var(--shade)), var(--_surface));
  }
  .other { --_colour: var(--_muted); }

  .body > .notice,
  .body.initial {
    min-block-size: var(--_height);
  }
  .chart {
    position: relative;
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 12px;
    block-size: var(--_height);
    padding-block: 8px 26px;
    font-size: 0.75em;
    line-height: 17px;
  }
  .axis,
  .labels {
    display: grid;
    align-content: start;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .axis > *,
  .labels > * {
    grid-area: 1 / 1;
    block-size: 17px;
    transform: translateY(calc(var(--y) - 50%));
    white-space: nowrap;
  }
  .axis {
    justify-items: end;
    color: var(--_muted);
  }
  .labels > * {
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: space-between;
    transition: opacity 120ms ease-out;
  }
  .labels .value,
  .labels .unit {
    color: var(--_muted);
  }
  .name {
    display: flex;
    gap: 5px;
    align-items: center;
    overflow: hidden;
    max-inline-size: 11em;
  }
  .name > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .marker {
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    overflow: visible;
    fill: var(--_colour);
  }
  .plot {
    position: relative;
    min-inline-size: 0;
    border-radius: 2px;
    touch-action: pan-y;
    cursor: crosshair;
  }
  .plot:focus-visible {
    outline-offset: 5px;
  }
  .plot > svg {
    position: absolute;
    inset: 0;
    overflow: visible;
    pointer-events: none;
  }
  .plot text {
    fill: var(--_muted);
  }
  .band {
    fill: var(--_colour);
    fill-opacity: 0.18;
  }
  .grid {
    stroke: var(--_line);
  }
  .guide {
    stroke: var(--_muted);
    stroke-opacity: 0.5;
  }
  .line {
    transition: opacity 120ms ease-out;
  }
  .line path.stroke {
    fill: none;
    stroke: var(--_colour);
    stroke-width: 2;
    stroke-dasharray: 5 4;
  }
  .line path.leader {
    fill: none;
    stroke: var(--_colour);
    opacity: 0.5;
  }
  .line .point {
    fill: var(--_colour);
    stroke: var(--_surface);
    stroke-width: 1.5;
    paint-order: stroke;
    vector-effect: non-scaling-stroke;
  }
  .faded {
    opacity: 0.3;
  }
  .tooltip {
    position: absolute;
    z-index: 1;
    inset-block-start: var(--tip-y);
    left: clamp(-40px, calc(var(--tip-x) - 92px), calc(100% - 120px));
    inline-size: 184px;
    padding: 8px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 4px 16px rgb(0 0 0 / 14%);
    color: var(--_surface-text);
    pointer-events: none;
  }
  .tooltip.above {
    transform: translateY(-100%);
  }
  .tooltip strong {
    font-size: 1.25em;
    line-height: 1.5;
  }
  .table {
    block-size: var(--_height);
    overflow: auto;
    font-size: 0.8125em;
  }
  th,
  td {
    padding: 6px 8px;
  }
  th {
    color: var(--_muted);
    font-weight: 500;
  }
  th:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    border: 0;
    background: var(--_surface);
    box-shadow: inset 0 -1px var(--_line);
  }
  tbody th {
    color: inherit;
  }
  td small {
    font-size: 0.9em;
  }
  footer {
    display: block;
    min-block-size: 2lh;
    font-size: 0.8125em;
  }
  footer .note {
    font-size: inherit;
  }
  .skeleton .bone {
    block-size: 1px;
    border-radius: 0;
  }
  .skeleton {
    display: grid;
    align-content: space-between;
    block-size: var(--_height);
    padding-block: 8px 26px;
  }
  @container (max-width: 480px) {
    .labels .value {
      display: none;
    }
    .name {
      max-inline-size: 9.8em;
    }
    footer {
      min-block-size: 4lh;
    }
  }
  @media (forced-colors: active) {
    .line path.stroke {
      stroke: CanvasText;
    }
    .band {
      fill: none;
      stroke: CanvasText;
      stroke-dasharray: 1 3;
    }
    .marker,
    .line .point {
      fill: CanvasText;
    }
  }
`;
