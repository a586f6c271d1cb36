import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import {
  type CampaignDimension,
  type CampaignMetric,
  CampaignNamesDocument,
  CampaignResultsDocument,
  type Segment,
} from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { report } from '../shared/events.ts';
import type { Complaint } from '../shared/names.ts';
import { Query } from '../shared/query.ts';
import { selectTemplate } from '../shared/select.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';
import type { Translations } from '../shared/words/localize.ts';

import {
  type Campaign,
  campaignVariables,
  choiceComplaint,
  DIMENSIONS,
  METRICS,
  parseName,
  totalOf,
} from './campaign-results.data.ts';
import { forestStyles } from './campaign-results.forest.styles.ts';
import { groupsTemplate, liftsTemplate } from './campaign-results.lifts.ts';
import { campaignResultsStyles } from './campaign-results.styles.ts';
import { ratesTemplate, verdictTemplate } from './campaign-results.template.ts';
import type { CampaignResultsTerms } from './campaign-results.terms.ts';
import { ar } from './campaign-results.terms-ar.ts';
import { de } from './campaign-results.terms-de.ts';
import { en } from './campaign-results.terms-en.ts';
import { nameOf } from './campaign-results.view.ts';

const TERMS: Translations<CampaignResultsTerms> = { en, de, ar };

/**
 * Results of a campaign: the evidence in words, the rates of each variant, and its lift over the control group with its
 * interval, in total and by groups of customers.
 *
 * @element clv-campaign-results
 * @csspart header - Title and subtitle.
 * @csspart title - What the widget shows.
 * @csspart subtitle - The campaign's name, kind, channel and dates.
 * @csspart controls - The choices: campaign, metric, split.
 * @csspart select - Each of them.
 * @csspart body - The results, or the state in their place: loading, empty, error.
 * @csspart verdict - The state of the evidence.
 * @csspart counts - Number of customers who count, and of those who do not, by reason.
 * @csspart table - The rates, the lifts, and the lifts by group.
 * @csspart footer - What the figures mean.
 * @csspart button - The button to try again.
 * @csspart notice - An empty state or an error, and what to do.
 * @fires clv-campaign-change - The user chose a campaign, where the page names none: `{ id, name }`.
 */
export class ClvCampaignResults extends Widget {
  static override styles = [tokens, baseStyles, forestStyles, campaignResultsStyles];

  @state() private chosen?: string;

  /** Name of the campaign, or its id; without it the user chooses from the newest. */
  @property() campaign?: string;
  /** Days after the assignment in which orders count, 1 to 365; by default the campaign's own window. */
  @property({ attribute: 'window-days' }) windowDays?: number | string | null;
  /** Metric of the comparison: `conversion`, `revenue`, `margin`, `orders` or `click`. */
  @property({ converter: { fromAttribute: parseName<CampaignMetric> } }) metric?: CampaignMetric;
  /** Dimension that splits the lifts: `segment`, `tier`, `channel`, `country`, `category` or `group`. */
  @property({ converter: { fromAttribute: parseName<CampaignDimension> } }) by?: CampaignDimension;

  readonly #names = new Query(this, {
    document: CampaignNamesDocument,
    variables: () => (this.campaign ? null : {}),
    isEmpty: ({ campaigns }) => campaigns.nodes.length === 0,
  });
  readonly #query = new Query(this, {
    document: CampaignResultsDocument,
    variables: () => campaignVariables(this.#name, this),
    isEmpty: ({ campaign }) => campaign === null,
  });

  override complaint(): Complaint | undefined {
    return super.complaint() ?? choiceComplaint(this);
  }

  protected override render(): TemplateResult {
    const terms = this.#terms;
    const { campaign } = this.#query.result ?? {};
    const skeleton = () => this.#skeleton();
    return this.frame({
      title: terms.campaignResults,
      subtitle: campaign ? this.dotted(...this.#facts(campaign)) : nothing,
      body: html`
        ${this.#controls(campaign?.results.isCausal ?? true)}
        ${
          this.#name === undefined
            ? this.states(this.#names, { skeleton, empty: () => this.notice(...terms.none), ready: skeleton })
            : this.states(this.#query, {
                skeleton,
                empty: () => this.notice(terms.noSuch, ''),
                ready: (result) => this.#results(result.campaign!),
              })
        }
      `,
      footer: html`<div class="note">${campaign ? this.dotted(...this.#notes(campaign)) : nothing}</div>`,
    });
  }

  get #terms(): CampaignResultsTerms {
    return this.words.of(TERMS);
  }

  get #campaigns() {
    return this.#names.result?.campaigns.nodes ?? [];
  }

  get #name(): string | undefined {
    return this.campaign || (this.chosen ?? this.#campaigns[0]?.name);
  }

  #results({ results }: Campaign): TemplateResult {
    const [terms, formats] = [this.#terms, this.formats];
    const view = { results, terms, formats, segmentName: (segment: Segment) => this.words.term(segment) };
    const split = () => html`${liftsTemplate(view)} ${results.by.length > 0 ? groupsTemplate(view) : nothing}`;
    return html`
      <div class="results">
        ${verdictTemplate(view)} ${ratesTemplate(view)} ${results.isCausal ? split() : nothing}
      </div>
    `;
  }

  #controls(isCausal: boolean): TemplateResult {
    const terms = this.#terms;
    const names = this.#campaigns.map(({ name }) => [name, name] as const);
    const metrics = METRICS.map((metric) => [metric, nameOf(metric, terms)] as const);
    const dimensions = DIMENSIONS.map((by) => [by, nameOf(by, terms)] as const);
    return html`
      <div class="controls" part="controls">
        ${this.campaign ? nothing : selectTemplate(terms.campaign, names, this.#name, (name) => this.#choose(name))}
        ${selectTemplate(terms.metric, metrics, this.metric ?? 'REVENUE', (metric) => {
          this.metric = metric;
        })}
        ${
          isCausal
            ? selectTemplate(terms.splitBy, [['', '–'], ...dimensions], this.by ?? '', (by) => {
                this.by = by || undefined;
              })
            : nothing
        }
      </div>
    `;
  }

  #skeleton(): TemplateResult {
    return html`<div class="skeleton">${Array.from({ length: 9 }, () => html`<i class="bone"></i>`)}</div>`;
  }

  #choose(name: string): void {
    this.chosen = name;
    const { id } = this.#campaigns.find((campaign) => campaign.name === name)!;
    report(this, 'clv-campaign-change', { id, name });
  }

  #facts({ name, kind, channel, startedAt, stoppedAt, results }: Campaign): string[] {
    const terms = this.#terms;
    const [from, to] = [startedAt, stoppedAt].map((time) => time && this.formats.date(time));
    return [
      ...(this.campaign ? [name] : []),
      this.words.term(kind),
      nameOf(channel, terms),
      ...(from ? [`${from} – ${to ?? '…'}`] : []),
      `${terms.window}: ${this.formats.days(results.windowDays)}`,
      ...this.asOf(results.observedUntil === null ? null : { run: { asOf: results.observedUntil } }),
    ];
  }

  /** What the figures mean, as far as they are there. */
  #notes({ results }: Campaign): string[] {
    const terms = this.#terms;
    const { isCausal, covariate, by } = results;
    if (!isCausal) return [terms.intervals];
    return [
      terms.intervals,
      ...(totalOf(results, 'open') > 0 ? [terms.watched] : []),
      terms.corrected,
      ...(by.length > 0 ? [terms.byChance] : []),
      ...(covariate === 'NONE' ? [] : [terms.adjusted]),
    ];
  }
}
