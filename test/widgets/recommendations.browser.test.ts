import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { RecommendationSelect } from '../../widgets/shared/events.ts';

import { inside, mount, texts, the } from './mount.ts';
import { answerOf, recommendationsAnswer, type Sent, stubServer } from './stub-server.ts';

const ISOLATES = /[\u2068\u2069]/g;
const REASONS = [
  '12 days overdue · usually again after 34 days, last bought 46 days ago',
  'because they bought Teapot: 41 customers bought both',
  'a step up from Teapot: 1.4 times what they usually pay in Tea',
  'expected Nov 12 · usually again after 60 days, last bought 48 days ago',
  'a recent best seller',
];

let sent: Sent[];
let chosen: RecommendationSelect[];

const list = () => the('clv-recommendations');
const rows = () => inside(list(), 'tbody tr');
const read = (selector: string) => texts(list(), selector).map((text) => text.replace(ISOLATES, ''));
const ready = (count = 5) => vi.waitFor(() => expect(rows()).toHaveLength(count));

function show(attributes = 'customer="id-1"', width = 720): void {
  const main = mount(`<clv-recommendations endpoint="/graphql" ${attributes}></clv-recommendations>`, width);
  main.addEventListener('clv-recommendation-select', ({ detail }) => chosen.push(detail));
}

beforeEach(() => {
  sent = stubServer();
  chosen = [];
});
afterEach(() => vi.unstubAllGlobals());

describe('a list', () => {
  it('shows for each product its kind, its reason, its chance and its margin, each figure with its unit', async () => {
    show();
    await ready();
    expect(texts(list(), 'thead th')).toEqual(['Product', 'Why', 'Chance within 28 days', 'Margin expected']);
    expect(inside(list(), 'thead th')[3]!.title).toBe('The chance of a purchase times its margin');
    expect(read('tbody th')).toEqual([
      'Green tea Tea',
      'Milk jug Tea',
      'Iron teapot Tea',
      'Oolong Tea',
      'Advent calendar',
    ]);
    expect(read('.kind')).toEqual(['Replenish', 'Cross-sell', 'Up-sell', 'Replenish', 'Trending']);
    expect(read('.why')).toEqual(REASONS.map((reason, index) => `${read('.kind')[index]} ${reason}`));
    expect(texts(list(), 'tbody td:nth-child(3)')).toEqual(['41.2%', '18.2%', '7.1%', '6.1%', '–']);
    expect(texts(list(), 'tbody td:nth-child(4)')).toEqual(['€1.85', '€2.10', '–', '€0.93', '–']);
    expect(inside(list(), '.due')[0]!.title).toBe('Nov 12, 2026');
    expect(read('.subtitle')).toEqual(['For Customer id-1 · As of Oct 31, 2026']);
  });

  it('shows kinds by shape', async () => {
    show();
    await ready();
    const shapes = inside(list(), '.kind path').map((path) => path.getAttribute('d'));
    expect(new Set(shapes).size).toBe(4);
    expect(shapes[0]).toBe(shapes[3]);
  });

  it('says by what it is the customer’s own, and where it is not, why', async () => {
    show();
    await ready();
    expect(read('.basis')).toEqual(['Based on what this customer bought']);
    expect(inside(list(), '[part=variant]')).toEqual([]);
    const reason = 'control group of this placement: the best-selling products in DE';
    stubServer(({ variables }) => recommendationsAnswer(variables, { variant: 'CONTROL', reason }));
    list().placement = 'checkout';
    await vi.waitFor(() => expect(read('[part=variant]')).toEqual([`List for the control group · ${reason}`]));
    stubServer(({ variables }) =>
      recommendationsAnswer(variables, { variant: 'FALLBACK', reason: 'no purchases yet' }),
    );
    list().placement = 'home';
    await vi.waitFor(() => expect(read('[part=variant]')).toEqual(['Not the personal list · no purchases yet']));
  });

  it('has no column of figures that no recommendation has', async () => {
    show('customer="id-1" kinds="trending"');
    await ready(1);
    expect(texts(list(), 'thead th')).toEqual(['Product', 'Why']);
    expect(read('tbody tr')).toEqual(['Advent calendar Trending a recent best seller']);
  });

  it('shows what the shop calls customer and product where their names are unknown', async () => {
    stubServer(({ variables }) => {
      const { customer } = recommendationsAnswer(variables);
      const nodes = customer!.recommendations!.nodes.map((node) => ({
        ...node,
        product: { ...node.product, name: null },
      }));
      return { customer: { ...customer, name: null, recommendations: { ...customer!.recommendations, nodes } } };
    });
    show();
    await ready();
    expect(read('.subtitle')[0]).toMatch(/^For id-1 ·/);
    expect(read('tbody button')[0]).toBe('GREEN TEA');
  });
});

