import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { type CustomerFixture, createStore } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

interface Page {
  readonly totalCount?: number;
  readonly nodes: readonly { readonly externalId: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE = '{ nodes { externalId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

const LIST = `query($first: Int, $after: String, $last: Int, $before: String, $filter: CustomerFilter, $orderBy: CustomerSort) {
  customers(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) ${PAGE}
}`;

async function list(key: string, variables: object = {}): Promise<Page> {
  const { data, errors } = await ask<{ customers: Page }>(key, LIST, variables);
  expect(errors).toBeUndefined();
  return data.customers;
}

const names = (page: Page) => page.nodes.map((node) => node.externalId);

/** CLVs with many ties, so that pages break inside them. */
const TIED: readonly CustomerFixture[] = Array.from({ length: 11 }, (_, i) => ({
  id: `c${i}`,
  score: {
    clv: 100 * (1 + (i % 3)),
    churn: 0.1 * (i % 2),
    netRevenue: `${i % 4}.50`,
    lastOrderOn: `2025-0${1 + (i % 5)}-01`,
  },
}));

const VALUE = {
  CLV: (i: number) => i % 3,
  CHURN: (i: number) => i % 2,
  MONEY_AT_RISK: (i: number) => (1 + (i % 3)) * (i % 2),
  LAST_ORDER: (i: number) => i % 5,
  NET_REVENUE: (i: number) => i % 4,
} as const;

describe('customers', () => {
  it('lists the highest CLV first by default, twenty at a time', async () => {
    const store = await createStore(db, [
      ...Array.from({ length: 21 }, (_, i) => ({ id: `low${i}`, score: { clv: 1 } })),
      { id: 'best', score: { clv: 900 } },
      { id: 'good', score: { clv: 500 } },
    ]);
    const page = await list(await store.key());
    expect(names(page).slice(0, 2)).toEqual(['best', 'good']);
    expect(page.nodes).toHaveLength(20);
    expect(page.pageInfo.hasNextPage).toBe(true);
  });

  it.each(Object.keys(VALUE) as (keyof typeof VALUE)[])(
    'gives every customer once, in order, whichever way pages by %s are turned',
    async (field) => {
      const store = await createStore(db, TIED);
      const key = await store.key();
      for (const direction of ['ASC', 'DESC']) {
        const orderBy = { field, direction };
        const whole = names(await list(key, { first: 100, orderBy }));
        const values = whole.map((name) => VALUE[field](Number(name.slice(1))));
        expect(values).toEqual(values.toSorted((a, b) => (direction === 'ASC' ? a - b : b - a)));

        const forward: string[] = [];
        let after: string | null = null;
        for (let more = true; more; ) {
          const page: Page = await list(key, { first: 4, after, orderBy });
          expect(page.pageInfo.hasPreviousPage).toBe(forward.length > 0);
          forward.push(...names(page));
          after = page.pageInfo.endCursor;
          more = page.pageInfo.hasNextPage;
        }
        expect(forward).toEqual(whole);

        const backward: string[] = [];
        let before: string | null = null;
        for (let more = true; more; ) {
          const page: Page = await list(key, { last: 4, before, orderBy });
          expect(page.pageInfo.hasNextPage).toBe(backward.length > 0);
          backward.unshift(...names(page));
          before = page.pageInfo.startCursor;
          more = page.pageInfo.hasPreviousPage;
        }
        expect(backward).toEqual(whole);
      }
    },
  );

  it('filters by segment, country, channel and CLV, all at once', async () => {
    const store = await createStore(db, [
      { id: 'yes', country: 'DE', channel: 'web', score: { clv: 100, segment: 'LOYAL' } },
      { id: 'segment', country: 'DE', channel: 'web', score: { clv: 100, segment: 'LOST' } },
      { id: 'country', country: 'FR', channel: 'web', score: { clv: 100, segment: 'LOYAL' } },
      { id: 'channel', country: 'DE', channel: 'shop', score: { clv: 100, segment: 'LOYAL' } },
      { id: 'below', country: 'DE', channel: 'web', score: { clv: 99.99, segment: 'LOYAL' } },
      { id: 'above', country: 'DE', channel: 'web', score: { clv: 100.01, segment: 'LOYAL' } },
    ]);
    const filter = {
      segments: ['LOYAL', 'NEW'],
      countries: ['DE'],
      channels: ['web'],
      minimumClv: '100',
      maximumClv: '100',
    };
    expect(names(await list(await store.key(), { filter }))).toEqual(['yes']);
  });

  it('searches external id, name and e-mail address as they are written, in any letter case', async () => {
    const store = await createStore(db, [
      { id: 'A-1', name: 'Zoë', email: 'zoe@example.com', score: { clv: 3 } },
      { id: 'B_2', name: 'ANNA-1', score: { clv: 2 } },
      { id: 'Bx2', email: '100%@example.com', score: { clv: 1 } },
    ]);
    const key = await store.key();
    expect(names(await list(key, { filter: { search: 'a-1' } }))).toEqual(['A-1', 'B_2']);
    expect(names(await list(key, { filter: { search: 'b_2' } }))).toEqual(['B_2']);
    expect(names(await list(key, { filter: { search: '100%' } }))).toEqual(['Bx2']);
    expect(names(await list(key, { filter: { search: 'ZOE@' } }))).toEqual(['A-1']);
  });

  it('searches external ids only for a key without customers:pii', async () => {
    const store = await createStore(db, [{ id: 'A-1', name: 'Bob', score: {} }]);
    const key = await store.key(['customers:read']);
    expect(names(await list(key, { filter: { search: 'bob' } }))).toEqual([]);
    expect(names(await list(key, { filter: { search: 'a-1' } }))).toEqual(['A-1']);
  });

  it('counts all pages where the count is asked for, and makes no other statement for it', async () => {
    const store = await createStore(db, TIED);
    const key = await store.key();
    const query = `{ customers(first: 2, filter: { minimumClv: "200" }) { ...C nodes { externalId } } } fragment C on CustomerConnection { totalCount }`;
    const counting = await statementsOf(() => ask<{ customers: Page }>(key, query));
    expect(counting.result.data.customers.totalCount).toBe(7);
    expect(counting.statements).toHaveLength(2);
    expect(counting.statements[1]).toContain('count(*)::int from customer_score');
    const plain = await statementsOf(() => list(key, { first: 2 }));
    expect(plain.statements).toHaveLength(2);
    expect(plain.statements[1]).toContain('null::int as total');
  });

  it('says where a page lies when it is empty', async () => {
    const store = await createStore(db, []);
    const none = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect((await list(await store.key())).pageInfo).toEqual(none);
  });

  it('lists all customers by id until a run is published, without scores', async () => {
    const store = await createStore(db, TIED, { published: false });
    const key = await store.key();
    const { data } = await ask<{
      customers: { totalCount: number; nodes: { id: string; segment: null; clv: null }[] };
    }>(
      key,
      '{ customers(first: 100) { totalCount nodes { id segment clv { model } churn { probability } rfm { recency } daysSinceLastOrder } } }',
    );
    expect(data.customers.totalCount).toBe(TIED.length);
    const ids = data.customers.nodes.map(({ id }) => Buffer.from(id, 'base64').toString());
    expect(ids).toEqual(ids.toSorted());
    for (const { id: _, ...rest } of data.customers.nodes) {
      expect(rest).toEqual({ segment: null, clv: null, churn: null, rfm: null, daysSinceLastOrder: null });
    }
    const first = await list(key, { first: 6 });
    const second = await list(key, { first: 6, after: first.pageInfo.endCursor });
    expect(new Set([...names(first), ...names(second)]).size).toBe(TIED.length);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(names(await list(key, { filter: { segments: ['LOYAL'] } }))).toEqual([]);
  });
});

describe('pages', () => {
  const refused = async (variables: object) => {
    const store = await createStore(db, TIED);
    const { errors } = await ask(await store.key(), LIST, variables);
    return errors?.[0];
  };

  it.each([
    [{ first: 0 }, 'BAD_PAGE', '`first` must be 1 to 100, got 0'],
    [{ first: 101 }, 'BAD_PAGE', '`first` must be 1 to 100, got 101'],
    [{ last: -1 }, 'BAD_PAGE', '`last` must be 1 to 100, got -1'],
    [{ first: 1, last: 1 }, 'BAD_PAGE', 'not both pairs'],
    [{ after: 'x', before: 'y' }, 'BAD_PAGE', 'not both pairs'],
    [{ after: 'nonsense' }, 'BAD_CURSOR', '`after` is not a cursor of this list'],
    [{ before: '' }, 'BAD_CURSOR', '`before` is not a cursor of this list'],
  ])('refuses %o', async (variables, code, message) => {
    const error = await refused(variables);
    expect(error?.extensions.code).toBe(code);
    expect(error?.message).toContain(message);
  });

  it('refuses a cursor of another order, another list, another workspace, and one that was changed', async () => {
    const [store, other] = [await createStore(db, TIED), await createStore(db, TIED)];
    const key = await store.key();
    const { endCursor } = (await list(key, { first: 1 })).pageInfo;
    const foreign = (await list(await other.key(), { first: 1 })).pageInfo.endCursor;
    const ofAtRisk = await ask<{ atRiskCustomers: Page }>(
      key,
      `{ atRiskCustomers(orderBy: { field: CLV, direction: DESC }) ${PAGE} }`,
    );
    for (const variables of [
      { after: endCursor, orderBy: { field: 'CHURN', direction: 'DESC' } },
      { after: endCursor, orderBy: { field: 'CLV', direction: 'ASC' } },
      { after: ofAtRisk.data.atRiskCustomers.pageInfo.endCursor },
      { after: foreign },
      { after: `${endCursor?.slice(0, -4)}AAAA` },
    ]) {
      const { errors } = await ask(key, LIST, variables);
      expect(errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
    }
  });
});

describe('atRiskCustomers', () => {
  const AT_RISK = `query($minimumClv: Decimal, $segments: [Segment!], $orderBy: CustomerSort) {
    atRiskCustomers(minimumClv: $minimumClv, segments: $segments, orderBy: $orderBy) { totalCount nodes { externalId } }
  }`;
  const atRisk = async (key: string, variables: object = {}) => {
    const { data } = await ask<{ atRiskCustomers: Page }>(key, AT_RISK, variables);
    return data.atRiskCustomers;
  };

  /** Three order days from 1 March, the last one on 1 May: a gap of 30.5 days on average. */
  const LATE = { lastOrderOn: '2025-05-01' };

  it('ranks by money at risk those who are late by their own rhythm and worth keeping', async () => {
    const store = await createStore(db, [
      { id: 'calm', score: { ...LATE, clv: 1000, churn: 0.01 } },
      { id: 'risky', score: { ...LATE, clv: 100, churn: 0.9 } },
      { id: 'worthless', score: { ...LATE, clv: 0, churn: 1 } },
      { id: 'cheap', score: { ...LATE, clv: 100, churn: 0.9, scores: [4, 3, 2] } },
      { id: 'in time', score: { clv: 1000, churn: 0.9 } },
      { id: 'prospect', score: { segment: 'PROSPECT' } },
    ]);
    const page = await atRisk(await store.key());
    expect(names(page)).toEqual(['risky', 'calm']);
    expect(page.totalCount).toBe(2);
  });

  it('takes a floor, segments and another order', async () => {
    const store = await createStore(db, [
      { id: 'a', score: { ...LATE, clv: 300, churn: 0.1, segment: 'LOYAL' } },
      { id: 'b', score: { ...LATE, clv: 200, churn: 0.9, segment: 'LOYAL' } },
      { id: 'c', score: { ...LATE, clv: 199.99, churn: 0.9, segment: 'LOYAL' } },
      { id: 'd', score: { ...LATE, clv: 300, churn: 0.9, segment: 'LOST' } },
    ]);
    const orderBy = { field: 'CHURN', direction: 'ASC' };
    const page = await atRisk(await store.key(), { minimumClv: '200', segments: ['LOYAL'], orderBy });
    expect(names(page)).toEqual(['a', 'b']);
  });

  it('is empty until a run is published', async () => {
    const store = await createStore(db, TIED, { published: false });
    expect(await atRisk(await store.key())).toEqual({ totalCount: 0, nodes: [] });
  });
});
