import type { Translations } from '../shared/words/localize.ts';

export interface AtRiskListTerms {
  customersAtRisk: string;
  /** Who is in the list, and by which column it is sorted. */
  listed: (column: string) => string;
  customer: string;
  moneyAtRisk: string;
  moneyAtRiskUnit: string;
  clv: string;
  churn: string;
  lastOrder: string;
  noneAtRisk: string;
  noneAtRiskHint: string;
  previous: string;
  next: string;
  range: (from: string, to: string, total: string) => string;
  /** The tooltip of a CLV. */
  clvRange: (value: string, low: string, high: string, median: string) => string;
  /** What the interval means. */
  interval: string;
  /** Share of customers whose outcome fell within the interval, in forecasts made on past days. */
  measured: (share: string) => string;
}

const en: AtRiskListTerms = {
  customersAtRisk: 'Customers at risk',
  listed: (column) => `Late: no order for twice their usual gap. Sorted by: ${column}`,
  customer: 'Customer',
  moneyAtRisk: 'Money at risk',
  moneyAtRiskUnit: 'CLV × churn',
  clv: 'CLV',
  churn: 'Churn',
  lastOrder: 'Last order',
  noneAtRisk: 'No customers here',
  noneAtRiskHint: 'Choose other segments. If there is no analysis yet, run an analysis.',
  previous: 'Previous page',
  next: 'Next page',
  range: (from, to, total) => `${from}–${to} of ${total}`,
  clvRange: (value, low, high, median) =>
    `${value}. 8 in 10 outcomes fall between ${low} and ${high}, half below ${median}`,
  interval: 'Interval in brackets: 8 in 10 outcomes fall within it',
  measured: (share) => `in past forecasts: ${share}`,
};

const de: AtRiskListTerms = {
  customersAtRisk: 'Gefährdete Kunden',
  listed: (column) => `Überfällig: doppelt so lange wie üblich ohne Bestellung. Sortiert nach: ${column}`,
  customer: 'Kunde',
  moneyAtRisk: 'Gefährdeter Betrag',
  moneyAtRiskUnit: 'CLV × Abwanderung',
  clv: 'CLV',
  churn: 'Abwan\u00adderung',
  lastOrder: 'Letzte Bestellung',
  noneAtRisk: 'Keine Kunden',
  noneAtRiskHint: 'Andere Segmente wählen. Gibt es noch keine Analyse: eine Analyse starten.',
  previous: 'Vorige Seite',
  next: 'Nächste Seite',
  range: (from, to, total) => `${from}–${to} von ${total}`,
  clvRange: (value, low, high, median) =>
    `${value}. 8 von 10 Ergebnissen liegen zwischen ${low} und ${high}, die Hälfte unter ${median}`,
  interval: 'Intervall in Klammern: 8 von 10 Ergebnissen liegen darin',
  measured: (share) => `in früheren Prognosen: ${share}`,
};

const ar: AtRiskListTerms = {
  customersAtRisk: 'عملاء معرضون للخطر',
  listed: (column) => `بلا طلب منذ ضعف الفترة المعتادة. الترتيب حسب: ${column}`,
  customer: 'العميل',
  moneyAtRisk: 'المعرض للخطر',
  moneyAtRiskUnit: 'القيمة × الانقطاع',
  clv: 'القيمة',
  churn: 'الانقطاع',
  lastOrder: 'آخر طلب',
  noneAtRisk: 'لا يوجد عملاء',
  noneAtRiskHint: 'اختر شرائح أخرى، أو ابدأ تحليلًا إن لم يُنشر أي تحليل بعد.',
  previous: 'الصفحة السابقة',
  next: 'الصفحة التالية',
  range: (from, to, total) => `${from}–${to} من ${total}`,
  clvRange: (value, low, high, median) => `${value}. تقع 8 من كل 10 نتائج بين ${low} و${high}، ونصفها دون ${median}`,
  interval: 'المجال بين قوسين: تقع ضمنه 8 من كل 10 نتائج',
  measured: (share) => `في التوقعات السابقة: ${share}`,
};

export const atRiskListTerms: Translations<AtRiskListTerms> = { en, de, ar };