describe('what is asked', () => {
  it('is nothing while no customer is chosen, and the element says to choose one', async () => {
    show('');
    await vi.waitFor(() => expect(read('.notice strong')).toEqual(['No customer chosen']));
    expect(inside(list(), '.body')[0]!.ariaBusy).toBe('false');
    expect(sent).toEqual([]);
    list().customer = 'id-2';
    await ready();
    expect(read('.subtitle')[0]).toMatch(/^For Customer id-2/);
    list().customer = '';
    await vi.waitFor(() => expect(read('.notice strong')).toEqual(['No customer chosen']));
    expect(rows()).toEqual([]);
    expect(read('.subtitle')).toEqual(['']);
  });

  it('is of the kinds, the number and the placement of the attributes', async () => {
    show('customer="id-1" kinds="cross-sell UP_SELL" first="12" placement="checkout"');
    await ready(2);
    expect(sent.map(({ variables }) => variables)).toEqual([
      { id: null, externalId: 'id-1', kinds: ['CROSS_SELL', 'UP_SELL'], first: 12, placement: 'checkout' },
    ]);
  });

  it('is nothing for a name that is no kind, and the element says which are', async () => {
    show('customer="id-1" kinds="gifts"');
    await vi.waitFor(() => expect(read('[role=alert] strong')).toEqual(['Not accepted: kinds="gifts"']));
    expect(sent).toEqual([]);
    list().setAttribute('kinds', 'trending');
    await ready(1);
  });

  it('follows the customer that is opened in the list of its provider', async () => {
    mount(`
      <clv-provider endpoint="/graphql">
        <clv-at-risk-list></clv-at-risk-list><clv-recommendations></clv-recommendations>
      </clv-provider>
    `);
    await vi.waitFor(() => expect(inside(the('clv-at-risk-list'), 'tbody tr')).toHaveLength(10));
    for (const row of [3, 7]) {
      inside(the('clv-at-risk-list'), 'tbody tr')[row]!.click();
      await vi.waitFor(() => expect(read('.subtitle')[0]).toMatch(new RegExp(`^For Customer id-${row} `)));
    }
    expect(sent.filter(({ operation }) => operation === 'Recommendations')).toHaveLength(2);
  });
});

it('says what to do where there is no such customer, no run, or no recommendation', async () => {
  const { customer } = recommendationsAnswer();
  const answers = [
    { customer: null },
    { customer: { ...customer, recommendations: null } },
    recommendationsAnswer({}, { nodes: [], variant: 'FALLBACK', reason: 'no products of these kinds: an empty list' }),
  ];
  stubServer(({ variables }) => answers[Number(variables.externalId)]);
  show('customer="0"');
  await vi.waitFor(() => expect(read('.notice strong')).toEqual(['No such customer']));
  list().customer = '1';
  await vi.waitFor(() => expect(read('.notice strong')).toEqual(['No recommendations yet']));
  expect(read('.notice p')[0]).toMatch(/run an analysis/);
  list().customer = '2';
  await vi.waitFor(() => expect(read('.notice strong')).toEqual(['No recommendations for this customer']));
  expect(read('[part=variant]')[0]).toMatch(/no products of these kinds/);
});

it('keeps the older list in view, and busy, until the next customer’s is there', async () => {
  stubServer((one) => (one.variables.externalId === 'id-1' ? answerOf(one) : new Promise(() => {})));
  show();
  await ready();
  list().customer = 'id-2';
  await vi.waitFor(() => expect(inside(list(), '.body')[0]!.ariaBusy).toBe('true'));
  expect(rows()).toHaveLength(5);
});

