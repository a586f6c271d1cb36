import { defineConfig } from 'vite';

/** `vite build --mode server` builds the Node side module by module; plain `vite build` builds the widgets. */
export default defineConfig(({ mode }) =>
  mode === 'server'
    ? {
        publicDir: false,
        build: {
          ssr: true,
          target: 'node20',
          outDir: 'dist',
          emptyOutDir: false,
          minify: false,
          rolldownOptions: {
            input: ['server/cli.ts', 'server/data/embedded-worker.js'],
            output: { preserveModules: true, preserveModulesRoot: '.', entryFileNames: '[name].js' },
          },
        },
      }
    : {},
);
