import { html, nothing, type TemplateResult } from 'lit';

/** A choice of one from a few; disabled while there is nothing to choose from. */
export function selectTemplate<Value extends string>(
  label: unknown,
  options: readonly (readonly [value: Value, name: string])[],
  chosen: Value | undefined,
  onChoice: (value: Value) => void,
): TemplateResult {
  // A browser would show the first option in the place of a value that is none of them.
  const isKnown = options.some(([value]) => value === chosen);
  return html`
    <label>
      ${label}
      <select
        part="select"
        ?disabled=${options.length === 0}
        @change=${({ target }: Event) => onChoice((target as HTMLSelectElement).value as Value)}
      >
        ${isKnown ? nothing : html`<option selected hidden></option>`}
        ${options.map(([value, name]) => html`<option value=${value} .selected=${value === chosen}>${name}</option>`)}
      </select>
    </label>
  `;
}
