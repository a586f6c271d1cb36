import { consume } from '@lit/context';
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { Segment } from '../generated/graphql.ts';

import { parseSegments } from './segments.ts';
import { type CurrencyDisplay, mergeSession, type Session, sessionContext, type Theme } from './session.ts';

/** An element that takes its session from the provider around it, from its own attributes, or from both. */
export class SessionElement extends LitElement implements Session {
  /** Where the provider's session ends up; undefined outside a provider. */
  @consume({ context: sessionContext, subscribe: true })
  @state()
  protected inherited?: Session;

  @property() endpoint?: string;
  @property() token?: string;
  @property() locale?: string;
  @property({ attribute: 'currency-display' }) currencyDisplay?: CurrencyDisplay;
  /** Without it the colours follow the inherited `color-scheme`. */
  @property({ reflect: true }) theme?: Theme;
  @property({ converter: { fromAttribute: parseSegments } }) segments?: readonly Segment[];
  @property() customer?: string;

  /** The session in force; settled before each render. */
  session: Session = {};

  protected override willUpdate(): void {
    this.session = mergeSession(this, this.inherited);
  }
}
