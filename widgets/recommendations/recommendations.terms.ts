import type { RecommendationKind, RecommendationVariant } from '../generated/graphql.ts';
import type { Translations } from '../shared/words/localize.ts';
import { type Counted, counted } from '../shared/words/plural.ts';

import type { Lack } from './recommendations.data.ts';

export interface RecommendationsTerms
  extends Readonly<Record<RecommendationKind, string>>,
    /** What a list is based on. */
    Readonly<Record<RecommendationVariant, string>> {
  title: string;
  forCustomer: (name: string) => string;
  product: string;
  why: string;
  chance: string;
  within: (days: string) => string;
  margin: string;
  isExpected: string;
  /** How the expected margin comes about. */
  marginHint: string;
  expected: (date: string) => string;
  overdue: (days: string) => string;

  because: (names: string) => string;
  lookedAt: (names: string) => string;
  /** Customers who bought this and a product named. */
  boughtBoth: Counted;
  goesWithBought: string;
  usualGap: (days: string) => string;
  lastBought: (ago: string) => string;
  boughtAgain: string;
  comma: string;
  priceRatio: (ratio: string, category: string | undefined) => string;
  /** A step up from products named, or from none. */
  stepUp: (names: string | undefined) => string;
  sellsBest: string;

  choose: string;
  chooseHint: string;
  /** Why there is no row, and what to do. */
  lack: Readonly<Record<Lack, readonly [title: string, hint: string]>>;
}

const en: RecommendationsTerms = {
  CROSS_SELL: 'Cross-sell',
  UP_SELL: 'Up-sell',
  REPLENISH: 'Replenish',
  TRENDING: 'Trending',
  PERSONAL: 'Based on what this customer bought',
  CONTROL: 'List for the control group',
  FALLBACK: 'Not the personal list',

  title: 'Recommended products',
  forCustomer: (name) => `For ${name}`,
  product: 'Product',
  why: 'Why',
  chance: 'Chance',
  within: (days) => `within ${days}`,
  margin: 'Margin',
  isExpected: 'expected',
  marginHint: 'The chance of a purchase times its margin',
  expected: (date) => `expected ${date}`,
  overdue: (days) => `${days} overdue`,

  because: (names) => `because they bought ${names}`,
  lookedAt: (names) => `because they looked at ${names}`,
  boughtBoth: counted('en', { one: '# customer bought both', other: '# customers bought both' }),
  goesWithBought: 'goes with what they bought',
  usualGap: (days) => `usually again after ${days}`,
  lastBought: (ago) => `last bought ${ago}`,
  boughtAgain: 'customers usually buy it again',
  comma: ', ',
  priceRatio: (ratio, category) =>
    `${ratio} times what they usually pay${category === undefined ? '' : ` in ${category}`}`,
  stepUp: (names) => `a step up${names === undefined ? '' : ` from ${names}`}`,
  sellsBest: 'a recent best seller',

  choose: 'No customer chosen',
  chooseHint: 'Choose a customer to see recommendations.',
  lack: {
    customer: ['No such customer', 'Choose another one.'],
    run: ['No recommendations yet', 'Import orders, then run an analysis. The recommendations appear here.'],
    recommendations: ['No recommendations for this customer', 'Choose other kinds, or wait for further orders.'],
  },
};

