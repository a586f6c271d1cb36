import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isOwnHost } from './own-host.ts';
import type { RouteDependencies, Visit } from './route.ts';

const TYPE: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  map: 'application/json',
  css: 'text/css',
  html: 'text/html',
};

const DEMO_FILE: Readonly<Record<string, string>> = {
  '/demo': 'index.html',
  '/demo/admin.css': 'admin.css',
  '/demo/admin.js': 'admin.js',
};

/** The strictest policy that widgets promise to work under. */
const DEMO_POLICY =
  "default-src 'self'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'self'";

/** A file of the widgets' bundle, for pages of any site; null where there is none of this name. */
export async function widgetFile(
  { folder }: RouteDependencies,
  { request, path: { name = '' } }: Visit,
): Promise<Response | null> {
  const body = await contents(join(folder, 'dist/widgets', name));
  const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
  return body && fileResponse(request, name, body, open);
}

/** A file of the demo page, which is given the demo key; null where there is none of this name, and without a demo key. */
export async function demoFile(
  { folder, demoKey, host }: RouteDependencies,
  { request, url }: Visit,
): Promise<Response | null> {
  if (demoKey === undefined) return null;
  if (!isOwnHost(request, host))
    return new Response(`expected the host ${host}, localhost or an address`, { status: 421 });
  const name = DEMO_FILE[url.pathname];
  const body = name && (await contents(join(folder, 'demo', name)));
  if (!name || !body) return null;
  const filled = name.endsWith('.html') ? Buffer.from(body.toString().replaceAll('{{token}}', demoKey)) : body;
  return fileResponse(request, name, filled, { 'content-security-policy': DEMO_POLICY });
}

const contents = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/** Browsers ask each time, and get 304 when nothing has changed. */
function fileResponse(request: Request, name: string, body: Buffer, headers: Record<string, string>): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const type = TYPE[name.slice(name.lastIndexOf('.') + 1)];
  const common = { ...headers, etag, 'cache-control': 'no-cache' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: common });
  return new Response(new Uint8Array(body), { headers: { ...common, 'content-type': `${type}; charset=utf-8` } });
}
