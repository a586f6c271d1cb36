import { css } from 'lit';

/** What changes, step by step, as the list gets less room. */
export const narrowStyles = css`
  /* Headings on two lines leave their room to the names. */
  @container (max-width: 680px) {
    .body {
      --_head: 62px;
    }
    th,
    td {
      padding-inline: 8px;
    }
    th,
    th button {
      white-space: normal;
    }
    th small {
      white-space: nowrap;
    }
    th button {
      hyphens: none;
    }
    [aria-sort='none'] .arrow {
      display: none;
    }
  }
  /* Narrow: the name above, the four figures under their headings. */
  @container (max-width: 480px) {
    .body {
      --_row: 68px;
    }
    table,
    thead,
    tbody {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: 0.95fr 1.25fr 0.8fr 1.2fr;
      align-content: center;
      border-block-end: 1px solid var(--_line);
    }
    thead tr {
      align-content: start;
      block-size: auto;
      min-block-size: var(--_head);
    }
    th,
    td {
      min-inline-size: 0;
      padding: 0 4px;
      border: 0;
      font-size: 0.92em;
    }
    :is(th, td):last-child {
      padding-inline-end: 4px;
    }
    th small {
      white-space: normal;
    }
    th button {
      margin-inline: 0;
      padding-inline: 0;
      hyphens: manual;
    }
    th:first-child {
      display: none;
    }
    td:first-child {
      display: flex;
      gap: 8px;
      align-items: baseline;
      grid-column: 1 / -1;
      max-inline-size: none;
      margin-block-end: 3px;
      padding-inline: 4px;
      font-size: 1em;
    }
    :is(th, td):nth-child(2) {
      text-align: start;
    }
    td:last-child small {
      display: none;
    }
    .subtitle,
    .footnote {
      min-block-size: 2lh;
    }
  }
  /* Narrower: two figures under each other, twice. */
  @container (max-width: 360px) {
    .body {
      --_head: 78px;
      --_row: 108px;
    }
    tr {
      grid-template-columns: 1fr 1fr;
    }
    td:first-child {
      display: block;
    }
    :is(th, td):nth-child(4) {
      text-align: start;
    }
    td:nth-child(n + 4) {
      margin-block-start: 3px;
    }
    .footnote {
      min-block-size: 3lh;
    }
  }
`;
