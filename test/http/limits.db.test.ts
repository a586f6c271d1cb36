import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../server/store/database.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let key: string;
let surface: ReturnType<typeof testSurface>;
beforeAll(async () => {
  db = await freshDatabase();
  key = await (await createStore(db, [{ id: 'a', score: {} }])).key();
  surface = testSurface(db);
});
afterAll(() => db.close());

const send = (body: string | object) =>
  surface.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', 'x-api-key': key },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

async function refusal(response: Response) {
  const { data, errors } = await response.json();
  return { status: response.status, data, code: errors?.[0]?.extensions?.code, message: errors?.[0]?.message };
}

describe('cost', () => {
  const NESTED = `query($customers: Int, $orders: Int) { customers(first: $customers) { nodes { externalId name country segment
    netRevenue { amount currency } clv { value { amount } model } churn { probability moneyAtRisk { amount } }
    orders(first: $orders) { nodes { externalId placedAt amount { amount currency } lines { quantity amount { amount } product { name } } } } } } }`;

  it('lets a page of 100 customers pass, each with five orders and their lines', async () => {
    const response = await send({ query: NESTED, variables: { customers: 100, orders: 5 } });
    expect((await response.json()).errors).toBeUndefined();
  });

  it('is counted with the variables, also of a document that was cheap before', async () => {
    expect((await send({ query: NESTED, variables: { customers: 1, orders: 1 } })).status).toBe(200);
    const { result, statements } = await statementsOf(async () =>
      refusal(await send({ query: NESTED, variables: { customers: 100, orders: 100 } })),
    );
    expect(result).toMatchObject({ status: 400, code: 'MAX_COST_EXCEEDED', data: undefined });
    expect(result.message).toMatch(/would cost \d+, more than 60000/);
    expect(statements).toHaveLength(1);
  });

  it('adds up over aliases and fragments', async () => {
    const aliases = Array.from({ length: 125 }, (_, i) => `a${i}: rfm { ...R }`).join(' ');
    const response = await send({ query: `{ ${aliases} } fragment R on RfmReport { customers }` });
    expect(await refusal(response)).toMatchObject({ status: 400, code: 'MAX_COST_EXCEEDED' });
  });

  it('is not escaped by an argument that cannot be priced', async () => {
    const aliases = Array.from({ length: 125 }, (_, i) => `a${i}: rfm { customers }`).join(' ');
    const { result, statements } = await statementsOf(async () =>
      refusal(await send({ query: `{ nodes(ids: ["x"]) { id } ${aliases} }` })),
    );
    expect(result.code).toBe('BAD_ID');
    expect(statements).toHaveLength(1);
  });
});

describe('documents', () => {
  it('have one operation', async () => {
    const response = await send({ query: 'query A { viewer { id } } query B { viewer { id } }', operationName: 'A' });
    expect(await refusal(response)).toMatchObject({
      status: 400,
      code: 'ONE_OPERATION',
      message: 'expected one operation, got 2',
    });
  });

  it('have at most 1,000 tokens', async () => {
    const response = await send({ query: `{ viewer { ${'id '.repeat(1000)} } }` });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].message).toContain('Token limit of 1000 exceeded');
  });

  it('come one at a time', async () => {
    const response = await send([{ query: '{ viewer { id } }' }, { query: '{ viewer { id } }' }]);
    expect(response.status).toBe(400);
  });

  it('may be introspected', async () => {
    const { data } = await (await send({ query: '{ __schema { queryType { name } } }' })).json();
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });

  it('cannot change anything by GET', async () => {
    const mutation = encodeURIComponent('mutation { revokeApiKey(input: { id: "x" }) { __typename } }');
    const response = await surface.fetch(`/graphql?query=${mutation}`, { headers: { 'x-api-key': key } });
    expect(response.status).toBe(405);
  });
});

describe('bodies', () => {
  it('of more than 1 MiB are refused, announced or not', async () => {
    const big = JSON.stringify({ query: '{ viewer { id } }', variables: { x: 'x'.repeat(1024 * 1024) } });
    expect((await send(big)).status).toBe(413);
    const stream = new Blob([big]).stream();
    const response = await surface.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('that are no JSON are refused as such', async () => {
    expect(await refusal(await send('{'))).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });
});

describe('errors', () => {
  it('that nobody expected are logged under the id of the request and never show SQL', async () => {
    const { fetch, logged } = testSurface({ ...db, pool: failingPool() } as unknown as Database);
    const response = await fetch('/graphql?query={customers{totalCount}}', { headers: { 'x-api-key': key } });
    const text = await response.text();
    const { errors } = JSON.parse(text);
    expect(errors[0].extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: response.headers.get('x-request-id'),
    });
    expect(text).not.toMatch(/select|syntax|customer_score/);
    expect(logged).toHaveLength(1);
    expect(logged[0]?.details).toMatchObject({
      err: { message: 'syntax error in select' },
      requestId: errors[0].extensions.requestId,
    });
  });

  it('before GraphQL are masked, too', async () => {
    const { fetch, logged } = testSurface({
      ...db,
      pool: { query: () => Promise.reject(new Error('select secret')) },
    } as unknown as Database);
    const response = await fetch('/graphql?query={viewer{id}}', { headers: { 'x-api-key': key } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });

  it('of the document are errors with a code', async () => {
    expect(await refusal(await send({ query: '{ nonsense }' }))).toMatchObject({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    expect(await refusal(await send({ query: '{' }))).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
    const wrongVariable = { query: 'query($n: Int) { customers(first: $n) { totalCount } }', variables: { n: 'x' } };
    expect((await refusal(await send(wrongVariable))).code).toBe('BAD_USER_INPUT');
    const wrongDecimal = {
      query: 'query($n: Decimal) { atRiskCustomers(minimumClv: $n) { totalCount } }',
      variables: { n: '1e9' },
    };
    expect((await refusal(await send(wrongDecimal))).message).toContain(
      'expected a decimal number such as "180.50", got "1e9"',
    );
  });

  it('refuses texts and lists that are longer than any argument needs, and U+0000, wherever they stand', async () => {
    const query =
      'query($search: String, $ids: [ID!]!) { customers(filter: { search: $search }) { totalCount } nodes(ids: $ids) { id } }';
    const ids: string[] = [];
    expect(await refusal(await send({ query, variables: { ids, search: 'x'.repeat(501) } }))).toMatchObject({
      status: 400,
      code: 'BAD_INPUT',
    });
    expect((await refusal(await send({ query, variables: { ids, search: 'a\0b' } }))).message).toContain('U+0000');
    expect((await refusal(await send({ query, variables: { ids: Array(1001).fill('x') } }))).message).toContain(
      'a list of 1001',
    );
    const literal = { query: `{ customers(filter: { search: "${'x'.repeat(501)}" }) { totalCount } }` };
    expect((await refusal(await send(literal))).message).toContain('501 characters');
  });
});

/** The pool, but for statements on scores. */
function failingPool() {
  return {
    query: (text: string, values: unknown[]) =>
      text.includes('customer_score')
        ? Promise.reject(new Error('syntax error in select'))
        : db.pool.query(text, values),
  };
}
