// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvAtRiskList } from './at-risk-list.component.ts';

if (!customElements.get('clv-at-risk-list')) customElements.define('clv-at-risk-list', ClvAtRiskList);

declare global {
  interface HTMLElementTagNameMap {
    'clv-at-risk-list': ClvAtRiskList;
  }
}
