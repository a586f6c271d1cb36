/** What the demo pages share: language, colours, and how they ask the server. */

/** The page is written in English; these are its other languages. */
const TRANSLATIONS = {
  de: {
    'Skip to content': 'Zum Inhalt',
    Orders: 'Bestellungen',
    Products: 'Produkte',
    Customers: 'Kunden',
    Campaigns: 'Kampagnen',
    Discounts: 'Rabatte',
    Settings: 'Einstellungen',
    Import: 'Import',
    'Customer value': 'Kundenwert',
    'Who your best customers are, and who is slipping away.': 'Wer die besten Kunden sind, und wer verloren geht.',
    'Their value, next 12 months': 'Ihr Wert, nächste 12 Monate',
    'Mean per customer, 12 months': 'Mittel je Kunde, 12 Monate',
    'Figures as of': 'Stand',
    'By segment': 'Nach Segment',
    'By first order': 'Nach erster Bestellung',
    'Choose a customer from the list to see the details here.':
      'Einen Kunden in der Liste wählen, um ihn hier zu sehen.',
    'Customer number': 'Kundennummer',
    'No customer has this number.': 'Kein Kunde hat diese Nummer.',
    'The details could not be loaded.': 'Der Kunde konnte nicht geladen werden.',
    'Money at risk': 'Gefährdeter Betrag',
    'Value, %': 'Wert, %',
    'Churn within %': 'Abwanderung binnen %',
    'Likely gone by': 'Wahrscheinlich verloren ab',
    'Net revenue so far': 'Nettoumsatz bisher',
    'Last order': 'Letzter Kauf',
    Country: 'Land',
    Channel: 'Kanal',
    'Your file': 'Ihre Datei',
    'Drop what your shop exports, then see the figures of your own customers.':
      'Legen Sie ab, was Ihr Shop ausgibt, und sehen Sie die Zahlen Ihrer eigenen Kunden.',
    'Your data stays on this machine, in the workspace default, apart from the demo store.':
      'Ihre Daten bleiben auf diesem Rechner, im Arbeitsbereich default, getrennt vom Demo-Shop.',
    Analyse: 'Auswerten',
    'Analysing …': 'Wird ausgewertet …',
    'The analysis failed: %': 'Die Auswertung ist fehlgeschlagen: %',
    'See your customers': 'Zu Ihren Kunden',
  },
  ar: {
    'Skip to content': 'إلى المحتوى',
    Orders: 'الطلبات',
    Products: 'المنتجات',
    Customers: 'العملاء',
    Campaigns: 'الحملات',
    Discounts: 'الخصومات',
    Settings: 'الإعدادات',
    Import: 'استيراد',
    'Customer value': 'قيمة العملاء',
    'Who your best customers are, and who is slipping away.': 'من هم أفضل عملائك، ومن يوشك على الرحيل.',
    'Their value, next 12 months': 'قيمتهم خلال 12 شهرًا',
    'Mean per customer, 12 months': 'المتوسط لكل عميل، 12 شهرًا',
    'Figures as of': 'الأرقام حتى',
    'By segment': 'حسب الشريحة',
    'By first order': 'حسب أول طلب',
    'Choose a customer from the list to see the details here.': 'اختر عميلًا من القائمة لعرض تفاصيله هنا.',
    'Customer number': 'رقم العميل',
    'No customer has this number.': 'لا يوجد عميل بهذا الرقم.',
    'The details could not be loaded.': 'تعذّر تحميل التفاصيل.',
    'Money at risk': 'المبلغ المعرض للخطر',
    'Value, %': 'القيمة، %',
    'Churn within %': 'احتمال الانقطاع خلال %',
    'Likely gone by': 'يُرجَّح رحيله بحلول',
    'Net revenue so far': 'صافي الإيراد حتى الآن',
    'Last order': 'آخر طلب',
    Country: 'البلد',
    Channel: 'القناة',
    'Your file': 'ملفك',
    'Drop what your shop exports, then see the figures of your own customers.':
      'أفلت ما يصدّره متجرك ثم اطّلع على أرقام عملائك.',
    'Your data stays on this machine, in the workspace default, apart from the demo store.':
      'تبقى بياناتك على هذا الجهاز في مساحة العمل default بعيدًا عن متجر العرض.',
    Analyse: 'تحليل',
    'Analysing …': 'جارٍ التحليل …',
    'The analysis failed: %': 'فشل التحليل: %',
    'See your customers': 'عرض عملائك',
  },
};

export const page = document.documentElement;
export const provider = document.querySelector('clv-provider');
const english = new Map([...document.querySelectorAll('[data-t]')].map((node) => [node, textOf(node)]));

export async function query(document, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${provider.getAttribute('token')}` },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

export function t(text, value = '') {
  return (TRANSLATIONS[page.lang]?.[text] ?? text).replace('%', value);
}

/** Calls back after the language has changed. */
export function onLanguage(callback) {
  document.querySelector('#language').addEventListener('change', callback);
}

function textOf(node) {
  return node.dataset.t === 'placeholder' ? node.placeholder : node.textContent;
}

document.querySelector('#theme').addEventListener('click', () => {
  const isDark = page.dataset.theme
    ? page.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  page.dataset.theme = isDark ? 'light' : 'dark';
});

document.querySelector('#language').addEventListener('change', ({ target }) => {
  page.lang = target.value;
  page.dir = target.value === 'ar' ? 'rtl' : 'ltr';
  for (const [node, text] of english) node[node.dataset.t || 'textContent'] = t(text);
});
