// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvCampaignResults } from './campaign-results.component.ts';

if (!customElements.get('clv-campaign-results')) customElements.define('clv-campaign-results', ClvCampaignResults);

declare global {
  interface HTMLElementTagNameMap {
    'clv-campaign-results': ClvCampaignResults;
  }
}
