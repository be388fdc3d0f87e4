/**
 * `npm run mutation -- libs/rulebook/src/decide/decide.ts`: changes the source in every small way and names each change
 * that no unit spec of its project notices. A file, a folder, or lines of a file (`decide.ts:10-40`); by hand, not in CI.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = (process.argv[2] ?? '').replaceAll('\\', '/').replace(/\/$/, '');
const [path] = wanted.split(':');
const project = /^(libs|apps)\/[^/]+/.exec(path)?.[0];
if (!project || !existsSync(join(root, path))) {
  console.error('Name a source: npm run mutation -- libs/rulebook/src/decide/decide.ts');
  process.exit(2);
}
const isFolder = statSync(join(root, path)).isDirectory();

process.chdir(root);
process.env.NODE_ENV = 'test';
process.env.ABIDE_MUTATED_PROJECT = project;
await new Stryker({
  mutate: isFolder ? [`${path}/**/*.ts`, `!${path}/**/*spec.ts`, `!${path}/**/testing/**`] : [wanted],
  ignorePatterns: ['dist', '/.nx', '/.abide', '/bench', '/docs'],
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  coverageAnalysis: 'perTest',
  jest: { projectType: 'custom', configFile: 'tools/jest-mutation.mjs' },
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: 2,
  timeoutMS: 30_000,
}).runMutationTest();