describe('choosing', () => {
  const jug = {
    id: 'recommendation of Milk jug',
    product: { id: 'product Milk jug', externalId: 'MILK JUG' },
    customer: 'id of id-1',
  };

  it('is done by keyboard: arrows move between rows, Enter reports it once', async () => {
    show();
    await ready();
    inside(list(), 'tbody button')[0]!.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
    expect(chosen).toEqual([jug]);
  });

  it('is done by a click anywhere on the row', async () => {
    show();
    await ready();
    inside(list(), 'tbody tr:nth-child(2) td:last-child')[0]!.click();
    expect(chosen).toEqual([jug]);
  });
});

it('is a table with a name, headings of columns and rows, and buttons that say their product', async () => {
  show();
  await ready();
  const [table] = inside(list(), 'table');
  expect(texts(list(), `#${table!.getAttribute('aria-labelledby')}`)).toEqual(['Recommended products']);
  for (const heading of inside(list(), 'thead th')) expect(heading.getAttribute('scope')).toBe('col');
  for (const row of rows()) {
    expect(row.querySelectorAll('th[scope=row] button')).toHaveLength(1);
    expect(row.querySelector('button')!.textContent).not.toBe('');
    expect(row.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
  }
  for (const icon of inside(list(), 'svg')) expect(icon.getAttribute('aria-hidden')).toBe('true');
});

describe('other languages', () => {
  it('have all words in their own, and the order of their reading', async () => {
    show();
    document.documentElement.lang = 'ar';
    document.documentElement.dir = 'rtl';
    await ready();
    await vi.waitFor(() => expect(read('.title')).toEqual(['منتجات موصى بها']));
    expect(read('.why')[1]).toBe('مكمّل لأنه اشترى Teapot: اشترى 41 عميلًا كليهما');
    const latin = read('tbody td').filter((text) => /[a-z]/.test(text.replace(/Tea(pot)?/g, '')));
    expect(latin).toEqual([]);
    const [name, why] = ['tbody th', 'tbody td'].map((cell) => inside(list(), cell)[0]!.getBoundingClientRect());
    expect(name!.left).toBeGreaterThanOrEqual(why!.right - 1);
    const button = inside(list(), 'tbody button')[0]!;
    expect(getComputedStyle(button).textAlign).toBe('right');
  });

  it('write dates, shares and money as they do', async () => {
    show();
    document.documentElement.lang = 'de';
    await ready();
    await vi.waitFor(() => expect(read('.title')).toEqual(['Empfohlene Produkte']));
    expect(read('.why')[3]).toBe('Nachkauf erwartet 12. Nov. · üblicher Abstand 60 Tage, zuletzt gekauft vor 48 Tagen');
    expect(read('tbody tr:first-child td.number')).toEqual(['41,2 %', '1,85 €']);
  });
});

it.each([
  [320, 'de'],
  [320, 'ar'],
  [480, 'de'],
  [720, 'de'],
])('keeps long texts from spilling over, and rows from growing, at %i px in %s', async (width, language) => {
  const long = 'Cast-iron teapot Kyoto with a strainer, black, 1.2 l';
  stubServer(({ variables }) => {
    const { nodes } = recommendationsAnswer(variables).customer!.recommendations!;
    const product = { ...nodes[0]!.product, name: long, category: long };
    const products = [product, { ...product, name: 'A bamboo whisk and a bowl' }];
    return recommendationsAnswer(variables, {
      nodes: nodes.map((node) => ({ ...node, product, reason: { ...node.reason, products } })),
    });
  });
  show('customer="id-1"', width);
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  await ready();
  const heights = rows().map((row) => row.getBoundingClientRect().height);
  for (const height of heights) expect(height).toBeCloseTo(width > 560 ? 64 : 96, 0);
  for (const cell of inside(list(), 'td, th')) expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth + 1);
  for (const part of inside(list(), 'tbody :is(button, small, .why)')) {
    const row = part.closest('tr')!.getBoundingClientRect();
    expect(part.getBoundingClientRect().bottom).toBeLessThanOrEqual(row.bottom);
    expect(part.getBoundingClientRect().top).toBeGreaterThanOrEqual(row.top);
  }
  expect(list().scrollWidth).toBeLessThanOrEqual(width);
});
