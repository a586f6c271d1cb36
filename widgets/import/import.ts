// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvImport } from './import.component.ts';

if (!customElements.get('clv-import')) customElements.define('clv-import', ClvImport);

declare global {
  interface HTMLElementTagNameMap {
    'clv-import': ClvImport;
  }
}
