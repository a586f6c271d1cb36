import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { stripIgnoredCharacters } from 'graphql';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

import { browserLaunchOptions } from './test/support/browser.ts';

/** Minifies `html` and `css` literals, but for a file that builds CSS from strings; one space stays, as between words. */
const literals = minifyTemplateLiterals({
  include: 'widgets/**',
  exclude: '**/tokens.ts',
  options: { minifyOptions: { conservativeCollapse: true } },
  failOnError: true,
});

/** Leaves out of the GraphQL documents what no server reads. */
const documents: Plugin = {
  name: 'documents',
  transform: (code, id) =>
    id.endsWith('/widgets/generated/graphql.ts')
      ? code.replaceAll(/(?<=TypedDocumentString\()`([^`]+)`/g, (_, text) =>
          JSON.stringify(stripIgnoredCharacters(text)),
        )
      : undefined,
};

/** One ES module that registers every element. */
const widgets: UserConfig = {
  publicDir: false,
  plugins: [literals, documents],
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
  plugins: [literals, documents],
  build: {
    target: 'es2022',
    outDir: 'dist/elements',
    minify: false,
    lib: {
      entry: [
        'provider',
        'value-chart',
        'segment-picker',
        'at-risk-list',
        'recommendations',
        'campaign-results',
        'import',
      ].map((name) => `widgets/${name}/${name}.ts`),
      formats: ['es'],
    },
    rolldownOptions: {
      external: /^(lit|@lit)/,
      output: { preserveModules: true, preserveModulesRoot: 'widgets', entryFileNames: '[name].js' },
    },
  },
};

/** The Node side, module by module, with Prisma in dist/vendor (docs/decisions.md). */
const server: UserConfig = {
  publicDir: false,
  ssr: { noExternal: [/^@prisma\//, 'postgres-array', '@pothos/plugin-prisma', '@pothos/selection-mapper'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    minify: false,
    license: { fileName: 'vendor/LICENSES.md' },
    rolldownOptions: {
      input: ['server/cli.ts', 'server/compute/jobs.ts', 'server/store/embedded-worker.js'],
      output: {
        preserveModules: true,
        preserveModulesRoot: '.',
        // npm leaves every folder of the name node_modules out of a package.
        entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\//, 'vendor/')}.js`,
      },
    },
  },
};

/**
 * The tests by what they need, which their names show: `*.db.test.ts` a database, `*.browser.test.ts` to run inside a
 * browser, `*.e2e.test.ts` the demo server or a page, any other nothing. Names with `.full` run in `npm run test:full` only.
 */
const tests = async (isFull: boolean): Promise<ViteUserConfig> => {
  const full = isFull ? [] : ['test/**/*.full.*'];
  const onNode = {
    // As Node resolves it: otherwise the schema and the libraries around it would each have a graphql of their own.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
    isolate: false,
    env: { TZ: 'America/New_York', PROPERTY_RUNS: isFull ? '100' : '10' },
    testTimeout: isFull ? 600_000 : 60_000,
    hookTimeout: 420_000,
    expect: { poll: { timeout: 15_000 } },
  };
  return {
    test: {
      maxWorkers: '100%',
      projects: [
        {
          test: {
            ...onNode,
            name: 'unit',
            include: ['test/**/*.test.ts'],
            exclude: ['test/**/*.{db,browser,e2e}.test.ts', ...full],
          },
        },
        {
          test: {
            ...onNode,
            name: 'database',
            include: ['test/**/*.db.test.ts'],
            exclude: full,
            globalSetup: 'test/support/database-setup.ts',
            setupFiles: 'test/support/row-types/check-row-types.ts',
          },
        },
        {
          test: {
            ...onNode,
            name: 'e2e',
            include: ['test/**/*.e2e.test.ts'],
            globalSetup: 'test/support/demo-setup.ts',
          },
        },
        {
          plugins: [literals],
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
  };
};

/** `vite build` makes the widgets; `--mode elements` and `--mode server` the rest; vitest brings the mode `test` or `full`. */
export default defineConfig(({ mode }) => {
  if (mode === 'test' || mode === 'full') return tests(mode === 'full');
  return { elements, server }[mode] ?? widgets;
});
