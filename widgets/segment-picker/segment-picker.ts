// First, so that a provider around the element is ready before it.
import '../provider/provider.ts';

import { ClvSegmentPicker } from './segment-picker.component.ts';

if (!customElements.get('clv-segment-picker')) customElements.define('clv-segment-picker', ClvSegmentPicker);

declare global {
  interface HTMLElementTagNameMap {
    'clv-segment-picker': ClvSegmentPicker;
  }
}
