import { css } from 'lit';

/** What all widgets look alike in: header, footer, buttons, notices, the dimmed body of a pending answer. */
export const baseStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    min-inline-size: min(100%, 16rem);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  header,
  footer {
    display: flex;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 40px;
  }
  header {
    align-items: flex-start;
    margin-block-end: 8px;
  }
  footer {
    flex-wrap: wrap;
    margin-block-start: 8px;
    min-block-size: 28px;
  }
  .title {
    font-weight: 600;
    text-wrap: balance;
  }
  .subtitle,
  .note {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .body {
    position: relative;
  }
  .body.loading > * {
    opacity: 0.45;
    transition: opacity 120ms ease-out 80ms;
  }
  button {
    min-block-size: 28px;
    padding: 2px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.8125em;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:enabled {
    background: var(--_hover);
  }
  button:disabled {
    opacity: 0.4;
    cursor: default;
  }
  label {
    display: grid;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  select {
    min-inline-size: 0;
    min-block-size: 32px;
    padding-inline: 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_surface-text);
    font: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  small {
    display: block;
    color: var(--_muted);
    font-size: 0.86em;
  }
  .notice {
    display: grid;
    gap: 4px;
    align-content: center;
    justify-items: center;
    inline-size: 100%;
    padding: 16px;
    text-align: center;
    text-wrap: balance;
  }
  .notice strong {
    font-weight: 600;
  }
  .notice p {
    margin: 0;
    max-inline-size: 26rem;
  }
  .notice button {
    margin-block-start: 8px;
  }
  .error strong {
    color: var(--_danger);
  }
  .caution {
    margin-block-end: 8px;
    padding: 6px 10px;
    border-inline-start: 3px solid var(--_danger);
    background: var(--_hover);
    font-size: 0.8125em;
  }
  .bone {
    border-radius: 4px;
    background: var(--_line);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
`;
