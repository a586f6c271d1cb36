import { css } from 'lit';

/** Places on the axis are shares of its length, so that it turns with the direction of the page. */
export const forestStyles = css`
  .plot {
    position: relative;
    inline-size: 36%;
  }
  .plot > div {
    position: absolute;
    inset: 0 32px;
  }
  td.plot > div {
    overflow: clip;
    overflow-clip-margin: 6px;
  }
  :where(.plot) :is(i, b) {
    position: absolute;
    inset-inline-start: calc(100% * var(--at));
    inset-block: 0;
    border-inline-start: 1px solid var(--_line);
  }
  /* A label with less room than to its neighbour wraps behind the empty item before it, out of sight. */
  .plot b {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    inset-block: auto 7px;
    inline-size: max-content;
    max-inline-size: calc(100% * var(--room));
    block-size: 1lh;
    overflow: clip;
    border: 0;
    font-weight: 400;
    font-size: 0.86em;
    white-space: nowrap;
    translate: -50%;
  }
  .plot b::before {
    block-size: 1lh;
    content: '';
  }
  .plot b.zero {
    max-inline-size: none;
  }
  :host(:dir(rtl)) b {
    translate: 50%;
  }
  .zero {
    border-color: var(--_muted);
  }
  .bar {
    inset-block: calc(50% - 7px);
    inset-inline: calc(100% * min(var(--zero), var(--at))) calc(100% - 100% * max(var(--zero), var(--at)));
    border: 0;
    background: color-mix(in srgb, var(--_tone) 22%, transparent);
  }
  .whisker {
    inset-block: calc(50% - 5px);
    inset-inline: calc(100% * var(--low)) calc(100% - 100% * var(--high));
    border: solid var(--_tone);
    border-width: 0 2px;
    background: linear-gradient(var(--_tone) 0 0) center / 100% 2px no-repeat;
  }
  /* An arrow where an interval goes on beyond the axis. */
  .beyond {
    inset-block: calc(50% - 5px);
    inset-inline: -6px auto;
    border-block: 5px solid transparent;
    border-inline: 0 solid var(--_tone);
  }
  .beyond.lower {
    border-inline-end-width: 6px;
  }
  .beyond.upper {
    inset-inline: auto -6px;
    border-inline-start-width: 6px;
  }
  .dot {
    inset-block: calc(50% - 5px);
    inline-size: 10px;
    block-size: 10px;
    margin-inline-start: -5px;
    border: 2px solid var(--_tone);
    border-radius: 5px;
    background: var(--_tone);
  }
  .verdict .dot {
    flex: none;
    margin: calc(0.5lh - 5px) 0 0;
  }
  :is(.less, .alarm) .dot {
    border-radius: 0;
    rotate: 45deg;
  }
  .unsure .dot {
    background: var(--_surface);
  }
`;
