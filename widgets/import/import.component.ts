import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import { ImportDocument, StartImportDocument } from '../generated/graphql.ts';
import { baseStyles } from '../shared/base.styles.ts';
import { RequestFailure, request } from '../shared/client.ts';
import { report } from '../shared/events.ts';
import { Query } from '../shared/query.ts';
import { tokens } from '../shared/tokens.ts';
import { Widget } from '../shared/widget.ts';
import type { Translations } from '../shared/words/localize.ts';

import { contentOf, type Job, type Preview, type Step } from './import.data.ts';
import { figuresTemplate, outcomeTemplate } from './import.figures.ts';
import { Look } from './import.look.ts';
import { previewTemplate } from './import.preview.ts';
import { Run } from './import.run.ts';
import { importStyles } from './import.styles.ts';
import { tableStyles } from './import.table.styles.ts';
import { actionsTemplate, dropTemplate, rowsSkeleton, sendingTemplate, storingTemplate } from './import.template.ts';
import type { ImportTerms } from './import.terms.ts';
import { ar } from './import.terms-ar.ts';
import { de } from './import.terms-de.ts';
import { en } from './import.terms-en.ts';
import { reasonOf, saveFile } from './import.transfer.ts';
import { Upload } from './import.upload.ts';
import type { ImportView, PreviewView } from './import.view.ts';

const TERMS: Translations<ImportTerms> = { en, de, ar };

const NOTHING = () => html``;

/**
 * Takes a file of a shop into the workspace: shows what it was taken for and what it would come to, lets the user correct
 * that, and reports what became of its rows. The key needs the scopes `imports:read` and `imports:write`.
 *
 * @element clv-import
 * @slot - What the user can do after an import, such as a button that starts an analysis.
 * @csspart header - Title and subtitle.
 * @csspart title - What the widget shows.
 * @csspart subtitle - The last import, or the file.
 * @csspart body - The step, or the state in its place: loading, error.
 * @csspart drop - Where a file can be dropped.
 * @csspart progress - How far an upload or import is.
 * @csspart refusal - Why the file cannot be imported as it is.
 * @csspart choices - Choices of how the file is read.
 * @csspart select - Each choice of one from a few.
 * @csspart input - Each choice that is typed.
 * @csspart rows - The first rows of the file.
 * @csspart readings - How numbers and dates are read.
 * @csspart figures - What the file comes to.
 * @csspart table - Every table.
 * @csspart footer - The buttons that lead on and back.
 * @csspart button - Every button.
 * @csspart notice - An error, and what to do.
 * @fires clv-import-started - The user started an import: `{ id, fileName }`.
 * @fires clv-import-finished - It ended: `{ id, fileName, status, source, accepted }`.
 */
export class ClvImport extends Widget {
  static override styles = [tokens, baseStyles, importStyles, tableStyles];

  @state() private step: Step = { name: 'choose' };
  @state() private isDragging = false;
  @state() private isStarting = false;
  /** Why a file could not be sent, the import not be started, or the rejected rows not be saved. */
  @state() private fault?: string;

