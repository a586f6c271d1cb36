import { html, nothing, type TemplateResult } from 'lit';

import { Formats } from './formats.ts';
import type { Complaint } from './names.ts';
import type { Query } from './query.ts';
import { sessionComplaint } from './session.ts';
import { SessionElement } from './session-element.ts';
import { Localize } from './words/localize.ts';

export interface Frame {
  readonly title: string;
  readonly subtitle: unknown;
  readonly action?: unknown;
  readonly body: unknown;
  readonly footer?: unknown;
}

interface Views<Result> {
  readonly skeleton: () => TemplateResult;
  readonly empty: (result: Result) => TemplateResult;
  readonly ready: (result: Result) => TemplateResult;
  /** Where there is nothing to ask for yet. */
  readonly idle?: () => TemplateResult;
}

/** The model behind figures, as far as a reader has to know of it. */
interface Fit {
  /** Why it is a fallback or did not converge; null for a good one. */
  readonly reason?: string | null;
}

/** A session element with words, number formats, a frame, and the four states of its query. */
export class Widget extends SessionElement {
  protected readonly words = new Localize(this);
  protected formats = Formats.of('en');

  protected override willUpdate(): void {
    super.willUpdate();
    this.formats = Formats.of(this.words.lang(), this.session.currencyDisplay);
  }

  /** What is wrong with an attribute, if anything; an element with enumerated attributes of its own checks them too. */
  complaint(): Complaint | undefined {
    return sessionComplaint(this.session);
  }

  protected frame({ title, subtitle, action, body, footer }: Frame): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <header part="header">
          <div>
            <div id="title" class="title" part="title">${title}</div>
            <div class="subtitle" part="subtitle">${subtitle}</div>
          </div>
          ${action}
        </header>
        ${body}
        ${footer === undefined ? nothing : html`<footer part="footer">${footer}</footer>`}
      </section>
    `;
  }

  protected states<Result, Variables>(query: Query<Result, Variables>, views: Views<Result>): TemplateResult {
    const { phase, result, isEmpty } = query;
    const busy = phase === 'initial' || phase === 'loading';
    const answer = result === undefined ? nothing : isEmpty ? views.empty(result) : views.ready(result);
    return html`
      <div class="body ${phase}" part="body" aria-busy=${busy}>
        ${phase === 'error' ? this.#error(query) : nothing}
        ${phase === 'initial' ? views.skeleton() : nothing}
        ${phase === 'idle' ? views.idle?.() : nothing}
        ${phase === 'error' ? nothing : answer}
        <div class="unseen" role="status">${busy ? this.words.term('loading') : nothing}</div>
      </div>
    `;
  }

  /** Which segments the figures are of: `All segments`, their names, or how many they are. */
  protected scope(): string {
    const segments = this.session.segments ?? [];
    if (segments.length === 0) return this.words.term('allSegments');
    if (segments.length > 3)
      return this.words.term('segmentCount', segments.length, this.formats.count(segments.length));
    return this.formats.list(segments.map((segment) => this.words.term(segment)));
  }

  /** `As of 31 Oct 2026`, or nothing where no run has been published. */
  protected asOf(source: { readonly run: { readonly asOf: string } } | null | undefined): readonly string[] {
    return source ? [this.words.term('asOf', this.formats.date(source.run.asOf))] : [];
  }

  /** Notes in one line, each keeping its own direction. */
  protected dotted(...facts: readonly string[]): TemplateResult {
    return html`${facts.map((fact, index) => html`${index === 0 ? nothing : ' · '}<bdi>${fact}</bdi>`)}`;
  }

  protected notice(title: string, hint: string): TemplateResult {
    return html`<div class="notice" part="notice"><strong>${title}</strong><p class="note">${hint}</p></div>`;
  }

  /** A sentence that figures come from a fallback, or from a model whose fit did not converge. */
  protected caution(...fits: readonly (Fit | undefined)[]): unknown {
    const reason = fits.find((fit) => fit?.reason)?.reason;
    return reason ? html`<div class="caution" part="caution">${this.words.term('rough', reason)}</div>` : nothing;
  }

  #error<Result, Variables>(query: Query<Result, Variables>): TemplateResult {
    const complaint = this.complaint();
    if (complaint) return this.#complaint(complaint);
    const { kind, message } = query.failure;
    const { origin } = location;
    return html`
      <div class="notice error" part="notice" role="alert">
        <strong>${this.words.term(kind)}</strong>
        ${kind === 'unreachable' ? html`<p class="note">${this.words.term('originNotListed', origin)}</p>` : nothing}
        ${kind === 'refused' || kind === 'failed' ? html`<p class="note" lang="en" dir="ltr">${message}</p>` : nothing}
        <button part="button" @click=${() => query.retry()}>${this.words.term('retry')}</button>
      </div>
    `;
  }

  #complaint({ attribute, value, accepted }: Complaint): TemplateResult {
    return html`
      <div class="notice error" part="notice" role="alert">
        <strong>${this.words.term('notAccepted')} <bdi dir="ltr">${attribute}="${value}"</bdi></strong>
        <p class="note">${this.words.term('accepted')} <bdi dir="ltr">${accepted.join(', ')}</bdi></p>
      </div>
    `;
  }
}
