import type { Translations } from '../shared/words/localize.ts';

export interface ValueChartTerms {
  valueBySegment: string;
  valueByCohort: string;
  meanPerCustomer: string;
  monthsAhead: string;
  assumptions: (discountRate: string, margin: string) => string;
  within: (horizon: string) => string;
  expectedOrderDays: (count: string) => string;
  point: (name: string, horizon: string, value: string) => string;
  segment: string;
  firstPurchase: string;
  customersHeading: string;
  other: string;
  earlier: string;
  showTable: string;
  showChart: string;
  chartHelp: string;
  median: (value: string) => string;
  /** What the interval means. */
  range: string;
  /** How to see the band of one of many lines. */
  pointAtLine: string;
}

const en: ValueChartTerms = {
  valueBySegment: 'Customer value by segment',
  valueByCohort: 'Customer value by first purchase',
  meanPerCustomer: 'Predicted mean CLV per customer',
  monthsAhead: 'months ahead',
  assumptions: (discountRate, margin) => `${discountRate} discount a year, ${margin} margin`,
  within: (horizon) => `within ${horizon}`,
  expectedOrderDays: (count) => `${count} order days expected`,
  point: (name, horizon, value) => `${name}, ${horizon}: ${value} per customer`,
  segment: 'Segment',
  firstPurchase: 'First purchase',
  customersHeading: 'Customers',
  other: 'Other',
  earlier: 'Earlier',
  showTable: 'Show data table',
  showChart: 'Show chart',
  chartHelp: 'Arrow keys move between the points.',
  median: (value) => `median ${value}`,
  range: 'Range (in brackets, shaded): 8 in 10 come out within it',
  pointAtLine: 'Point at a line to see it',
};

const de: ValueChartTerms = {
  valueBySegment: 'Kundenwert nach Segment',
  valueByCohort: 'Kundenwert nach Erstkauf',
  meanPerCustomer: 'Mittlerer CLV je Kunde, Prognose',
  monthsAhead: 'Monate',
  assumptions: (discountRate, margin) => `${discountRate} Abzinsung im Jahr, ${margin} Marge`,
  within: (horizon) => `binnen ${horizon}`,
  expectedOrderDays: (count) => `${count} Bestelltage erwartet`,
  point: (name, horizon, value) => `${name}, ${horizon}: ${value} je Kunde`,
  segment: 'Segment',
  firstPurchase: 'Erstkauf',
  customersHeading: 'Kunden',
  other: 'Übrige',
  earlier: 'Früher',
  showTable: 'Tabelle zeigen',
  showChart: 'Diagramm zeigen',
  chartHelp: 'Pfeiltasten wechseln zwischen den Punkten.',
  median: (value) => `Median ${value}`,
  range: 'Spanne (in Klammern, getönt): 8 von 10 treffen hinein',
  pointAtLine: 'Auf eine Linie zeigen',
};

const ar: ValueChartTerms = {
  valueBySegment: 'قيمة العميل حسب الشريحة',
  valueByCohort: 'قيمة العميل حسب أول شراء',
  meanPerCustomer: 'متوسط القيمة المتوقعة لكل عميل',
  monthsAhead: 'شهرًا قادمًا',
  assumptions: (discountRate, margin) => `خصم ${discountRate} سنويًا، هامش ${margin}`,
  within: (horizon) => `خلال ${horizon}`,
  expectedOrderDays: (count) => `${count} أيام طلب متوقعة`,
  point: (name, horizon, value) => `${name}، ${horizon}: ${value} لكل عميل`,
  segment: 'الشريحة',
  firstPurchase: 'أول شراء',
  customersHeading: 'العملاء',
  other: 'أخرى',
  earlier: 'أقدم',
  showTable: 'عرض الجدول',
  showChart: 'عرض الرسم',
  chartHelp: 'تنقل بين النقاط بأسهم لوحة المفاتيح.',
  median: (value) => `الوسيط ${value}`,
  range: 'النطاق (بين قوسين ومظلَّل): تقع ضمنه 8 من كل 10',
  pointAtLine: 'أشر إلى خط لرؤيته',
};

export const valueChartTerms: Translations<ValueChartTerms> = { en, de, ar };