  readonly #last = new Query(this, {
    document: ImportDocument,
    variables: () => ({}),
    isEmpty: ({ importJobs }) => importJobs.nodes.length === 0,
  });
  readonly #upload = new Upload(this);
  readonly #look = new Look(this);
  readonly #run = new Run(this, ({ id, fileName, status, source, accepted }) => {
    this.#isNewStep = true;
    report(this, 'clv-import-finished', { id, fileName, status, source, accepted });
  });
  /** Whether the focus is still to be moved to where a step begins. */
  #isNewStep = false;

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('step') as Step | undefined;
    if (before !== undefined && before.name !== this.step.name) this.#isNewStep = true;
    if (this.#isNewStep) this.#focusLead();
  }

  protected override render(): TemplateResult {
    return this.frame({
      title: this.#view.terms.importFile,
      subtitle: html`<bdi>${this.#subtitle()}</bdi>`,
      body: this.#body(),
      footer: this.#actions(),
    });
  }

  get #view(): ImportView {
    return { terms: this.words.of(TERMS), formats: this.formats, revenue: this.#last.result?.workspace.revenue };
  }

  #subtitle(): string {
    if (this.step.name === 'look') return `${this.step.file.name} · ${this.formats.bytes(this.step.file.size)}`;
    if (this.step.name !== 'choose') return '';
    const last = this.#last.result?.importJobs.nodes[0];
    // Its line is there before the answer is.
    if (last === undefined) return '\u00a0';
    return this.#view.terms.lastImport(last.fileName, this.formats.date(last.startedAt));
  }

  #body(): unknown {
    const { step } = this;
    const { firstHint, dropHint } = this.#view.terms;
    switch (step.name) {
      case 'choose':
        return this.states(this.#last, {
          skeleton: () => html`<div class="drop bone"></div>`,
          empty: () => this.#drop(firstHint),
          ready: () => this.#drop(dropHint),
        });
      case 'send':
        return sendingTemplate(this.#view, step.file, this.#upload.sent);
      case 'look':
        return this.states(this.#look.preview, {
          skeleton: rowsSkeleton,
          empty: NOTHING,
          ready: ({ importPreview }) => this.#preview(importPreview),
        });
      case 'store': {
        const { job, progress } = this.#run;
        const skeleton = () => storingTemplate(this.#view, { fileName: step.file, rows: 0, progress: 0 });
        // An answer that is asked for again is no loading: the one before stays in view as it is.
        if (job === undefined || progress.phase === 'error')
          return this.states(progress, { skeleton, empty: NOTHING, ready: NOTHING });
        return job.status === 'RUNNING'
          ? storingTemplate(this.#view, job)
          : outcomeTemplate(
              this.#view,
              job,
              contentOf(this.#last.result!, job.source),
              () => void this.#saveRejects(job),
            );
      }
    }
  }

  #drop(hint: string): TemplateResult {
    return dropTemplate({
      ...this.#view,
      hint,
      isDragging: this.isDragging,
      onDrag: (isOver) => {
        this.isDragging = isOver;
      },
      onFiles: (files) => void this.#send(files),
    });
  }

  #preview(preview: Preview): TemplateResult {
    const look = this.#look;
    const view: PreviewView = {
      ...this.#view,
      known: this.#last.result!,
      preview,
      choices: look.choices,
      isWide: look.isWide(preview),
      kindName: (kind) => this.words.term(kind),
      onChoice: (choices) => look.choose(choices),
      onWidth: (isWide) => look.widen(isWide),
      saveAs: look.saveAs,
      onSaveAs: (name) => look.nameChoices(name),
    };
    const figures = this.states(look.report, {
      skeleton: () => html`<div class="counting note">${this.#view.terms.counting} …<i class="bone"></i></div>`,
      empty: NOTHING,
      ready: ({ importPreview: { report } }) => figuresTemplate(this.#view, report!, preview.holds),
    });
    return previewTemplate(view, figures);
  }

  #actions(): TemplateResult {
    return actionsTemplate({
      ...this.#view,
      step: this.step.name,
      fault: this.fault,
      hasEnded: this.#run.hasEnded,
      onBack: () => this.#restart(),
      onStart: this.#look.isImportable && !this.isStarting ? () => void this.#start() : undefined,
    });
  }

  async #send(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (file === undefined) return;
    this.fault = files.length > 1 ? this.#view.terms.oneFile : undefined;
    if (files.length > 1) return;
    this.step = { name: 'send', file };
    try {
      const upload = await this.#upload.send(file);
      if (upload === undefined) return;
      this.#look.open(upload);
      this.step = { name: 'look', file };
    } catch (error) {
      this.#restart();
      this.fault = reasonOf(error, this.words);
    }
  }

  async #start(): Promise<void> {
    const input = { ...this.#look.input!, saveProfileAs: this.#look.saveAs || null };
    this.fault = undefined;
    this.isStarting = true;
    try {
      const { startImport } = await request(this.session, StartImportDocument, { input });
      if (startImport.__typename === 'DomainError') throw new RequestFailure('failed', startImport.message);
      const { id, fileName } = startImport.job!;
      this.#run.watch(id);
      this.step = { name: 'store', file: fileName };
      report(this, 'clv-import-started', { id, fileName });
    } catch (error) {
      this.fault = reasonOf(error, this.words);
    } finally {
      this.isStarting = false;
    }
  }

  async #saveRejects({ rejectedRowsPath, fileName }: Job): Promise<void> {
    try {
      await saveFile(this.session, rejectedRowsPath, `rejected-${fileName}.csv`);
    } catch (error) {
      this.fault = reasonOf(error, this.words);
    }
  }

  #restart(): void {
    this.#upload.cancel();
    this.#look.open(undefined);
    this.#run.watch(undefined);
    this.step = { name: 'choose' };
    this.fault = undefined;
    this.#last.retry();
  }

  /** Moves the focus to where the step begins, as soon as that is there, unless it is elsewhere on the page. */
  #focusLead(): void {
    const lead = this.renderRoot.querySelector<HTMLElement>('.lead');
    if (lead === null) return;
    this.#isNewStep = false;
    if (document.activeElement === this || document.activeElement === document.body) lead.focus();
  }
}
