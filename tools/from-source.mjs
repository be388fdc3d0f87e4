/** Lets plain Node run the TypeScript sources: `node --import ./tools/from-source.mjs <file>.ts`. Not for production. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { transformSync, version } from '@swc/core';

const swcrc = readFileSync(new URL('../.swcrc', import.meta.url), 'utf8');
const options = { ...JSON.parse(swcrc), swcrc: false, sourceMaps: 'inline' };
const cache = fileURLToPath(new URL('../node_modules/.cache/abide-sources/', import.meta.url));
mkdirSync(cache, { recursive: true });

registerHooks({
  resolve(specifier, context, next) {
    const isSource = specifier.startsWith('.') && isTypeScript(context.parentURL);
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, {
      ...context,
      conditions: ['@abide/source', ...context.conditions],
    });
  },
  load(url, context, next) {
    if (!isTypeScript(url)) return next(url, context);
    return { format: 'module', shortCircuit: true, source: transformed(fileURLToPath(url)) };
  },
});

/** A spec is asked for with a query, so that it is loaded once more. */
function isTypeScript(url) {
  return url?.startsWith('file:') && new URL(url).pathname.endsWith('.ts');
}

/** A start transforms hundreds of files of which few have changed: the rest is kept by its content. */
function transformed(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update([version, swcrc, filename, source].join('\0')).digest('hex');
  const kept = join(cache, key);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = transformSync(source, { ...options, filename });
    const unfinished = `${kept}.${process.pid}.${threadId}`;
    writeFileSync(unfinished, code);
    renameSync(unfinished, kept);
    return code;
  }
}
