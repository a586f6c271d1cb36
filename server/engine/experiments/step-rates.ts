import { rate } from './rate.ts';
import type { StepRates } from './result-types.ts';
import type { CampaignCell, StepCounts } from './types.ts';

/** The funnel over cells, each step of those who could take it. */
export function stepRates(cells: readonly Pick<CampaignCell, 'customers' | 'steps'>[]): StepRates {
  const total = (step: keyof StepCounts) => cells.reduce((sum, { steps }) => sum + steps[step], 0);
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0);
  const [sent, delivered, opened] = [total('sent'), total('delivered'), total('opened')];
  return {
    sent: rate(sent, customers),
    delivered: rate(delivered, sent),
    opened: rate(opened, delivered),
    clicked: rate(total('clicked'), delivered),
    unsubscribed: rate(total('unsubscribed'), delivered),
    complained: rate(total('complained'), delivered),
    clickToOpen: rate(total('clicked'), opened),
    bounced: rate(total('bounced'), sent),
    converted: rate(total('converted'), customers),
  };
}
