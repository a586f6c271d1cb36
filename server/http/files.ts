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

const DEMO_FILES = ['admin.css', 'admin.js', 'import.js', 'page.js'];

/** The pages under /demo: each is filled with a key, and shows the name of the shop that the key is of. */
const DEMO_PAGES: Readonly<Record<string, readonly [file: string, key: 'demoKey' | 'ownKey', shop: string]>> = {
  '/demo': ['index.html', 'demoKey', 'Fennel &amp; Co'],
  '/demo/own': ['index.html', 'ownKey', 'Your shop'],
  '/demo/import': ['import.html', 'ownKey', 'Your shop'],
};

/** The strictest policy that widgets promise to work under. */
const DEMO_POLICY =
  "default-src 'self'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'self'";

const DEMO_HEADERS = { 'content-security-policy': DEMO_POLICY };

const NOT_FOR_ALL = 'this page writes, and is there only on a server that this machine alone reaches: HOST=127.0.0.1';

/** A file of the widgets' bundle, for pages of any site; null where there is none of this name. */
export async function widgetFile(
  { folder }: RouteDependencies,
  { request, path: { name = '' } }: Visit,
): Promise<Response | null> {
  const body = await contents(join(folder, 'dist/widgets', name));
  const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
  return body && fileResponse(request, name, body, open);
}

/** A page of the demo, filled with its key, or a file of these pages; null where there is none of this name, and without a demo. */
export async function demoFile(dependencies: RouteDependencies, { request, url }: Visit): Promise<Response | null> {
  const { folder, host, demoKey } = dependencies;
  if (demoKey === undefined) return null;
  if (!isOwnHost(request, host))
    return new Response(`expected the host ${host}, localhost or an address`, { status: 421 });
  const name = url.pathname.slice('/demo/'.length);
  const [file, keyName, shop] = DEMO_PAGES[url.pathname] ?? (DEMO_FILES.includes(name) ? [name] : []);
  if (file === undefined) return null;
  const body = await contents(join(folder, 'demo', file));
  if (body === null || keyName === undefined) return body && fileResponse(request, file, body, DEMO_HEADERS);
  const key = dependencies[keyName];
  if (key === undefined) return new Response(NOT_FOR_ALL, { status: 403 });
  const page = body.toString().replaceAll('{{token}}', key).replaceAll('{{shop}}', shop!);
  return fileResponse(request, file, Buffer.from(page), DEMO_HEADERS);
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
