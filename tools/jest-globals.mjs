import { registerHooks } from 'node:module';

/** Lets specs that run outside of Jest's own world import from `@jest/globals` what their runner has put into the global one. */
export function serveGlobals(names) {
  const url = `data:text/javascript,export const { ${names.join(', ')} } = globalThis;`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@jest/globals' ? { url, shortCircuit: true } : next(specifier, context),
  });
}
