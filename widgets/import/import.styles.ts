import { css } from 'lit';

export const importStyles = css`
  .drop {
    min-block-size: 208px;
    border: 1.5px dashed color-mix(in srgb, currentcolor 30%, transparent);
    border-radius: var(--_radius);
    transition: background 120ms;
  }
  .drop.bone {
    opacity: 0.4;
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_chosen);
  }
  /* What lies inside would end the drag over the whole. */
  .drop.over > * {
    pointer-events: none;
  }
  .drop svg {
    inline-size: 32px;
    fill: none;
    stroke: var(--_muted);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .subtitle {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  header > div {
    min-inline-size: 0;
  }
  button {
    min-block-size: 32px;
  }
  .primary {
    padding-inline: 16px;
    border-color: transparent;
    background: var(--_accent);
    color: var(--_surface);
    font-weight: 600;
  }
  .primary:hover:enabled {
    background: color-mix(in srgb, var(--_accent) 86%, currentcolor);
  }
  .lead {
    overflow-wrap: anywhere;
  }
  .lead:not(button) {
    outline: none;
  }
  strong {
    font-weight: 600;
  }
  .bad > strong,
  .bad.lead,
  .fault {
    color: var(--_danger);
  }
  .fault {
    flex-basis: 100%;
    margin: 0;
    font-size: 0.875em;
  }
  .fault:empty {
    display: none;
  }
  footer {
    justify-content: flex-end;
    margin-block-start: 16px;
  }
  footer:not(:has(button)) {
    margin: 0;
    min-block-size: 0;
  }
  .progress {
    display: grid;
    gap: 8px;
    padding-block: 8px;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  .look {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  .look p,
  .caution {
    margin: 0;
  }
  .look > :empty {
    display: none;
  }
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: stretch;
  }
  .part strong {
    font-size: 0.875em;
  }
  .part > button {
    justify-self: start;
    white-space: normal;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
    gap: 12px;
    align-items: end;
  }
  .choices label {
    gap: 2px;
  }
  input:not([type='file']) {
    min-inline-size: 0;
    min-block-size: 32px;
    padding-inline: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_surface-text);
    font: inherit;
  }
  summary {
    padding-block: 4px;
    color: var(--_muted);
    font-size: 0.875em;
    cursor: pointer;
  }
  details[open] > summary {
    margin-block-end: 8px;
  }
  .skeleton {
    display: grid;
    gap: 12px;
    padding-block: 8px;
  }
  .skeleton .bone {
    block-size: 20px;
    opacity: 0.6;
  }
  .counting {
    display: grid;
    gap: 8px;
  }
  .counting .bone {
    block-size: 120px;
    opacity: 0.5;
  }
`;
