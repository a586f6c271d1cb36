/** The shop's own script: it knows the widgets by their attributes and events only. */

const INTERVAL = 'interval { p10 { amount } p90 { amount } }';

const FIGURES = `query DemoFigures {
  workspace { customerCount }
  clv { run { asOf } curve { horizonMonths total { amount currency } ${INTERVAL} mean { amount currency } meanInterval { p10 { amount } p90 { amount } } } }
}`;

const CUSTOMER = `query DemoCustomer($id: ID, $externalId: String) {
  customer(id: $id, externalId: $externalId) {
    id externalId name email country channel segment lastOrderOn
    netRevenue { amount currency }
    clv { horizonMonths value { amount currency } ${INTERVAL} }
    churn { withinDays probability actBefore moneyAtRisk { amount currency } }
  }
}`;

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
  },
  ar: {
    'Skip to content': 'إلى المحتوى',
    Orders: 'الطلبات',
    Products: 'المنتجات',
    Customers: 'العملاء',
    Campaigns: 'الحملات',
    Discounts: 'الخصومات',
    Settings: 'الإعدادات',
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
  },
};

const page = document.documentElement;
const provider = document.querySelector('clv-provider');
const chart = document.querySelector('clv-value-chart');
const detail = document.querySelector('#detail');
const english = new Map([...document.querySelectorAll('[data-t]')].map((node) => [node, textOf(node)]));
let figures;
let customer;

async function query(document, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${provider.getAttribute('token')}` },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

function t(text, value = '') {
  return (TRANSLATIONS[page.lang]?.[text] ?? text).replace('%', value);
}

function textOf(node) {
  return node.dataset.t === 'placeholder' ? node.placeholder : node.textContent;
}

function money({ amount, currency }, options = { maximumFractionDigits: 0 }) {
  return new Intl.NumberFormat(page.lang, { style: 'currency', currency, ...options }).format(amount);
}

/** `(120–260)`, to stand after a value: eight in ten come out within it. */
function range(interval, options) {
  if (!interval) return '';
  const end = ({ amount }) => new Intl.NumberFormat(page.lang, { maximumFractionDigits: 0, ...options }).format(amount);
  return `(${end(interval.p10)}–${end(interval.p90)})`;
}

function date(value) {
  return new Intl.DateTimeFormat(page.lang, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));
}

function unit(value, name) {
  return new Intl.NumberFormat(page.lang, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
}

function percent(value) {
  return new Intl.NumberFormat(page.lang, { style: 'percent', minimumFractionDigits: 1 }).format(value);
}

function countryName(country) {
  return /^[A-Z]{2}$/.test(country) ? new Intl.DisplayNames(page.lang, { type: 'region' }).of(country) : country;
}

function node(name, text, className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function showFigures() {
  const year = figures?.clv?.curve.find(({ horizonMonths }) => horizonMonths === 12);
  const compact = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 };
  const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const set = (id, text, itsRange = '') => {
    document.querySelector(id).replaceChildren(`${text} `, node('small', itsRange));
  };
  if (figures) set('#customers', new Intl.NumberFormat(page.lang).format(figures.workspace.customerCount));
  if (year) set('#value', money(year.total, compact), range(year.interval, compact));
  if (year) set('#mean', money(year.mean, cents), range(year.meanInterval, cents));
  if (year) set('#as-of', date(figures.clv.run.asOf));
}

function showCustomer() {
  if (customer === undefined) return;
  const { externalId, name, email, country, channel, segment, lastOrderOn, netRevenue, clv, churn } = customer;
  const facts = [
    churn && [t('Money at risk'), money(churn.moneyAtRisk), 'strong'],
    clv && [t('Value, %', unit(clv.horizonMonths, 'month')), `${money(clv.value)} ${range(clv.interval)}`],
    churn && [t('Churn within %', unit(churn.withinDays, 'day')), percent(churn.probability)],
    churn?.actBefore && [t('Likely gone by'), date(churn.actBefore)],
    [t('Net revenue so far'), money(netRevenue)],
    lastOrderOn && [t('Last order'), date(lastOrderOn)],
    country && [t('Country'), countryName(country)],
    channel && [t('Channel'), channel],
  ];
  const list = document.createElement('dl');
  for (const [label, value, className] of facts.filter(Boolean)) {
    const row = node('div', '', className);
    row.append(node('dt', label), node('dd', value));
    list.append(row);
  }
  detail.dataset.segment = segment ?? '';
  const under = [name && externalId, email].filter(Boolean).map((text) => node('p', text, 'under'));
  detail.replaceChildren(node('h2', name ?? externalId), ...under, list);
}

async function openCustomer(key) {
  try {
    const answer = await query(CUSTOMER, key);
    customer = answer.customer ?? undefined;
    if (customer) showCustomer();
    else detail.replaceChildren(node('p', t('No customer has this number.'), 'hint'));
  } catch {
    detail.replaceChildren(node('p', t('The details could not be loaded.'), 'hint'));
  }
}

document.addEventListener('clv-customer-select', ({ detail: { id } }) => openCustomer({ id }));

document.addEventListener('clv-recommendation-select', ({ detail: { product } }) => {
  location.hash = `products/${product.externalId}`;
});

document.querySelector('#search').addEventListener('submit', async (event) => {
  event.preventDefault();
  const externalId = event.target.elements.customer.value.trim();
  if (externalId === '') return;
  await openCustomer({ externalId });
  provider.setAttribute('customer', customer?.id ?? '');
});

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
  showFigures();
  showCustomer();
});

for (const button of document.querySelectorAll('[data-by]')) {
  button.addEventListener('click', () => {
    chart.setAttribute('by', button.dataset.by);
    for (const other of document.querySelectorAll('[data-by]')) other.ariaPressed = String(other === button);
  });
}

figures = await query(FIGURES).catch(() => undefined);
showFigures();