const de: RecommendationsTerms = {
  CROSS_SELL: 'Ergänzung',
  UP_SELL: 'Höherwertig',
  REPLENISH: 'Nachkauf',
  TRENDING: 'Im Trend',
  PERSONAL: 'Nach den Käufen dieses Kunden',
  CONTROL: 'Liste für die Kontrollgruppe',
  FALLBACK: 'Nicht die persönliche Liste',

  title: 'Empfohlene Produkte',
  forCustomer: (name) => `Für ${name}`,
  product: 'Produkt',
  why: 'Warum',
  chance: 'Chance',
  within: (days) => `nächste ${days}`,
  margin: 'Marge',
  isExpected: 'erwartet',
  marginHint: 'Chance eines Kaufs mal seine Marge',
  expected: (date) => `erwartet ${date}`,
  overdue: (days) => `${days} überfällig`,

  because: (names) => `passt zu ${names}`,
  lookedAt: (names) => `angesehen: ${names}`,
  boughtBoth: counted('de', { one: '# Kunde kaufte beides', other: '# Kunden kauften beides' }),
  goesWithBought: 'passt zu bisherigen Käufen',
  usualGap: (days) => `üblicher Abstand ${days}`,
  lastBought: (ago) => `zuletzt gekauft ${ago}`,
  boughtAgain: 'wird meist wieder gekauft',
  comma: ', ',
  priceRatio: (ratio, category) =>
    `das ${ratio}-Fache des üblichen Preises${category === undefined ? '' : ` in „${category}“`}`,
  stepUp: (names) => `eine Stufe ${names === undefined ? 'höher' : `über ${names}`}`,
  sellsBest: 'verkauft sich zurzeit am besten',

  choose: 'Kein Kunde gewählt',
  chooseHint: 'Einen Kunden wählen, um Empfehlungen zu sehen.',
  lack: {
    customer: ['Kunde nicht gefunden', 'Einen anderen wählen.'],
    run: [
      'Noch keine Empfehlungen',
      'Bestellungen importieren und eine Analyse starten. Die Empfehlungen erscheinen hier.',
    ],
    recommendations: [
      'Keine Empfehlungen für diesen Kunden',
      'Andere Arten wählen oder weitere Bestellungen abwarten.',
    ],
  },
};

const ar: RecommendationsTerms = {
  CROSS_SELL: 'مكمّل',
  UP_SELL: 'أعلى فئة',
  REPLENISH: 'إعادة شراء',
  TRENDING: 'رائج',
  PERSONAL: 'مختارة مما اشتراه هذا العميل',
  CONTROL: 'قائمة المجموعة الضابطة',
  FALLBACK: 'ليست القائمة الشخصية',

  title: 'منتجات موصى بها',
  forCustomer: (name) => `إلى ${name}`,
  product: 'المنتج',
  why: 'السبب',
  chance: 'الاحتمال',
  within: (days) => `خلال ${days}`,
  margin: 'الهامش',
  isExpected: 'المتوقع',
  marginHint: 'الاحتمال مضروبًا في هامش الشراء',
  expected: (date) => `متوقع ${date}`,
  overdue: (days) => `متأخر ${days}`,

  because: (names) => `لأنه اشترى ${names}`,
  lookedAt: (names) => `لأنه شاهد ${names}`,
  boughtBoth: counted('ar', {
    zero: 'لم يشترِ أحد كليهما',
    one: 'اشترى عميل واحد كليهما',
    two: 'اشترى عميلان كليهما',
    few: 'اشترى # عملاء كليهما',
    many: 'اشترى # عميلًا كليهما',
    other: 'اشترى # عميل كليهما',
  }),
  goesWithBought: 'يناسب ما اشتراه',
  usualGap: (days) => `يعود لشرائه عادةً بعد ${days}`,
  lastBought: (ago) => `آخر شراء ${ago}`,
  boughtAgain: 'يُشترى عادةً من جديد',
  comma: '، ',
  priceRatio: (ratio, category) => `${ratio} × ما يدفعه عادةً${category === undefined ? '' : ` في ${category}`}`,
  stepUp: (names) => `درجة أعلى${names === undefined ? '' : ` من ${names}`}`,
  sellsBest: 'الأكثر مبيعًا مؤخرًا',

  choose: 'لم يُختر عميل',
  chooseHint: 'اختر عميلًا لعرض التوصيات.',
  lack: {
    customer: ['لا يوجد عميل كهذا', 'اختر عميلًا آخر.'],
    run: ['لا توجد توصيات بعد', 'استورد الطلبات ثم ابدأ تحليلًا لتظهر التوصيات هنا.'],
    recommendations: ['لا توصيات لهذا العميل', 'اختر أنواعًا أخرى، أو انتظر طلبات أخرى.'],
  },
};

export const recommendationsTerms: Translations<RecommendationsTerms> = { en, de, ar };
