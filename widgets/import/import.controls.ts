import { html, type TemplateResult } from 'lit';

import type { ImportAmounts, ImportDecimal, OrderStateMeaning } from '../generated/graphql.ts';
import { selectTemplate } from '../shared/select.ts';

import {
  CAMPAIGN_KINDS,
  type Choices,
  type Control,
  choose,
  chooseFormat,
  chooseMeaning,
  dateFormats,
  type Known,
  localTime,
  otherControls,
  timeOf,
} from './import.data.ts';
import { type ImportTerms, nameOf } from './import.terms.ts';
import type { PreviewView } from './import.view.ts';

const MARKS = ['POINT', 'COMMA'] as const satisfies ImportDecimal[];
const LEVELS = ['LINE', 'ORDER', 'NONE'] as const satisfies ImportAmounts[];
const MEANINGS = ['PAID', 'REFUNDED', 'CANCELLED', 'PENDING', 'FAILED', 'TEST'] as const satisfies OrderStateMeaning[];

/** The choices that nothing depends on yet, out of the way. */
export function otherTemplate(view: PreviewView): TemplateResult {
  return html`
    <details>
      <summary>${view.terms.change}</summary>
      <div class="choices" part="choices">
        ${otherControls(view.preview).map((control) => controlTemplate(view, control as Exclude<Control, 'states'>))}
      </div>
    </details>
  `;
}

/** One choice. @param none What stands there while nothing is chosen. */
export function controlTemplate(
  view: PreviewView,
  control: Exclude<Control, 'states'>,
  none = view.terms.asFound,
): TemplateResult {
  const { terms, choices, preview, onChoice } = view;
  const label = terms.controls[control];
  const text = (name: 'dateFormat' | 'timeZone' | 'currency' | 'campaign', proposals: readonly string[]) =>
    textTemplate(label, none, name, choices[name] ?? '', proposals, (value) => onChoice(choose(choices, name, value)));
  const select = <Name extends 'sheet' | 'decimal' | 'amounts' | 'kind' | 'format' | 'profile' | 'dateFormat'>(
    name: Name,
    options: readonly (readonly [string, string])[],
    change = (value: string): Choices => choose(choices, name, value as Choices[Name]),
  ) =>
    selectTemplate(label, [['', none] as const, ...options], choices[name] ?? '', (value) => onChoice(change(value)));
  switch (control) {
    case 'format':
      return select(
        'format',
        view.known.importSources.map(({ name, title, holds }) => [name, `${terms.contents[holds]}: ${title}`]),
        (format) => chooseFormat(choices, format),
      );
    case 'profile':
      return select('profile', namesOf(view.known).map(twice));
    case 'sheet':
      return select('sheet', [preview.layout?.sheet ?? '', ...(preview.layout?.otherSheets ?? [])].map(twice));
    case 'decimal':
      return select(
        'decimal',
        MARKS.map((mark) => [mark, terms.decimals[mark]]),
      );
    case 'amounts':
      return select(
        'amounts',
        LEVELS.map((level) => [level, terms.amounts[level]]),
      );
    case 'kind':
      return select(
        'kind',
        CAMPAIGN_KINDS.map((kind) => [kind, view.kindName(kind)]),
      );
    case 'dateFormat':
      return preview.refusal?.code === 'AMBIGUOUS_DATES'
        ? select(
            'dateFormat',
            dateFormats(preview).map((format) => [format, writtenFormat(format, terms)]),
          )
        : text('dateFormat', dateFormats(preview));
    case 'sentAt':
      return textTemplate(
        label,
        '',
        control,
        localTime(choices.sentAt),
        [],
        (local) => onChoice(choose(choices, control, timeOf(local))),
        'datetime-local',
      );
    case 'timeZone':
      return text('timeZone', Intl.supportedValuesOf('timeZone'));
    default:
      return text(control, []);
  }
}

/** The name under which the choices are saved with the import. */
export function saveAsTemplate({ terms, known, saveAs, onSaveAs }: PreviewView): TemplateResult {
  return html`<div class="choices">${textTemplate(terms.saveAs, '', 'saveAs', saveAs, namesOf(known), onSaveAs)}</div>`;
}

/** What each state means that is not known. */
export function statesTemplate({ terms, choices, preview, onChoice }: PreviewView): readonly TemplateResult[] {
  const meanings = MEANINGS.map((meaning) => [meaning, nameOf(meaning, terms)] as const);
  return (preview.refusal?.values ?? []).map((state) => {
    const chosen = [choices.states ?? []].flat().find((each) => each.state === state)?.meaning;
    return selectTemplate(
      terms.stateMeans(state),
      [['', terms.choose] as const, ...meanings],
      chosen ?? '',
      (meaning) => onChoice(chooseMeaning(choices, state, meaning)),
    );
  });
}

const namesOf = ({ importProfiles }: Known) => importProfiles.map(({ name }) => name);

const twice = (name: string) => [name, name] as const;

/** `Day before month: dd/MM/yyyy` */
const writtenFormat = (format: string, terms: ImportTerms): string =>
  `${nameOf(format.startsWith('d') ? 'day before month' : 'month before day', terms)}: ${format}`;

function textTemplate(
  label: string,
  none: string,
  name: string,
  value: string,
  proposals: readonly string[],
  onChange: (value: string) => void,
  type = 'text',
): TemplateResult {
  return html`
    <label>
      ${label}
      <input
        part="input"
        type=${type}
        list=${`${name}-proposals`}
        .value=${value}
        placeholder=${none}
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        @change=${({ target }: Event) => onChange((target as HTMLInputElement).value.trim())}
      />
      <datalist id=${`${name}-proposals`}>${proposals.map((each) => html`<option value=${each}></option>`)}</datalist>
    </label>
  `;
}
