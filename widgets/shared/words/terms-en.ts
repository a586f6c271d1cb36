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
  unconfigured: 'No server is set. Give this element an endpoint and a token, or place it inside <clv-provider>.',
  unreachable: 'The server cannot be reached.',
  refused: 'The server does not accept this key.',
  failed: 'The server could not answer.',
  noAnalysis: 'No analysis yet',
  noAnalysisHint: 'Import orders, then run an analysis: the figures appear here.',
  rough: (reason) => `Rough figures: ${reason}`,
  asOf: (date) => `As of ${date}`,
  customers: (count) => `${count} customers`,

  segments: 'Segments',
  allSegments: 'All segments',
  segmentCount: (count) => `${count} segments`,
  selected: (segments, customers, share) => `${segments} selected: ${customers}, ${share}`,
  clear: 'Clear',
};
