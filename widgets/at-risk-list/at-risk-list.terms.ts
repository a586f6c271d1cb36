import type { Translations } from '../shared/words/localize.ts';

export interface AtRiskListTerms {
  customersAtRisk: string;
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
  /** Share of customers who did come out within theirs. */
  measured: (share: string) => string;
}

const en: AtRiskListTerms = {
  customersAtRisk: 'Customers at risk',
  customer: 'Customer',
  moneyAtRisk: 'Money at risk',
  moneyAtRiskUnit: 'CLV × churn',
  clv: 'CLV',
  churn: 'Churn',
  lastOrder: 'Last order',
  noneAtRisk: 'No customers here',
  noneAtRiskHint: 'Choose other segments, or run an analysis if none has been published yet.',
  previous: 'Previous page',
  next: 'Next page',
  range: (from, to, total) => `${from}–${to} of ${total}`,
  clvRange: (value, low, high, median) => `${value}: 8 in 10 come out from ${low} to ${high}, half below ${median}`,
  interval: 'Range in brackets: 8 in 10 come out within it',
  measured: (share) => `measured: ${share} within`,
};

const de: AtRiskListTerms = {
  customersAtRisk: 'Gefährdete Kunden',
  customer: 'Kunde',
  moneyAtRisk: 'Betrag in Gefahr',
  moneyAtRiskUnit: 'CLV × Abwanderung',
  clv: 'CLV',
  churn: 'Abwan\u00adderung',
  lastOrder: 'Letzter Kauf',
  noneAtRisk: 'Keine Kunden',
  noneAtRiskHint: 'Andere Segmente wählen, oder eine Analyse starten, falls noch keine vorliegt.',
  previous: 'Vorige Seite',
  next: 'Nächste Seite',
  range: (from, to, total) => `${from}–${to} von ${total}`,
  clvRange: (value, low, high, median) =>
    `${value}: 8 von 10 kommen auf ${low} bis ${high}, die Hälfte unter ${median}`,
  interval: 'Spanne in Klammern: 8 von 10 treffen hinein',
  measured: (share) => `gemessen: ${share}`,
};

const ar: AtRiskListTerms = {
  customersAtRisk: 'عملاء معرضون للخطر',
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
  clvRange: (value, low, high, median) => `${value}: تقع 8 من كل 10 بين ${low} و${high}، ونصفها دون ${median}`,
  interval: 'النطاق بين قوسين: تقع ضمنه 8 من كل 10',
  measured: (share) => `المقيس: ${share} ضمنه`,
};

export const atRiskListTerms: Translations<AtRiskListTerms> = { en, de, ar };
