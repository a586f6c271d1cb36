import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import chromium from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Flags of @sparticuz/chromium that would make tests milder than a real page, or share one process between pages. */
const UNWANTED_FLAG = /single-process|no-zygote|web-security|insecure-content|site-isolation|headless|in-process-gpu/;

/** The package's own settings look for its fonts under /tmp. */
const FONTS = '<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>';

/** Launch options of playwright for the browser of this machine: CHROME_PATH, a system Chrome, else the one inside npm. */
export async function browserLaunchOptions(): Promise<LaunchOptions> {
  const system = [process.env.CHROME_PATH, ...SYSTEM_BROWSERS].find((path) => path !== undefined && existsSync(path));
  if (system !== undefined) return { executablePath: system, args: ['--no-sandbox'] };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium found: set CHROME_PATH to its executable.');
  }
  const folder = await unpackedChromium();
  return {
    executablePath: join(folder, 'chromium'),
    args: chromium.args.filter((flag) => !UNWANTED_FLAG.test(flag)),
    env: { ...process.env, LD_LIBRARY_PATH: libraryPath(folder), ...fontSettings(folder) },
  };
}

/** Unpacks into a private folder first and renames it, so that a test run killed half-way leaves nothing broken behind. */
async function unpackedChromium(): Promise<string> {
  const folder = resolve('node_modules/.cache/perennial-chromium');
  if (existsSync(folder)) return folder;
  const draft = `${folder}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  // The package unpacks into the temporary folder, and its NSS libraries only where it believes to be on AWS.
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME } = process.env;
  Object.assign(process.env, { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  try {
    await chromium.executablePath();
  } finally {
    restore('TMPDIR', TMPDIR);
    restore('AWS_LAMBDA_JS_RUNTIME', AWS_LAMBDA_JS_RUNTIME);
  }
  writeFileSync(join(draft, 'fonts', 'fonts.conf'), FONTS);
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else renameSync(draft, folder);
  return folder;
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function libraryPath(folder: string): string {
  return [process.env.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')].filter(Boolean).join(delimiter);
}

function fontSettings(folder: string): Record<string, string> {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
}
