import { ClvProvider } from './provider.component.ts';

if (!customElements.get('clv-provider')) customElements.define('clv-provider', ClvProvider);

declare global {
  interface HTMLElementTagNameMap {
    'clv-provider': ClvProvider;
  }
}
