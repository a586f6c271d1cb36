import type { Terms } from './terms.ts';

export const de: Terms = {
  CHAMPION: 'Spitzenkunde',
  LOYAL: 'Treu',
  POTENTIAL_LOYALIST: 'Bald treu',
  NEW: 'Neu',
  PROMISING: 'Vielversprechend',
  NEED_ATTENTION: 'Braucht Zuwendung',
  ABOUT_TO_SLEEP: 'Vor dem Einschlafen',
  AT_RISK: 'Gefährdet',
  CANT_LOSE: 'Unverzichtbar',
  HIBERNATING: 'Im Winterschlaf',
  LOST: 'Verloren',
  PROSPECT: 'Interessent',

  loading: 'Wird geladen',
  retry: 'Erneut versuchen',
  unconfigured: 'Kein Server eingestellt: endpoint und token angeben oder in <clv-provider> einsetzen.',
  unreachable: 'Der Server ist nicht erreichbar.',
  refused: 'Der Server nimmt diesen Schlüssel nicht an.',
  failed: 'Der Server konnte nicht antworten.',
  noAnalysis: 'Noch keine Analyse',
  noAnalysisHint: 'Bestellungen importieren und analysieren: dann stehen hier die Zahlen.',
  rough: (reason) => `Grobe Zahlen: ${reason}`,
  asOf: (date) => `Stand ${date}`,
  customers: (count) => `${count} Kunden`,

  segments: 'Segmente',
  allSegments: 'Alle Segmente',
  segmentCount: (count) => `${count} Segmente`,
  selected: (segments, customers, share) => `${segments} gewählt: ${customers}, ${share}`,
  clear: 'Aufheben',
};
