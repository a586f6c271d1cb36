import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { canonicalLocale, type Session } from '../session.ts';
import type { Terms } from './terms.ts';
import { ar } from './terms-ar.ts';
import { de } from './terms-de.ts';
import { en } from './terms-en.ts';

/** Strings by language. */
export interface Translations<Strings> extends Readonly<Record<string, Strings>> {
  readonly en: Strings;
}

const TRANSLATIONS: Translations<Terms> = { en, de, ar };

type Host = ReactiveControllerHost & HTMLElement & { readonly session: Session };
type Arguments<Term> = Term extends (...args: infer Args) => string ? Args : [];

/** The strings of a widget in its reader's language; the widget renders anew when the page changes `lang` or `dir`. */
export class Localize implements ReactiveController {
  readonly #host: Host;
  readonly #observer = new MutationObserver(() => this.#host.requestUpdate());

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(document.documentElement, { attributeFilter: ['lang', 'dir'] });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** The session's locale, else the `lang` around the element, else the browser's; English where it is malformed. */
  lang(): string {
    const tag = this.#host.session.locale || this.#host.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    return canonicalLocale(tag) ?? 'en';
  }

  /** A widget's own strings in the reader's language, in English where that is not translated. */
  of<Strings>(translations: Translations<Strings>): Strings {
    return translations[new Intl.Locale(this.lang()).language] ?? translations.en;
  }

  /** A string that widgets share; the key itself where there is none. */
  term<Key extends keyof Terms>(key: Key, ...args: Arguments<Terms[Key]>): string {
    const term: unknown = this.of(TRANSLATIONS)[key];
    return typeof term === 'function' ? term(...args) : String(term ?? key);
  }
}
