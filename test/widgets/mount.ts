import type { LitElement } from 'lit';

import '../../widgets/perennial.ts';

/** Puts markup on an otherwise empty English page, left to right, of the given width in px. */
export function mount(markup: string, width = 720): HTMLElement {
  document.documentElement.lang = 'en';
  document.documentElement.dir = 'ltr';
  document.body.innerHTML = `<main>${markup}</main>`;
  const main = document.querySelector('main')!;
  main.style.width = `${width}px`;
  return main;
}

/** The one element of a tag on the page. */
export function the<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
  return document.querySelector(tag)!;
}

/** The elements inside a widget that a selector finds. */
export function inside(widget: LitElement, selector: string): HTMLElement[] {
  return [...widget.renderRoot.querySelectorAll<HTMLElement>(selector)];
}

/** The text of what a selector finds inside a widget, white space as a reader sees it. */
export function texts(widget: LitElement, selector: string): string[] {
  return inside(widget, selector).map(({ textContent }) => textContent!.replace(/\s+/g, ' ').trim());
}
