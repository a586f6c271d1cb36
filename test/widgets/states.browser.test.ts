import { afterEach, describe, expect, it, vi } from 'vitest';

import { inside, mount, texts, the } from './mount.ts';
import { answerOf, FIT, RUN, stubServer, valueChartAnswer } from './stub-server.ts';

type Tag = Exclude<keyof HTMLElementTagNameMap & `clv-${string}`, 'clv-provider'>;

/** Every element, with its own attributes, each with a value that is not accepted. */
const OWN: { readonly [Each in Tag]: [name: string, value: string, accepted: string][] } = {
  'clv-value-chart': [['by', 'cohrt', 'segment, cohort']],
  'clv-segment-picker': [],
  'clv-at-risk-list': [
    ['page-size', '500', '1–100'],
    ['page-size', 'abc', '1–100'],
    ['page-size', '2.5', '1–100'],
    ['minimum-clv', 'x', '0, 50, 99.95'],
  ],
  'clv-recommendations': [
    ['kinds', 'gifts', 'cross-sell, up-sell, replenish, trending'],
    ['first', '25', '1–24'],
    ['first', 'abc', '1–24'],
  ],
  'clv-campaign-results': [
    ['metric', 'opens', 'conversion, revenue, margin, orders, click'],
    ['window-days', 'abc', '1–365'],
    ['window-days', '366', '1–365'],
    ['by', 'age', 'segment, tier, channel, country, category, group'],
  ],
  'clv-import': [],
};
const ENDPOINT = 'endpoint="/graphql" token="t" customer="id-1"';

const never = () => new Promise<never>(() => {});
const bodyOf = (tag: Tag) => inside(the(tag), '.body')[0]!;
const phase = (tag: Tag, name: string) => vi.waitFor(() => expect(bodyOf(tag).className).toContain(name));

afterEach(() => vi.unstubAllGlobals());

