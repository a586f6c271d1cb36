import { html, nothing, type TemplateResult } from 'lit';

import { type Job, quarters, type Step, sentShare } from './import.data.ts';
import type { ImportView } from './import.view.ts';

export interface DropView extends ImportView {
  readonly hint: string;
  readonly isDragging: boolean;
  readonly onDrag: (isOver: boolean) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The place to drop a file on, with a button for those who do not drag. */
export function dropTemplate({ terms, hint, isDragging, onDrag, onFiles }: DropView): TemplateResult {
  const drag = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    onDrag(isOver);
  };
  const choose = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    onFiles([...(input.files ?? [])]);
    // The same file, chosen again, is a change again.
    input.value = '';
  };
  return html`
    <div
      class="notice drop ${isDragging ? 'over' : ''}"
      part="drop"
      @dragenter=${(event: DragEvent) => drag(event, true)}
      @dragover=${(event: DragEvent) => drag(event, true)}
      @dragleave=${(event: DragEvent) => drag(event, false)}
      @drop=${(event: DragEvent) => {
        drag(event, false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 15V4m0 0L8 8m4-4 4 4M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4"></path></svg>
      <strong>${terms.drop}</strong>
      <p class="note">${hint}</p>
      <button
        class="primary lead"
        part="button"
        @click=${({ target }: Event) => (target as Element).parentElement!.querySelector('input')!.click()}
      >
        ${terms.chooseFile}
      </button>
      <input type="file" hidden aria-label=${terms.chooseFile} @change=${choose} />
    </div>
  `;
}

/** While the server looks at the file. */
export const rowsSkeleton = (): TemplateResult =>
  html`<div class="skeleton">${Array.from({ length: 6 }, () => html`<i class="bone"></i>`)}</div>`;

interface Progress {
  readonly title: string;
  /** In [0, 1]; null where it is not known. */
  readonly share: number | null;
  readonly detail: string;
}

export function sendingTemplate(view: ImportView, { name, size }: File, sent: number): TemplateResult {
  const { terms, formats } = view;
  const detail = terms.ofBytes(formats.bytes(sent), formats.bytes(size));
  return progressTemplate(view, { title: terms.sending(name), share: sentShare(sent, size), detail });
}

export function storingTemplate(
  view: ImportView,
  { fileName, rows, progress }: Pick<Job, 'fileName' | 'rows' | 'progress'>,
): TemplateResult {
  const { terms, formats } = view;
  const isRead = progress === 1;
  const detail = isRead ? terms.settling : terms.rowsRead(terms.rows(rows, formats.count(rows)));
  return progressTemplate(view, { title: terms.storing(fileName), share: isRead ? null : progress, detail });
}

/** A bar with its figures. Screen readers hear each quarter. */
function progressTemplate({ formats }: ImportView, { title, share, detail }: Progress): TemplateResult {
  return html`
    <div class="progress" part="progress">
      <strong class="lead" id="doing" tabindex="-1"><bdi>${title}</bdi></strong>
      <progress aria-labelledby="doing" max="1" value=${share ?? nothing}></progress>
      <span class="note number">${detail}</span>
      <div class="unseen" role="status">${share === null ? detail : formats.share(quarters(share))}</div>
    </div>
  `;
}

export interface ActionsView extends ImportView {
  readonly step: Step['name'];
  /** What went wrong at the last attempt. */
  readonly fault: string | undefined;
  readonly hasEnded: boolean;
  readonly onBack: () => void;
  /** Absent while the import cannot be started. */
  readonly onStart: (() => void) | undefined;
}

/** The ways on and back, and what the page has for the end. */
export function actionsTemplate({ terms, step, fault, hasEnded, onBack, onStart }: ActionsView): TemplateResult {
  const back = html`
    <button part="button" @click=${onBack}>${step === 'send' ? terms.cancel : terms.otherFile}</button>
  `;
  const start = html`
    <button class="primary" part="button" ?disabled=${onStart === undefined} @click=${onStart}>${terms.startImport}</button>
  `;
  return html`
    <p class="fault" role="alert">${fault ?? nothing}</p>
    ${step === 'choose' ? nothing : back} ${step === 'look' ? start : nothing}
    ${step === 'store' && hasEnded ? html`<slot></slot>` : nothing}
  `;
}
