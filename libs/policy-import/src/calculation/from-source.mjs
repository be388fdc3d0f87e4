/**
 * Starts the reading thread from the sources, as tests and `npm run dev` run them: a thread does not inherit how its
 * parent reads TypeScript. The built product starts calculations.worker.js directly.
 */
import '../../../../tools/from-source.mjs';

await import('./calculations.worker.ts');
