import { css } from 'lit';

export const atRiskListStyles = css`
  .body {
    --_head: 44px;
  }
  .body > .notice,
  .list {
    min-block-size: calc(var(--_head) + var(--rows) * var(--_row));
  }
  table,
  .skeleton {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.875em;
    line-height: 1.25;
  }
  th,
  td {
    padding: 0 12px;
  }
  :is(th, td):first-child {
    padding-inline-start: 8px;
    inline-size: 100%;
    max-inline-size: 0;
    text-align: start;
  }
  :is(th, td):last-child {
    padding-inline-end: 8px;
  }
  thead tr {
    block-size: var(--_head);
  }
  th {
    padding-block-start: 6px;
    vertical-align: top;
  }
  th > * {
    color: var(--_muted);
  }
  [aria-sort='ascending'] button,
  [aria-sort='descending'] button {
    color: inherit;
    font-weight: 500;
  }
  small {
    overflow: hidden;
    font-weight: 400;
    text-overflow: ellipsis;
  }
  th small {
    color: inherit;
  }
  th button {
    min-block-size: 0;
    margin: -4px -8px 0;
    padding: 4px 8px;
    vertical-align: top;
    border: 0;
    font-size: inherit;
    font-weight: inherit;
    line-height: inherit;
    text-align: inherit;
  }
  .arrow {
    inline-size: 0.58em;
    margin-inline-end: 0.35em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.25;
    opacity: 0;
  }
  [aria-sort='ascending'] .arrow {
    transform: scaleY(-1);
  }
  button:hover .arrow,
  button:focus-visible .arrow {
    opacity: 0.4;
  }
  [aria-sort='ascending'] .arrow,
  [aria-sort='descending'] .arrow {
    opacity: 1;
  }
  tbody tr {
    block-size: var(--_row);
    cursor: pointer;
  }
  td {
    border-block-end: 1px solid var(--_line);
  }
  tbody tr:hover {
    background: var(--_hover);
  }
  tbody tr[aria-current] {
    background: var(--_chosen);
    box-shadow: inset 3px 0 var(--_accent);
  }
  :host(:dir(rtl)) tr[aria-current] {
    box-shadow: inset -3px 0 var(--_accent);
  }
  td.money {
    font-weight: 600;
  }
  td button {
    display: block;
    max-inline-size: 100%;
    min-block-size: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    font-size: inherit;
    font-weight: 500;
    text-overflow: ellipsis;
  }
  td button:hover:enabled {
    background: none;
  }
  td button:focus-visible {
    outline: none;
  }
  tr:has(button:focus-visible) td:first-child {
    border-radius: 2px;
  }
  tbody tr:has(button:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .dot {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 5px;
    border-radius: 50%;
    background: var(--_colour);
  }
  .footnote {
    min-block-size: 1lh;
    margin-block-start: 8px;
  }
  .pager {
    display: flex;
    gap: 4px;
  }
  .pager button {
    display: grid;
    place-items: center;
    inline-size: 32px;
    padding: 0;
  }
  .pager [aria-disabled='true'] {
    opacity: 0.35;
    cursor: default;
  }
  .pager svg {
    inline-size: 14px;
    block-size: 14px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :host(:dir(rtl)) .pager svg {
    transform: scaleX(-1);
  }
  .skeleton {
    display: grid;
    grid-auto-rows: var(--_row);
    align-items: center;
    padding-block-start: var(--_head);
  }
  .skeleton .bone {
    block-size: 12px;
    opacity: 0.6;
  }
  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
    }
    tbody tr[aria-current] {
      outline: 2px solid Highlight;
    }
  }
`;
