import type { CampaignResultsTerms } from './campaign-results.terms.ts';

export const en: CampaignResultsTerms = {
  names: {
    SMS: 'SMS',
    CLICK: 'Clicks',
  },
  campaignResults: 'Campaign results',
  campaign: 'Campaign',
  metric: 'Judged by',
  splitBy: 'Split by',
  window: 'Window',

  NO_DATA: 'No results yet: no customer’s window has ended',
  TOO_EARLY: 'Too early: more customers are needed',
  INCONCLUSIVE: (name) => `No clear difference; ${name} is furthest ahead`,
  SAMPLE_RATIO_MISMATCH: 'The variants are not comparable: their sizes differ from the planned split',
  BETTER: (name) => `${name} beats the control group`,
  WORSE: (name) => `${name} does worse than the control group`,
  notCausal: 'Not causal',
  noControl: 'no control group',
  needed: 'customers needed',
  expected: 'expected',

  customers: 'Customers counted',
  open: 'Windows still open',
  contaminated: 'In several variants (not counted)',
  convertedBeforeSend: 'Converted before the send (not counted)',

  variant: 'Variant',
  control: 'Control',
  nobody: 'No customers yet',
  sent: 'Sent',
  opened: 'Opened',
  ofDelivered: 'of delivered',
  perCustomer: 'per customer',
  lift: 'Lift',
  points: 'pp',
  to: 'to',
  best: 'Chance of being best',
  added: 'Revenue added',
  cost: 'Cost',
  returned: 'Return',
  timesCost: 'times the cost',

  intervals: 'In brackets: 95% interval',
  watched: 'while windows are open, only the intervals of lifts are valid at every look',
  corrected: 'p-values corrected (Holm)',
  byChance: 'with many groups, some differ by chance',
  adjusted: 'adjusted for earlier spend',

  none: ['No campaigns yet', 'Import the recipients of a campaign. The results appear here.'],
  noSuch: 'No such campaign',
};
