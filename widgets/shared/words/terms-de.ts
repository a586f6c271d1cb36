import { counted } from './plural.ts';
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
  unconfigured:
    'Kein Server eingestellt. „endpoint“ und „token“ an diesem Element oder an einem <clv-provider> darum angeben.',
  unreachable: 'Der Server ist nicht erreichbar.',
  originNotListed: (origin) => `Oder der Schlüssel nennt den Ursprung dieser Seite nicht: ${origin}`,
  refused: 'Der Server nimmt diesen Schlüssel nicht an.',
  failed: 'Der Server konnte nicht antworten.',
  notAccepted: 'Nicht zulässig:',
  accepted: 'Zulässig:',
  noAnalysis: 'Noch keine Analyse',
  noAnalysisHint: 'Bestellungen importieren und eine Analyse starten. Die Ergebnisse erscheinen hier.',
  rough: (reason) => `Grobe Schätzung: ${reason}`,
  asOf: (date) => `Stand ${date}`,
  customers: counted('de', { one: '# Kunde', other: '# Kunden' }),

  segments: 'Segmente',
  allSegments: 'Alle Segmente',
  segmentCount: counted('de', { one: '# Segment', other: '# Segmente' }),
  selected: (segments, customers, share) => `${segments} gewählt: ${customers}, ${share}`,
  clear: 'Aufheben',
};
