import { css } from 'lit';

export const recommendationsStyles = css`
  .body {
    --_head: 44px;
    --_recommendation: var(--clv-recommendation-height, 64px);
  }
  header {
    margin-block-end: 0;
  }
  .subtitle,
  .basis {
    min-block-size: 1lh;
  }
  .basis {
    margin-block-end: 8px;
    font-size: 0.8125em;
  }
  .basis .note {
    font-size: 1em;
  }
  .basis svg {
    inline-size: 1em;
    block-size: 1em;
    margin-inline-end: 0.4em;
    vertical-align: -0.12em;
  }
  .other strong {
    font-weight: 500;
  }
  svg {
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .body > .notice,
  .list {
    min-block-size: calc(var(--_head) + var(--rows) * var(--_recommendation));
  }
  table,
  .skeleton {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.875em;
    line-height: 1.25;
  }
  thead tr {
    block-size: var(--_head);
  }
  tbody tr {
    block-size: var(--_recommendation);
    cursor: pointer;
  }
  tbody tr:hover {
    background: var(--_hover);
  }
  th,
  td {
    padding: 0 10px;
  }
  thead th {
    padding-block-start: 6px;
    color: var(--_muted);
    vertical-align: top;
  }
  :is(th, td):nth-child(1),
  :is(th, td):nth-child(2) {
    max-inline-size: 0;
    text-align: start;
  }
  :is(th, td):nth-child(1) {
    inline-size: 34%;
    padding-inline-start: 8px;
  }
  :is(th, td):nth-child(2) {
    inline-size: 66%;
  }
  :is(th, td):last-child {
    padding-inline-end: 8px;
  }
  small {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  thead small {
    color: inherit;
  }
  tbody button {
    display: -webkit-box;
    max-inline-size: 100%;
    min-block-size: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    font-size: inherit;
    font-weight: 500;
    text-align: left;
    text-wrap: pretty;
    white-space: normal;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  /* A name has a direction of its own; its place is the table's. */
  :host(:dir(rtl)) tbody button {
    text-align: right;
  }
  tbody button:hover:enabled {
    background: none;
  }
  tbody button:focus-visible {
    outline: none;
  }
  tbody tr:has(button:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .why {
    display: -webkit-box;
    overflow: hidden;
    font-size: 0.93em;
    text-wrap: pretty;
    white-space: normal;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .kind {
    margin-inline-end: 0.5em;
    font-weight: 500;
    white-space: nowrap;
  }
  .kind svg {
    inline-size: 0.9em;
    block-size: 0.9em;
    margin-inline-end: 0.4em;
    stroke: var(--_accent);
    vertical-align: -0.08em;
  }
  :host(:dir(rtl)) .trending svg {
    transform: scaleX(-1);
  }
  .overdue {
    color: var(--_danger);
    font-weight: 500;
  }
  .reason {
    color: var(--_muted);
  }
  .skeleton {
    display: grid;
    grid-auto-rows: var(--_recommendation);
    align-items: center;
    padding-block-start: var(--_head);
  }
  .skeleton .bone {
    block-size: 12px;
    opacity: 0.6;
  }
  /* Narrow: product and figures side by side, the reason below. */
  @container (max-width: 560px) {
    .body {
      --_head: 50px;
      --_recommendation: 96px;
    }
    table,
    thead,
    tbody {
      display: block;
    }
    tr {
      display: flex;
      flex-wrap: wrap;
      align-content: center;
      align-items: center;
      border-block-end: 1px solid var(--_line);
    }
    thead tr {
      align-items: start;
    }
    th,
    td {
      flex: 0 0 5.6em;
      padding: 0 4px;
      border: 0;
    }
    :is(th, td):first-child {
      flex: 1 1 0;
      inline-size: auto;
      max-inline-size: none;
      min-inline-size: 0;
      padding-inline-start: 4px;
    }
    :is(th, td):nth-child(2) {
      flex-basis: 100%;
      order: 1;
      max-inline-size: none;
      margin-block-start: 4px;
      padding-inline: 4px;
    }
    :is(th, td):last-child {
      padding-inline-end: 4px;
    }
    thead th {
      padding-block: 0;
      line-height: 1.2;
      white-space: normal;
    }
    thead span {
      font-size: 0.92em;
    }
    thead th:nth-child(2) {
      display: none;
    }
    tbody button {
      display: block;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .basis {
      min-block-size: 2lh;
    }
  }
  @media (forced-colors: active) {
    .kind svg {
      stroke: currentcolor;
    }
  }
`;
