import { css } from 'lit';

export const segmentPickerStyles = css`
  :host {
    --_option: var(--clv-option-height, 32px);
  }
  .clear.idle {
    visibility: hidden;
  }
  ul {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
    border-radius: var(--_radius);
  }
  ul:focus-visible {
    outline: none;
  }
  ul:focus-visible .active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  li {
    position: relative;
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto 4.2em;
    gap: 8px;
    align-items: center;
    block-size: var(--_option);
    padding-inline: 8px;
    border-radius: var(--_radius);
    font-size: 0.875em;
    cursor: pointer;
    user-select: none;
  }
  li:hover {
    background: var(--_hover);
  }
  /* The bar of the share, behind the text. */
  li::before {
    content: '';
    position: absolute;
    z-index: -1;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: calc(var(--bar) * (100% - 8.5em));
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_colour) 15%, transparent);
  }
  ul {
    isolation: isolate;
  }
  .swatch {
    inline-size: 16px;
    block-size: 16px;
    border-radius: 4px;
    border: 2px solid var(--_colour);
    background: var(--_colour);
    color: var(--_surface);
  }
  .swatch path {
    fill: none;
    stroke: currentcolor;
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
    visibility: hidden;
  }
  [aria-selected='true'] .swatch path {
    visibility: visible;
  }
  .choosing [aria-selected='false'] .swatch {
    background: none;
  }
  .choosing [aria-selected='false']::before {
    opacity: 0.45;
  }
  .choosing [aria-selected='true'] {
    font-weight: 600;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .number {
    text-align: end;
  }
  .share {
    color: var(--_muted);
    font-weight: 400;
  }
  li.bone {
    background: var(--_line);
    opacity: 0.5;
  }
  li.bone::before {
    content: none;
  }
  .body > .notice {
    min-block-size: calc(12 * (var(--_option) + 2px) - 2px);
  }
  @media (forced-colors: active) {
    .swatch {
      forced-color-adjust: none;
    }
    [aria-selected='true'] {
      outline: 1px solid Highlight;
    }
  }
`;
