import { css } from 'lit';

/** The rows of the file, and the figures that they come to. */
export const tableStyles = css`
  .heading {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
  }
  .rows {
    position: relative;
    overflow-x: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .rows table {
    inline-size: auto;
    min-inline-size: 100%;
    font-size: 0.8125em;
  }
  .rows :is(th, td) {
    max-inline-size: 15rem;
    padding: 6px 10px;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    vertical-align: top;
  }
  .rows tbody tr:last-child td {
    border-block-end: 0;
  }
  .rows label {
    gap: 4px;
    font-size: inherit;
  }
  .rows label bdi {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
  }
  .rows select {
    inline-size: 100%;
    min-inline-size: 8.5rem;
  }
  td.unused {
    color: var(--_muted);
  }
  .unused bdi {
    font-weight: 400;
  }
  dl,
  dd {
    margin: 0;
  }
  .readings,
  .lists dl {
    display: grid;
    gap: 2px;
    font-size: 0.875em;
  }
  .readings div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .readings dt {
    min-inline-size: 8em;
  }
  dt,
  .figures th {
    color: var(--_muted);
  }
  .figures {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 16px 32px;
    align-items: start;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 8px 28px;
  }
  .counts dt {
    font-size: 0.8125em;
  }
  .lists strong {
    font-size: 0.875em;
  }
  .counts dd {
    font-size: 1.125em;
    font-weight: 600;
  }
  .amounts {
    font-size: 0.875em;
  }
  .amounts :is(th, td) {
    padding: 6px 0;
  }
  .amounts th {
    text-align: start;
    white-space: normal;
  }
  .amounts .net :is(th, td) {
    color: inherit;
    font-weight: 600;
  }
  .amounts .note {
    padding-block-start: 14px;
  }
  .lists {
    display: grid;
    gap: 16px;
  }
  .lists:not(:has(dl)) {
    display: none;
  }
  .lists dl {
    margin-block-start: 4px;
  }
  .lists dl div {
    display: flex;
    gap: 12px;
    justify-content: space-between;
    padding-block: 4px;
    border-block-end: 1px solid var(--_line);
  }
  .lists dd {
    flex: none;
  }
  @container (max-width: 560px) {
    .figures {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
