import { createContext } from '@lit/context';

import type { Segment } from '../generated/graphql.ts';

export type CurrencyDisplay = 'symbol' | 'narrowSymbol' | 'code' | 'name';

/** What a provider shares with the widgets inside it: where to ask, how to write numbers, what is selected. */
export interface Session {
  readonly endpoint?: string;
  readonly token?: string;
  readonly locale?: string;
  readonly currencyDisplay?: CurrencyDisplay;
  /** The selected segments; none selected means all. */
  readonly segments?: readonly Segment[];
  /** Id of the selected customer. */
  readonly customer?: string;
}

/** Keyed by a plain string, so that elements of separately built modules find each other. */
export const sessionContext = createContext<Session | undefined>('clv-session');

/** An element's own attributes win over what it inherits. */
export function mergeSession(own: Session, inherited: Session = {}): Session {
  return {
    endpoint: own.endpoint ?? inherited.endpoint,
    token: own.token ?? inherited.token,
    locale: own.locale ?? inherited.locale,
    currencyDisplay: own.currencyDisplay ?? inherited.currencyDisplay,
    segments: own.segments ?? inherited.segments,
    customer: own.customer ?? inherited.customer,
  };
}
