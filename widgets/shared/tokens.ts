import { css, unsafeCSS } from 'lit';

import { SEGMENTS, segmentSlug } from './segments.ts';

/** From best to worst, for light and dark surfaces; distinct in any colour vision (test/widgets/tokens.test.ts). */
export const SEGMENT_COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ['#3f33a4', '#6561e6'],
  ['#245bd4', '#6e98fd'],
  ['#368bff', '#76c3fe'],
  ['#24829f', '#088f95'],
  ['#4ca189', '#58ecff'],
  ['#575900', '#99e8a3'],
  ['#959918', '#dec217'],
  ['#9b6831', '#bb9844'],
  ['#682d2e', '#b05900'],
  ['#8d0c70', '#e44379'],
  ['#c75ecf', '#e262cb'],
  ['#676767', '#b8b8b8'],
];

const segmentClasses = SEGMENTS.map((segment, index) => {
  const slug = segmentSlug(segment);
  const [light, dark] = SEGMENT_COLOURS[index]!;
  return `.${slug} { --_colour: var(--clv-segment-${slug}, light-dark(${light}, ${dark})); }`;
});

/**
 * Neutral defaults mix from the host's own text colour; a page overrides them by the custom property after `--clv-`,
 * set on any element around the widgets.
 */
export const tokens = css`
  :host {
    --_accent: var(--clv-accent, light-dark(#3b46c4, #929bff));
    --_danger: var(--clv-danger, light-dark(#b3261e, #ff9c93));
    --_muted: var(--clv-muted, color-mix(in srgb, currentcolor 66%, transparent));
    --_line: var(--clv-line, color-mix(in srgb, currentcolor 13%, transparent));
    --_hover: var(--clv-hover, color-mix(in srgb, currentcolor 6%, transparent));
    --_chosen: var(--clv-chosen, color-mix(in srgb, var(--_accent) 13%, transparent));
    --_surface: var(--clv-surface, Canvas);
    --_surface-text: var(--clv-surface-text, CanvasText);
    --_radius: var(--clv-radius, 6px);
    --_row: var(--clv-row-height, 40px);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  ${unsafeCSS(segmentClasses.join('\n'))}
`;
