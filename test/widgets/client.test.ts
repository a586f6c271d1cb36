import { afterEach, describe, expect, it, vi } from 'vitest';

import { SegmentPickerDocument } from '../../widgets/generated/graphql.ts';
import { request } from '../../widgets/shared/client.ts';

const SESSION = { endpoint: 'https://shop.example/graphql', token: 'clv_rk_test_1' };

function answerWith(response: Response | Error) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    if (response instanceof Error) throw response;
    return response;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  it('sends the document, its variables and the key, and returns the data', async () => {
    const fetched = answerWith(Response.json({ data: { rfm: null } }));
    await expect(request(SESSION, SegmentPickerDocument, {})).resolves.toEqual({ rfm: null });
    const [url, { method, headers, body }] = fetched.mock.calls[0]!;
    expect([url, method]).toEqual([SESSION.endpoint, 'POST']);
    expect(headers).toMatchObject({ authorization: 'Bearer clv_rk_test_1', 'content-type': 'application/json' });
    expect(JSON.parse(String(body))).toEqual({ query: SegmentPickerDocument.toString(), variables: {} });
  });

  it('distinguishes the four ways to fail', async () => {
    const kindOf = async (response: Response | Error, session: { endpoint?: string } = SESSION) => {
      answerWith(response);
      return request(session, SegmentPickerDocument, {}).catch(({ kind, message }) => [kind, message]);
    };
    await expect(kindOf(Response.json({}), {})).resolves.toEqual(['unconfigured', 'no endpoint']);
    await expect(kindOf(new TypeError('Failed to fetch'))).resolves.toEqual([
      'unreachable',
      'TypeError: Failed to fetch',
    ]);
    await expect(kindOf(new Response('', { status: 401 }))).resolves.toEqual(['refused', 'HTTP 401']);
    const expired = { message: 'the API key has expired', extensions: { code: 'UNAUTHENTICATED' } };
    await expect(kindOf(Response.json({ errors: [expired] }, { status: 401 }))).resolves.toEqual([
      'refused',
      'the API key has expired (UNAUTHENTICATED)',
    ]);
    await expect(kindOf(Response.json({ errors: [{ message: 'No such run.' }] }))).resolves.toEqual([
      'failed',
      'No such run.',
    ]);
    await expect(kindOf(new Response('<html>', { status: 502 }))).resolves.toEqual(['failed', 'HTTP 502']);
  });
});
