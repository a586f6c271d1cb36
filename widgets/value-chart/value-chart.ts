// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvValueChart } from './value-chart.component.ts';

if (!customElements.get('clv-value-chart')) customElements.define('clv-value-chart', ClvValueChart);

declare global {
  interface HTMLElementTagNameMap {
    'clv-value-chart': ClvValueChart;
  }
}
