/**
 * Starts the calculating thread from the sources, as the tests run them: a thread does not inherit how its parent reads
 * TypeScript. The built product starts calculations.worker.js directly.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const swcrc = JSON.parse(readFileSync(new URL('../../../../.swcrc', import.meta.url), 'utf8'));

registerHooks({
  resolve(specifier, context, next) {
    const isSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, {
      ...context,
      conditions: ['@abide/source', ...context.conditions],
    });
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      ...swcrc,
      swcrc: false,
      sourceMaps: false,
    });
    return { format: 'module', shortCircuit: true, source: code };
  },
});

await import('./calculations.worker.ts');
