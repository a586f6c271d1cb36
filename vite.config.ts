import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

import { browserLaunchOptions } from './test/support/browser.ts';

/**
 * What a minifier leaves alone: an element brings its own queries, and not the map of all that codegen makes; spaces in
 * queries, styles and templates go.
 */
const slim: Plugin = {
  name: 'slim',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/widgets/')) return null;
    return code
      .replace(/graphql\(`\s*query (\w+)[^`]*`\)/g, 'queries.$1Document')
      .replace(/import .*'(.*)gql\.ts';/, "import * as queries from '$1graphql.ts';")
      .replace(
        /= new (TypedDocumentString\(`[^`]*`)/g,
        (_, query) => `= /* @__PURE__ */ new ${query.replace(/\s*([{}])\s*/g, '$1')}`,
      )
      .replace(/css`[^`]*`/g, (styles) => styles.replace(/\/\*.*?\*\//gs, '').replace(/\s*([{};,\n])\s*|(:) /g, '$1$2'))
      .replace(/\n\s+/g, '\n');
  },
};

/** One ES module that registers every element. */
const widgets: UserConfig = {
  publicDir: false,
  plugins: [slim],
  build: {
    target: 'es2022',
    outDir: 'dist/widgets',
    lib: { entry: 'widgets/perennial.ts', formats: ['es'], fileName: () => 'perennial.js' },
    rolldownOptions: { output: { minify: true } },
  },
};

/** Each element as a module of its own, over shared modules; for bundlers, which bring Lit and the rest themselves. */
const elements: UserConfig = {
  publicDir: false,
  plugins: [slim],
  build: {
    target: 'es2022',
    outDir: 'dist/elements',
    minify: false,
    lib: {
      entry: ['provider', 'value-chart', 'segment-picker', 'at-risk-list', 'recommendations', 'campaign-results'].map(
        (name) => `widgets/${name}/${name}.ts`,
      ),
      formats: ['es'],
    },
    rolldownOptions: {
      external: /^(lit|@lit)/,
      output: { preserveModules: true, preserveModulesRoot: 'widgets', entryFileNames: '[name].js' },
    },
  },
};

/** The Node side, module by module. */
const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: ['server/cli.ts', 'server/compute/jobs.ts', 'server/store/embedded-worker.js'],
      output: { preserveModules: true, preserveModulesRoot: '.', entryFileNames: '[name].js' },
    },
  },
};

const tests = async (): Promise<ViteUserConfig> => ({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          // As Node resolves it: otherwise the schema and the libraries around it would each have a graphql of their own.
          alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts'],
          globalSetup: 'test/support/global-setup.ts',
          env: { TZ: 'America/New_York' },
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: await browserLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
    ],
  },
});

/** `vite build` makes the widgets; `--mode elements` and `--mode server` the rest; vitest brings the mode `test`. */
export default defineConfig(({ mode }) => {
  if (mode === 'test') return tests();
  return { elements, server }[mode] ?? widgets;
});
