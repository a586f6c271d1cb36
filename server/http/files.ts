import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** A file of the widgets' bundle, for pages of any site; null for a path that is none. */
export async function widgetFile(folder: string, request: Request): Promise<Response | null> {
  const name = /^\/widgets\/([\w-]+(?:\.[\w-]+)*\.js(?:\.map)?)$/.exec(new URL(request.url).pathname)?.[1];
  if (name === undefined) return null;
  const body = await contents(join(folder, name));
  const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
  return body && fileResponse(request, name, body, open);
}

/** A file of the demo page, which is given the demo key; null for a path that is none. */
export async function demoFile(folder: string, demoKey: string, request: Request): Promise<Response | null> {
  const name = DEMO_FILE[new URL(request.url).pathname];
  const body = name && (await contents(join(folder, name)));
  if (!name || !body) return null;
  const filled = name.endsWith('.html') ? Buffer.from(body.toString().replaceAll('{{token}}', demoKey)) : body;
  return fileResponse(request, name, filled, { 'content-security-policy': DEMO_POLICY });
}

const contents = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/** Browsers ask each time and are told when nothing has changed. */
function fileResponse(request: Request, name: string, body: Buffer, headers: Record<string, string>): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const type = TYPE[name.slice(name.lastIndexOf('.') + 1)];
  const common = { ...headers, etag, 'cache-control': 'no-cache' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: common });
  return new Response(new Uint8Array(body), { headers: { ...common, 'content-type': `${type}; charset=utf-8` } });
}
