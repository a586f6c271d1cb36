// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvRecommendations } from './recommendations.component.ts';

if (!customElements.get('clv-recommendations')) customElements.define('clv-recommendations', ClvRecommendations);

declare global {
  interface HTMLElementTagNameMap {
    'clv-recommendations': ClvRecommendations;
  }
}
