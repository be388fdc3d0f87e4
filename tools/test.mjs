/**
 * `npm test`: everything that must hold, one step after another, then one line "N passed, N failed" over all of it.
 * A step that cannot run counts as failed; so does a skipped test. `npm test -- unit lint` runs some steps only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'abide-results-'));
const total = { passed: 0, failed: 0 };

const steps = {
  format: () => once('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']),
  build: () => once('build', ['tools/build.mjs']),
  lint: () => once('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0']),
  types: () =>
    sum([
      types('types', 'tsconfig.json'),
      types('types of the console', 'apps/admin/tsconfig.json'),
      types('types of the sample', 'apps/sample/tsconfig.json'),
    ]),
  boundaries: () => counted('tools/check-boundaries.mjs'),
  openapi: () => once('openapi', ['tools/openapi.mjs', '--check']),
  unit: () => jest('unit', []),
  integration: () => jest('integration', ['--maxWorkers=2']),
  e2e: () => jest('e2e', ['--runInBand']),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}

for (const [name, step] of Object.entries(steps)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const startedAt = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = step();
  total.passed += passed;
  total.failed += failed;
  console.log(`── ${name}: ${passed} ok, ${failed} not, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function node(args, stdout = 'inherit') {
  const env = { ...process.env, NX_DAEMON: 'false', NODE_ENV: 'test', FORCE_COLOR: '0', NODE_NO_WARNINGS: '1' };
  return spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', stdout, 'inherit'],
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

function once(name, args) {
  const isGood = node(args).status === 0;
  if (!isGood) console.error(`${name} failed`);
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 };
}

function types(name, project) {
  return once(name, ['node_modules/typescript/bin/tsc', '-p', project]);
}

function counted(script) {
  const { stdout } = node([script], 'pipe');
  const found = /(\d+) passed, (\d+) failed/.exec(stdout ?? '');
  return found ? { passed: Number(found[1]), failed: Number(found[2]) } : { passed: 0, failed: 1 };
}

function jest(project, args) {
  const file = join(scratch, `${project}.json`);
  node(
    [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      project,
      '--json',
      `--outputFile=${file}`,
      '--silent',
      ...args,
    ],
    'ignore',
  );
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const failed =
    result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests + result.numTodoTests;
  return { passed: result.numPassedTests, failed: failed + (result.numTotalTests === 0 ? 1 : 0) };
}

function sum(results) {
  return results.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
}
