import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keeps the size, in px, of the part of a host that a selector finds; zero while there is none. */
export class Size implements ReactiveController {
  width = 0;
  height = 0;
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  readonly #selector: string;
  readonly #observer = new ResizeObserver(([entry]) => this.#settle(entry!.contentRect));
  #element: Element | null = null;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostUpdated(): void {
    const element = this.#host.renderRoot.querySelector(this.#selector);
    if (element === this.#element) return;
    this.#observer.disconnect();
    this.#element = element;
    if (element) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#element = null;
  }

  #settle({ width, height }: DOMRectReadOnly): void {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.#host.requestUpdate();
  }
}
