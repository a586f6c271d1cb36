import { noChange } from 'lit';
import { type AttributePart, Directive, directive } from 'lit/directive.js';

class CssVars extends Directive {
  override render(_vars: Readonly<Record<`--${string}`, string>>): unknown {
    return noChange;
  }

  override update({ element }: AttributePart, [vars]: Parameters<this['render']>): unknown {
    for (const [name, value] of Object.entries(vars)) element.style.setProperty(name, value);
    return noChange;
  }
}

/**
 * Sets custom properties through the CSSOM: `<i style=${cssVars({ '--y': '12px' })}>`.
 * Lit's styleMap writes the attribute on its first render, which a strict Content-Security-Policy blocks.
 */
export const cssVars = directive(CssVars);
