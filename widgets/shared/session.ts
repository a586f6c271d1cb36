import { createContext } from '@lit/context';

import type { Segment } from '../generated/graphql.ts';

import { type Complaint, complaintOf, nameComplaint } from './names.ts';
import { SEGMENTS } from './segments.ts';

const CURRENCY_DISPLAYS = ['symbol', 'narrowSymbol', 'code', 'name'] as const;
const THEMES = ['light', 'dark'] as const;
const LOCALES = ['en', 'de-AT', 'ar-EG', '…'];

export type CurrencyDisplay = (typeof CURRENCY_DISPLAYS)[number];
export type Theme = (typeof THEMES)[number];

/** What a provider shares with the widgets inside it: where to ask, how to write numbers, what is selected. */
export interface Session {
  readonly endpoint?: string;
  readonly token?: string;
  readonly locale?: string;
  readonly currencyDisplay?: CurrencyDisplay;
  readonly theme?: Theme;
  /** The selected segments; none selected means all. */
  readonly segments?: readonly Segment[];
  /** Id of the selected customer: the shop's own, or the one that the API gave. */
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
    currencyDisplay: own.currencyDisplay || inherited.currencyDisplay,
    theme: own.theme || inherited.theme,
    segments: own.segments ?? inherited.segments,
    customer: own.customer ?? inherited.customer,
  };
}

/** What is wrong with the attributes that all elements have, if anything. */
export function sessionComplaint({ segments, theme, currencyDisplay, locale }: Session): Complaint | undefined {
  return (
    nameComplaint('segments', segments, SEGMENTS) ??
    complaintOf('theme', theme, THEMES) ??
    complaintOf('currency-display', currencyDisplay, CURRENCY_DISPLAYS) ??
    (locale && canonicalLocale(locale) === undefined ? complaintOf('locale', locale, LOCALES) : undefined)
  );
}

/** A language tag in its usual spelling; undefined where it is malformed, as `en_US` is. */
export function canonicalLocale(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return undefined;
  }
}
