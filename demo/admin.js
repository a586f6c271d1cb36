import { onLanguage, page, provider, query, t } from './page.js';

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

const chart = document.querySelector('clv-value-chart');
const detail = document.querySelector('#detail');
let figures;
let customer;

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

onLanguage(() => {
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
