import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, productId } from '../../../server/domain/ids.ts';
import { recommendationText } from '../../../server/recommendations/recommendation-id.ts';
import type { Database } from '../../../server/store/database.ts';
import { statementsOf } from '../../support/count-statements.ts';
import { freshDatabase } from '../../support/database.ts';
import { insertRecommender } from '../../support/recommendations.ts';
import { createStore, insertRun, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

const REPORT = `mutation($events: [RecommendationEventInput!]!) { recordRecommendationFeedback(input: { events: $events }) {
  ... on RecordedFeedback { recorded unchanged } ... on DomainError { code message field } } }`;

const SAVE = `mutation($input: SaveRecommendationPlacementInput!) { saveRecommendationPlacement(input: $input) { __typename } }`;

interface Event {
  readonly recommendation: string;
  readonly kind: 'SHOWN' | 'CLICKED' | 'BOUGHT';
  readonly at?: string;
}

async function report(key: string, events: readonly Event[]) {
  const { data, errors } = await ask<{ recordRecommendationFeedback: object }>(key, REPORT, { events });
  expect(errors).toBeUndefined();
  return data.recordRecommendationFeedback;
}

const CUSTOMERS = ['ann', 'bob', 'cem', 'dan'];

/** A store that recommends `tea` and then `pot` to four customers, in the placement `cart`. */
async function shop(bought: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {}) {
  const store = await createStore(
    db,
    CUSTOMERS.map((id) => ({ id, score: {} })),
  );
  await insertRecommender(db, store, {
    products: [{ id: 'tea' }, { id: 'pot' }],
    lists: Object.fromEntries(CUSTOMERS.map((id) => [id, [{ product: 'tea', kind: 'REPLENISH' }, { product: 'pot' }]])),
    trending: { '': ['pot'] },
    bought,
  });
  const key = await store.key();
  await ask(key, SAVE, { input: { name: 'cart' } });
  return { ...store, secret: key };
}

/** Ids of the recommendations for a customer in the placement, in their order. */
async function listed(key: string, customer: string): Promise<string[]> {
  const { data } = await ask<{ customer: { recommendations: { nodes: { id: string }[] } } }>(
    key,
    'query($customer: String) { customer(externalId: $customer) { recommendations(placement: "cart") { nodes { id } } } }',
    { customer },
  );
  return data.customer.recommendations.nodes.map(({ id }) => id);
}

const results = async (key: string, args = '') =>
  (
    await ask<{ recommendationPlacements: { results: object[] }[] }>(
      key,
      `{ recommendationPlacements { results${args} { variant kind shown clicked bought ordered clickRate orderRate } } }`,
    )
  ).data.recommendationPlacements[0]!.results;

describe('feedback', () => {
  it('is recorded once, however often it is reported', async () => {
    const { secret } = await shop();
    const [tea, pot] = (await listed(secret, 'ann')) as [string, string];
    const shown: Event = { recommendation: tea, kind: 'SHOWN', at: '2026-01-10T10:00:00Z' };
    expect(await report(secret, [shown, shown, { ...shown, recommendation: pot }])).toEqual({
      recorded: 2,
      unchanged: 1,
    });
    const again: Event = { ...shown, at: '2026-01-10T12:00:00+02:00' };
    expect(await report(secret, [again, { ...shown, kind: 'CLICKED' }])).toEqual({ recorded: 1, unchanged: 1 });
    expect(await report(secret, [{ ...shown, at: '2026-01-10T10:00:01Z' }])).toEqual({ recorded: 1, unchanged: 0 });
  });

  it('keeps who was offered what, where, in which variant and by which run', async () => {
    const store = await shop();
    const [tea] = (await listed(store.secret, 'ann')) as [string];
    await report(store.secret, [{ recommendation: tea, kind: 'SHOWN' }]);
    expect(await db.prisma.recommendationFeedback.findMany({ where: { workspaceId: store.workspaceId } })).toEqual([
      {
        customerId: customerId(store.workspaceId, 'ann'),
        id: expect.any(String),
        workspaceId: store.workspaceId,
        runId: store.runId,
        productId: productId(store.workspaceId, 'tea'),
        recommendationKind: 'REPLENISH',
        kind: 'SHOWN',
        placement: 'cart',
        variant: 'PERSONAL',
        at: new Date('2026-01-15T12:00:00Z'),
      },
    ]);
  });

  it('is taken after the run was superseded', async () => {
    const store = await shop();
    const [tea] = (await listed(store.secret, 'ann')) as [string];
    const next = await insertRun(db, store.workspaceId);
    await db.prisma.workspace.update({ where: { id: store.workspaceId }, data: { publishedRunId: next } });
    expect(await report(store.secret, [{ recommendation: tea, kind: 'BOUGHT' }])).toEqual({
      recorded: 1,
      unchanged: 0,
    });
  });

  it('takes three statements for a hundred events', async () => {
    const { secret } = await shop();
    const ids = (await Promise.all(CUSTOMERS.map((id) => listed(secret, id)))).flat();
    const events = Array.from({ length: 100 }, (_, n): Event => {
      const at = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
      return { recommendation: ids[n % ids.length]!, kind: 'SHOWN', at };
    });
    const { result, statements } = await statementsOf(() => report(secret, events));
    expect(result).toEqual({ recorded: 100, unchanged: 0 });
    expect(statements).toHaveLength(3);
    expect(await report(secret, [...events, events[0]!])).toMatchObject({
      code: 'BAD_EVENTS',
      message: 'expected 1 to 100 events, got 101',
      field: ['events'],
    });
    expect(await report(secret, [])).toMatchObject({ code: 'BAD_EVENTS' });
  });

  it('is refused whole where one event is none of a recommendation of this workspace', async () => {
    const [store, other] = [await shop(), await shop()];
    const [tea] = (await listed(store.secret, 'ann')) as [string];
    const [theirs] = (await listed(other.secret, 'ann')) as [string];
    const { data } = await ask<{ customer: { id: string } }>(store.secret, '{ customer(externalId: "ann") { id } }');
    const good: Event = { recommendation: tea, kind: 'SHOWN' };
    const at = (field: string) => ['events', '1', field];
    const bad: [Event, object][] = [
      [
        { ...good, recommendation: theirs },
        { code: 'NO_SUCH_RECOMMENDATION', field: at('recommendation') },
      ],
      [
        { ...good, recommendation: mixed(store, other) },
        { code: 'NO_SUCH_RECOMMENDATION', field: at('recommendation') },
      ],
      [
        { ...good, recommendation: 'tea' },
        { code: 'BAD_ID', field: at('recommendation') },
      ],
      [
        { ...good, recommendation: data.customer.id },
        { code: 'BAD_ID', field: at('recommendation') },
      ],
      [
        { ...good, at: '2026-01-15T12:00:00.001Z' },
        { code: 'BAD_TIME', field: at('at') },
      ],
    ];
    for (const [event, error] of bad) expect(await report(store.secret, [good, event])).toMatchObject(error);
    expect(await results(store.secret)).toEqual([]);
    expect(await results(other.secret)).toEqual([]);
  });
});

/** A customer of one store with a product of another. */
const mixed = (ours: Store, theirs: Store) =>
  recommendationText({
    customerId: customerId(ours.workspaceId, 'ann'),
    runId: ours.runId,
    productId: productId(theirs.workspaceId, 'tea'),
    kind: 'CROSS_SELL',
    variant: 'PERSONAL',
    placement: 'cart',
  });

describe('the results of a placement', () => {
  it('count each customer and product once, by variant and kind', async () => {
    const { secret } = await shop({
      // Before it was shown; on the day; on the last day that counts; a day too late.
      ann: { tea: ['2026-01-04'], pot: ['2026-01-05'] },
      bob: { tea: ['2026-01-01', '2026-01-12'] },
      cem: { tea: ['2026-01-13'], pot: ['2026-01-06'] },
    });
    const [ann, bob, cem] = await Promise.all(CUSTOMERS.map((id) => listed(secret, id)));
    const at = (recommendation: string, kind: Event['kind'], day: string): Event => ({
      recommendation,
      kind,
      at: `${day}T09:00:00Z`,
    });
    await report(secret, [
      ...[ann!, bob!, cem!].flatMap((ids) => ids.map((id) => at(id, 'SHOWN', '2026-01-05'))),
      ...ann!.map((id) => at(id, 'SHOWN', '2026-01-09')),
      at(ann![0]!, 'CLICKED', '2026-01-05'),
      at(ann![0]!, 'CLICKED', '2026-01-06'),
      at(bob![0]!, 'CLICKED', '2026-01-06'),
      at(bob![0]!, 'BOUGHT', '2026-01-07'),
    ]);
    await ask(secret, SAVE, { input: { name: 'cart', controlShare: 1 } });
    const [control] = (await listed(secret, 'dan')) as [string];
    await report(secret, [at(control, 'CLICKED', '2026-01-08')]);
    const personal = { variant: 'PERSONAL', shown: 3 };
    expect(await results(secret)).toEqual([
      { ...personal, kind: 'CROSS_SELL', clicked: 0, bought: 0, ordered: 2, clickRate: 0, orderRate: 2 / 3 },
      { ...personal, kind: 'REPLENISH', clicked: 2, bought: 1, ordered: 1, clickRate: 2 / 3, orderRate: 1 / 3 },
      {
        variant: 'CONTROL',
        kind: 'TRENDING',
        shown: 0,
        clicked: 1,
        bought: 0,
        ordered: 0,
        clickRate: null,
        orderRate: null,
      },
    ]);
    expect(await results(secret, '(withinDays: 8)')).toMatchObject([{ ordered: 2 }, { ordered: 2 }, {}]);
    expect(await results(secret, '(withinDays: 0)')).toMatchObject([{ ordered: 1 }, { ordered: 0 }, {}]);
    expect(await results(secret, '(to: "2026-01-05")')).toMatchObject([
      { kind: 'CROSS_SELL', shown: 3, clicked: 0 },
      { kind: 'REPLENISH', shown: 3, clicked: 1 },
    ]);
    expect(await results(secret, '(from: "2026-01-06", to: "2026-01-09")')).toMatchObject([
      { kind: 'CROSS_SELL', shown: 1, clicked: 0 },
      // Two were clicked, the one that was shown again in the window among them.
      { kind: 'REPLENISH', shown: 1, clicked: 2, bought: 1, clickRate: 1 },
      { variant: 'CONTROL', clicked: 1 },
    ]);
    expect(await results(secret, '(from: "2026-01-10")')).toEqual([]);
  });

  it('are read for all placements at once', async () => {
    const { secret } = await shop();
    await ask(secret, SAVE, { input: { name: 'mail' } });
    const { result, statements } = await statementsOf(() =>
      ask<{ recommendationPlacements: { name: string; results: object[] }[] }>(
        secret,
        '{ recommendationPlacements { name results { shown } } }',
      ),
    );
    expect(result.data.recommendationPlacements).toEqual([
      { name: 'cart', results: [] },
      { name: 'mail', results: [] },
    ]);
    expect(statements).toHaveLength(3);
  });

  it('leave out what other workspaces report of a placement of the same name', async () => {
    const [store, other] = [await shop(), await shop()];
    const [tea] = (await listed(other.secret, 'ann')) as [string];
    await report(other.secret, [{ recommendation: tea, kind: 'SHOWN' }]);
    expect(await results(other.secret)).toMatchObject([{ shown: 1 }]);
    expect(await results(store.secret)).toEqual([]);
  });

  it.each([
    ['(withinDays: 366)', '`withinDays` must be 0 to 365, got 366'],
    ['(withinDays: -1)', '`withinDays` must be 0 to 365, got -1'],
    ['(from: "2026-01-02", to: "2026-01-01")', '`from` must not come after `to`, got 2026-01-02 and 2026-01-01'],
  ])('say what is wrong with %s', async (args, message) => {
    const { secret } = await shop();
    const { errors } = await ask(secret, `{ recommendationPlacements { results${args} { shown } } }`);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_WINDOW' } }]);
  });

  it('stay when the placement is saved anew', async () => {
    const { secret } = await shop();
    const [tea] = (await listed(secret, 'ann')) as [string];
    await report(secret, [{ recommendation: tea, kind: 'SHOWN', at: '2026-01-10T10:00:00Z' }]);
    await ask(secret, SAVE, { input: { name: 'cart', kinds: ['UP_SELL'] } });
    expect(await results(secret)).toMatchObject([{ shown: 1 }]);
  });
});
