import { css } from 'lit';

export const campaignResultsStyles = css`
  .controls {
    display: grid;
    grid-template-columns: 2fr 1fr 1fr;
    gap: 8px 12px;
    max-inline-size: 36em;
    margin-block-end: 12px;
  }
  dl,
  table,
  .verdict div div {
    font-size: 0.875em;
  }
  dt,
  thead,
  .nobody {
    color: var(--_muted);
  }
  .results:has(.plot),
  .skeleton {
    min-block-size: 38em;
  }
  .body > .notice {
    min-block-size: 20em;
  }
  .skeleton {
    display: grid;
    align-content: space-evenly;
  }
  .skeleton .bone {
    block-size: 12px;
  }

  .results {
    --_tone: var(--_muted);
  }
  .more {
    --_tone: var(--_accent);
  }
  .less,
  .alarm {
    --_tone: var(--_danger);
  }
  .verdict {
    display: flex;
    gap: 10px;
    margin-block-end: 8px;
    padding: 10px 12px;
    border-inline-start: 3px solid var(--_tone);
    background: color-mix(in srgb, var(--_tone) 9%, transparent);
    overflow-wrap: anywhere;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin-block: 0 16px;
  }
  :is(dt, dd) {
    display: inline;
    margin: 0;
  }

  table {
    margin-block-end: 20px;
    line-height: 1.3;
  }
  caption {
    padding-block-end: 4px;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding-block: 7px;
    padding-inline-start: 12px;
    vertical-align: top;
  }
  thead th {
    min-inline-size: 5.7em;
    vertical-align: bottom;
    white-space: normal;
  }
  th:first-child,
  th:has(+ .plot),
  tbody th,
  .nobody {
    text-align: start;
  }
  th:first-child {
    padding-inline-start: 0;
  }
  tbody th {
    min-inline-size: 7em;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .tag {
    padding-inline: 4px;
    border: 1px solid;
    border-radius: 3px;
  }
  .tag.alarm {
    color: var(--_tone);
  }
  .muted:has(.plot) tbody {
    opacity: 0.6;
    filter: grayscale(1);
  }

  footer {
    align-items: start;
    min-block-size: 2lh;
  }
  @container (max-width: 600px) {
    .results:has(.plot),
    .skeleton {
      min-block-size: 75em;
    }
    .controls {
      grid-template-columns: 1fr 1fr;
    }
    label:nth-last-child(3) {
      grid-column: 1 / -1;
    }
    table,
    caption,
    thead,
    tbody {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
      gap: 6px 10px;
      padding-block: 8px;
      border-block-end: 1px solid var(--_line);
    }
    th,
    td {
      padding: 0;
      border: 0;
      text-align: start;
    }
    tbody th,
    .plot,
    .nobody,
    .wide {
      grid-column: 1 / -1;
      inline-size: auto;
    }
    .subtitle {
      min-block-size: 2lh;
    }
    .half {
      grid-column: span 2;
    }
    .plot {
      block-size: 24px;
    }
    thead:not(:has(.plot)),
    thead th:not(.plot) {
      display: none;
    }
    td::before {
      display: block;
      color: var(--_muted);
      font-size: 0.86em;
      white-space: normal;
      content: attr(data-label) / '';
    }
    th small {
      display: inline;
    }
    .wide {
      white-space: normal;
    }
  }
  @media (forced-colors: active) {
    .results * {
      --_tone: CanvasText;
    }
    .results i {
      forced-color-adjust: none;
    }
  }
`;
