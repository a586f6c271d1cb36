import type { Translations } from '../shared/words/localize.ts';
import { type Counted, counted } from '../shared/words/plural.ts';

export interface ValueChartTerms {
  valueBySegment: string;
  valueByCohort: string;
  meanPerCustomer: string;
  monthsAhead: string;
  assumptions: (discountRate: string, margin: string) => string;
  within: (horizon: string) => string;
  expectedOrderDays: Counted;
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
  /** Where one customer carries much of the spread. */
  withoutLargest: (value: string) => string;
  /** What the interval means. */
  range: string;
  /** The same, with how many forecasts of totals made on past days came out within theirs. */
  measuredRange: (held: string, count: string) => string;
  /** How to see the interval of one of many lines. */
  pointAtLine: string;
}

const en: ValueChartTerms = {
  valueBySegment: 'Customer value by segment',
  valueByCohort: 'Customer value by first order',
  meanPerCustomer: 'Predicted mean CLV per customer',
  monthsAhead: 'months ahead',
  assumptions: (discountRate, margin) => `Annual discount rate ${discountRate}, margin ${margin}`,
  within: (horizon) => `within ${horizon}`,
  expectedOrderDays: counted('en', { one: '# order day expected', other: '# order days expected' }, 1),
  point: (name, horizon, value) => `${name}, ${horizon}: ${value} per customer`,
  segment: 'Segment',
  firstPurchase: 'First order',
  customersHeading: 'Customers',
  other: 'Other',
  earlier: 'Earlier',
  showTable: 'Show data table',
  showChart: 'Show chart',
  chartHelp: 'Use the arrow keys to move between points.',
  median: (value) => `median ${value}`,
  withoutLargest: (value) => `${value} without the largest customer`,
  range: 'Interval (in brackets, shaded): 8 in 10 outcomes fall within it',
  measuredRange: (held, count) => `Interval (in brackets, shaded): 8 in 10 outcomes, in the past ${held} of ${count}`,
  pointAtLine: 'Point at a line to see its interval',
};

const de: ValueChartTerms = {
  valueBySegment: 'Kundenwert nach Segment',
  valueByCohort: 'Kundenwert nach erster Bestellung',
  meanPerCustomer: 'Prognose: mittlerer CLV je Kunde',
  monthsAhead: 'Monate voraus',
  assumptions: (discountRate, margin) => `Diskontsatz ${discountRate} im Jahr, Marge ${margin}`,
  within: (horizon) => `innerhalb von ${horizon}`,
  expectedOrderDays: counted('de', { one: '# Bestelltag erwartet', other: '# Bestelltage erwartet' }, 1),
  point: (name, horizon, value) => `${name}, ${horizon}: ${value} je Kunde`,
  segment: 'Segment',
  firstPurchase: 'Erste Bestellung',
  customersHeading: 'Kunden',
  other: 'Übrige',
  earlier: 'Früher',
  showTable: 'Tabelle zeigen',
  showChart: 'Diagramm zeigen',
  chartHelp: 'Mit den Pfeiltasten zwischen den Punkten wechseln.',
  median: (value) => `Median ${value}`,
  withoutLargest: (value) => `${value} ohne den größten Kunden`,
  range: 'Intervall (in Klammern, schattiert): 8 von 10 Ergebnissen liegen darin',
  measuredRange: (held, count) =>
    `Intervall (in Klammern, schattiert): 8 von 10 Ergebnissen, bisher ${held} von ${count}`,
  pointAtLine: 'Auf eine Linie zeigen, um ihr Intervall zu sehen',
};

const ar: ValueChartTerms = {
  valueBySegment: 'قيمة العميل حسب الشريحة',
  valueByCohort: 'قيمة العميل حسب أول طلب',
  meanPerCustomer: 'متوسط القيمة المتوقعة لكل عميل',
  monthsAhead: 'الأشهر القادمة',
  assumptions: (discountRate, margin) => `معدل الخصم السنوي ${discountRate}، الهامش ${margin}`,
  within: (horizon) => `خلال ${horizon}`,
  expectedOrderDays: counted('ar', { few: '# أيام طلب متوقعة', many: '# يوم طلب متوقعًا', other: '# يوم طلب متوقع' }, 1),
  point: (name, horizon, value) => `${name}، ${horizon}: ${value} لكل عميل`,
  segment: 'الشريحة',
  firstPurchase: 'أول طلب',
  customersHeading: 'العملاء',
  other: 'أخرى',
  earlier: 'أقدم',
  showTable: 'عرض الجدول',
  showChart: 'عرض الرسم',
  chartHelp: 'تنقل بين النقاط بأسهم لوحة المفاتيح.',
  median: (value) => `الوسيط ${value}`,
  withoutLargest: (value) => `${value} بدون أكبر عميل`,
  range: 'المجال (بين قوسين ومظلَّل): تقع ضمنه 8 من كل 10 نتائج',
  measuredRange: (held, count) => `المجال (بين قوسين ومظلَّل): 8 من كل 10 نتائج، وسابقًا ${held} من ${count}`,
  pointAtLine: 'أشر إلى خط لرؤية مجاله',
};

export const valueChartTerms: Translations<ValueChartTerms> = { en, de, ar };
