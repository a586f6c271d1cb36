import { counted } from './plural.ts';
import type { Terms } from './terms.ts';

export const en: Terms = {
  CHAMPION: 'Champion',
  LOYAL: 'Loyal',
  POTENTIAL_LOYALIST: 'Potential loyalist',
  NEW: 'New',
  PROMISING: 'Promising',
  NEED_ATTENTION: 'Need attention',
  ABOUT_TO_SLEEP: 'About to sleep',
  AT_RISK: 'At risk',
  CANT_LOSE: 'Can’t lose',
  HIBERNATING: 'Hibernating',
  LOST: 'Lost',
  PROSPECT: 'Prospect',

  loading: 'Loading',
  retry: 'Try again',
  unconfigured: 'No server is set. Set `endpoint` and `token` on this element or on a <clv-provider> around it.',
  unreachable: 'The server cannot be reached.',
  originNotListed: (origin) => `Or the key does not list this page’s origin: ${origin}`,
  refused: 'The server does not accept this key.',
  failed: 'The server could not answer.',
  notAccepted: 'Not accepted:',
  accepted: 'Accepted:',
  noAnalysis: 'No analysis yet',
  noAnalysisHint: 'Import orders, then run an analysis. The results appear here.',
  rough: (reason) => `Rough estimates: ${reason}`,
  asOf: (date) => `As of ${date}`,
  customers: counted('en', { one: '# customer', other: '# customers' }),

  segments: 'Segments',
  allSegments: 'All segments',
  segmentCount: counted('en', { one: '# segment', other: '# segments' }),
  selected: (segments, customers, share) => `${segments} selected: ${customers}, ${share}`,
  clear: 'Clear',
};