describe.each(Object.keys(OWN) as Tag[])('%s', (tag) => {
  it.each([360, 720])('does not move a page of %i px when the answer takes the skeleton’s place', async (width) => {
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    stubServer(async (sent) => {
      await arrival;
      const answer = answerOf(sent) as { rfm?: { segments: unknown[] } };
      if (answer.rfm) answer.rfm.segments = Array.from({ length: 12 }, () => answer.rfm!.segments[0]);
      return answer;
    });
    mount(`<${tag} ${ENDPOINT}></${tag}>`, width);
    await phase(tag, 'initial');
    expect(bodyOf(tag).ariaBusy).toBe('true');
    const height = the(tag).offsetHeight;
    arrive();
    await phase(tag, 'ready');
    expect(Math.abs(the(tag).offsetHeight - height)).toBeLessThanOrEqual(2);
  });

  it('says what to do next where there is nothing yet', async () => {
    const none = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } };
    stubServer(() => ({
      clv: null,
      rfm: null,
      atRiskCustomers: none,
      customer: { recommendations: null },
      campaigns: none,
      importSources: [],
      importProfiles: [],
      importJobs: none,
      workspace: { revenue: 'NET_SALES' },
    }));
    mount(`<${tag} ${ENDPOINT}></${tag}>`);
    await phase(tag, 'empty');
    expect(texts(the(tag), '.notice')[0]).toMatch(/run an analysis|Import .* here/);
  });

  it('says what failed, offers to try again, and recovers', async () => {
    stubServer(() => {
      throw new TypeError('Failed to fetch');
    });
    mount(`<${tag} ${ENDPOINT}></${tag}>`);
    await phase(tag, 'error');
    expect(texts(the(tag), '[role=alert] strong')).toEqual(['The server cannot be reached.']);
    expect(texts(the(tag), '[role=alert] p')[0]).toContain(location.origin);
    stubServer();
    inside(the(tag), '[role=alert] button')[0]!.click();
    await phase(tag, 'ready');
  });

  it.each([
    ['segments', 'lost-ones', 'champion, loyal, potential-loyalist,'],
    ['theme', 'dusk', 'light, dark'],
    ['currency-display', 'sign', 'symbol, narrowSymbol, code, name'],
    ['locale', 'en_US', 'en, de-AT,'],
    ...OWN[tag],
  ])('says that %s="%s" is not accepted and what is, asks nothing, and recovers', async (name, value, accepted) => {
    const sent = stubServer();
    mount(`<${tag} ${ENDPOINT} ${name}="${value}"></${tag}>`);
    await phase(tag, 'error');
    expect(texts(the(tag), '[role=alert] strong')).toEqual([`Not accepted: ${name}="${value}"`]);
    expect(texts(the(tag), '[role=alert] p')[0]).toContain(`Accepted: ${accepted}`);
    expect(sent).toEqual([]);
    expect(the(tag).offsetHeight).toBeLessThan(1500);
    the(tag).removeAttribute(name);
    await phase(tag, 'ready');
    the(tag).setAttribute(name, value);
    await phase(tag, 'error');
  });

  it('says that the key is not accepted, and the server’s own reason', async () => {
    const error = { message: 'the API key has expired', extensions: { code: 'UNAUTHENTICATED' } };
    stubServer(() => Response.json({ errors: [error] }, { status: 401 }));
    mount(`<${tag} ${ENDPOINT}></${tag}>`);
    await phase(tag, 'error');
    expect(texts(the(tag), '[role=alert] :is(strong, p)')).toEqual([
      'The server does not accept this key.',
      'the API key has expired (UNAUTHENTICATED)',
    ]);
  });

  it('asks no server when none is set, and says so', async () => {
    const sent = stubServer();
    mount(`<${tag} customer="id-1"></${tag}>`);
    await phase(tag, 'error');
    expect(texts(the(tag), '[role=alert] strong')[0]).toMatch(/^No server is set/);
    expect(sent).toEqual([]);
  });

  it('speaks the language of the page', async () => {
    const none = { nodes: [] };
    stubServer(() => ({
      clv: null,
      rfm: null,
      atRiskCustomers: none,
      customer: null,
      campaigns: none,
      importJobs: none,
      workspace: { revenue: 'NET_SALES' },
    }));
    mount(`<${tag} ${ENDPOINT}></${tag}>`);
    await phase(tag, 'empty');
    const english = texts(the(tag), '.title');
    document.documentElement.lang = 'de';
    await vi.waitFor(() => expect(texts(the(tag), '.title')).not.toEqual(english));
  });
});

it('keeps the older answer in view, and busy, until the newer one is there', async () => {
  stubServer((sent) => (sent.variables.bySegment ? answerOf(sent) : never()));
  mount(`<clv-value-chart ${ENDPOINT}></clv-value-chart>`);
  await phase('clv-value-chart', 'ready');
  the('clv-value-chart').by = 'cohort';
  await phase('clv-value-chart', 'loading');
  expect(bodyOf('clv-value-chart').ariaBusy).toBe('true');
  expect(texts(the('clv-value-chart'), '.labels .name')).toEqual(['Champion', 'At risk']);
});

it('aborts a request that a newer one overtakes', async () => {
  const sent = stubServer((one) => (one.variables.bySegment ? never() : answerOf(one)));
  mount(`<clv-value-chart ${ENDPOINT}></clv-value-chart>`);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  the('clv-value-chart').by = 'cohort';
  await phase('clv-value-chart', 'ready');
  expect(sent.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

it('says in words why the figures of a model are rough', async () => {
  const reason = '12 repeat buyers, 50 are needed';
  const { clv } = valueChartAnswer();
  stubServer((sent) =>
    sent.operation === 'ValueChart'
      ? { clv: { ...clv, transactions: { ...FIT, reason } } }
      : { ...(answerOf(sent) as object), clv: { run: RUN, transactions: FIT, spend: { reason } } },
  );
  mount(`<clv-value-chart ${ENDPOINT}></clv-value-chart><clv-at-risk-list ${ENDPOINT}></clv-at-risk-list>`);
  await phase('clv-value-chart', 'ready');
  await phase('clv-at-risk-list', 'ready');
  for (const tag of ['clv-value-chart', 'clv-at-risk-list'] as const) {
    expect(texts(the(tag), '.caution')).toEqual([`Rough estimates: ${reason}`]);
  }
});
