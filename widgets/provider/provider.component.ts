import { provide } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { type Session, sessionContext } from '../shared/session.ts';
import { SessionElement } from '../shared/session-element.ts';

/**
 * Sets the server, key, locale, currency display and theme of the elements inside it, and keeps their common selection.
 *
 * @element clv-provider
 * @slot - Content of the page, with elements at any depth.
 */
export class ClvProvider extends SessionElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
  `;

  @provide({ context: sessionContext })
  @state()
  protected provided: Session = {};

  constructor() {
    super();
    this.addEventListener('clv-segment-change', ({ detail }) => {
      this.segments = detail.segments;
    });
    this.addEventListener('clv-customer-select', ({ detail }) => {
      this.customer = detail.id;
    });
  }

  protected override willUpdate(): void {
    super.willUpdate();
    this.provided = this.session;
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
