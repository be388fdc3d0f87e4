import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

// Started from a test, NODE_ENV is `test`, and React would come with its development checks: half as heavy again, and slower.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

/** The API serves the built console under /console; `npm run dev` (tools/dev-console.mjs) serves it from here. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['@abide/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The content security policy allows fonts and pictures from ourselves only, so nothing becomes a data: URI.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|openapi-fetch)[\\/]/,
            },
            // What the first page needs anyway, in one file: cut along the pages that share it, it would weigh more.
            { name: 'frame', tags: ['$initial'] },
          ],
        },
      },
    },
  },
});
