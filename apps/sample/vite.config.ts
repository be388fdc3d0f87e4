import { defaultClientConditions, defineConfig } from 'vite';

/** The API serves the built page under /sample/ while a demo runs. Its files have lasting names, so that the service worker knows them. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/sample/',
  resolve: { conditions: ['@abide/source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { entryFileNames: 'sample.js', assetFileNames: 'sample[extname]' } },
  },
});
