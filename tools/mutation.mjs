/**
 * `npm run mutation -- libs/rulebook/src/decide/decide.ts`: changes the source in every small way and names each change
 * that no spec of its project notices. A file, a folder, or lines of a file (`decide.ts:10-40`); by hand, not in CI.
 * `--tier integration` asks the specs on a real PostgreSQL instead of the unit specs; `--specs libs/consent/src/gate`
 * asks those of one folder or file; `--quick` leaves out the property specs, so that the score is the least
 * that it can be, and what runs only while a file is loaded, such as tables.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import startPostgres from './jest-postgres.mjs';
import stopPostgres from './jest-postgres-stop.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tier: { type: 'string', default: 'unit' },
    specs: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
  },
});
const wanted = positionals.map((one) => one.replaceAll('\\', '/').replace(/\/$/, ''));
const [path = ''] = wanted[0]?.split(':') ?? [];
const project = /^(libs|apps)\/[^/]+/.exec(path)?.[0];
if (!project || wanted.some((one) => !existsSync(join(root, one.split(':')[0])))) {
  console.error('Name a source: npm run mutation -- libs/rulebook/src/decide/decide.ts');
  process.exit(2);
}

const patternsOf = (one) =>
  statSync(join(root, one.split(':')[0])).isDirectory()
    ? [`${one}/**/*.ts`, `!${one}/**/*spec.ts`, `!${one}/**/testing/**`]
    : [one];

process.chdir(root);
Object.assign(process.env, {
  NODE_ENV: 'test',
  ABIDE_MUTATED_TIER: values.tier,
  ABIDE_MUTATED_SPECS: (values.specs ?? [`${project}/src`]).join(','),
  ...(values.quick && { ABIDE_MUTATED_QUICK: 'true' }),
});
if (values.tier === 'integration') await startPostgres();
try {
  await new Stryker({
    mutate: wanted.flatMap(patternsOf),
    ignorePatterns: ['dist', '/.nx', '/.abide', '/bench', '/docs'],
    tempDirName: '.stryker-tmp',
    cleanTempDir: 'always',
    plugins: ['./tools/mutation-runner.mjs'],
    testRunner: 'in-process',
    testRunnerNodeArgs: ['--import', './tools/from-source.mjs'],
    coverageAnalysis: 'perTest',
    ignoreStatic: values.quick,
    reporters: ['clear-text', 'progress'],
    clearTextReporter: { allowColor: false, logTests: false },
    concurrency: Number(values.concurrency),
    maxTestRunnerReuse: 300,
    dryRunTimeoutMinutes: 30,
    timeoutMS: 30_000,
  }).runMutationTest();
} finally {
  await stopPostgres();
}
