/**
 * `npm test`: everything that must hold, small steps two at a time, then what failed, then one line "N passed, N failed"
 * over all of it. A step that cannot run counts as failed; so does a skipped test. `npm test -- unit lint` runs some
 * steps only, `npm test -- consent gate` the specs whose path matches a word.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choose } from './test-choice.mjs';
import { complaint, failuresOf } from './test-failures.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const jestBinary = 'node_modules/jest/bin/jest.js';
/** Workers get them too: sources as they are, and the virtual modules that the components of the console are loaded into. */
const nodeOptions = ['--import', './tools/from-source.mjs', '--enable-source-maps', '--experimental-vm-modules'];
const env = { ...process.env, NX_DAEMON: 'false', NODE_ENV: 'test', FORCE_COLOR: '0', NODE_NO_WARNINGS: '1' };
const scratch = mkdtempSync(join(tmpdir(), 'abide-results-'));
const total = { passed: 0, failed: 0 };
/** Steps that need what comes before them, or both processors. Every other reads nothing that another writes. */
const alone = ['build', 'integration', 'e2e'];
const failures = [];

/** The longest first. */
const steps = {
  build: () => once('build', ['tools/build.mjs']),
  unit: () => jest('unit', []),
  lint: () => once('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0']),
  types: async () =>
    sum([
      await types('types', 'tsconfig.json'),
      await types('types of the console', 'apps/admin/tsconfig.json'),
      await types('types of the sample', 'apps/sample/tsconfig.json'),
    ]),
  component: () => jest('component', []),
  format: () => once('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']),
  openapi: () => once('openapi', ['tools/openapi.mjs', '--check']),
  boundaries: () => counted('boundaries', 'tools/check-boundaries.mjs'),
  integration: () => jest('integration', ['--maxWorkers=3']),
  e2e: () => jest('e2e', ['--maxWorkers=3']),
};

const chosen = choose(process.argv.slice(2), { steps: Object.keys(steps), specs: listSpecs });
for (const word of chosen.unmatched) {
  total.failed += 1;
  failures.push(`${word}: neither a step (${Object.keys(steps).join(', ')}) nor part of the path of a spec`);
}
if (chosen.unmatched.length > 0) chosen.steps.clear();
else for (const [tier, specs] of chosen.specsByTier ?? []) console.log(`${tier}:\n  ${specs.join('\n  ')}`);

const waiting = Object.keys(steps).filter((name) => chosen.steps.has(name) && !alone.includes(name));
let isShared = false;
if (chosen.steps.has('build')) await run('build');
isShared = waiting.length > 1;
await Promise.all([runWaiting(), runWaiting()]);
isShared = false;
for (const name of ['integration', 'e2e']) if (chosen.steps.has(name)) await run(name);
rmSync(scratch, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function runWaiting() {
  for (let name = waiting.shift(); name; name = waiting.shift()) await run(name);
}

async function run(name) {
  const startedAt = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await steps[name]();
  total.passed += passed;
  total.failed += failed;
  console.log(`── ${name}: ${passed} ok, ${failed} not, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function listSpecs() {
  const listed = spawnSync(process.execPath, [jestBinary, '--listTests', '--json'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return JSON.parse(listed.stdout).map((path) => relative(root, path).replaceAll('\\', '/'));
}

/** Runs a script and shows what it prints: as it does, or at its end where another runs beside it. */
function node(args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [stream, screen] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (!isShared) screen.write(text);
      });
    child.on('close', (status) => {
      if (isShared) process.stdout.write(output);
      done({ status, output });
    });
  });
}

async function once(name, args) {
  const { status, output } = await node(args);
  if (status === 0) return { passed: 1, failed: 0 };
  failures.push(`${name}: ${complaint(output)}`);
  return { passed: 0, failed: 1 };
}

function types(name, project) {
  return once(name, ['node_modules/typescript/bin/tsc', '-p', project]);
}

async function counted(name, script) {
  const { output } = await node([script]);
  const found = /(\d+) passed, (\d+) failed/.exec(output);
  const { passed, failed } = found ? { passed: Number(found[1]), failed: Number(found[2]) } : { passed: 0, failed: 1 };
  if (failed > 0) failures.push(`${name}: ${complaint(output)}`);
  return { passed, failed };
}

/** Runs a tier, or what was chosen of it; then nothing that a test prints is kept back. */
async function jest(tier, args) {
  const file = join(scratch, `${tier}.json`);
  const specs = chosen.specsByTier?.get(tier);
  const selection = specs ? ['--runTestsByPath', ...specs] : ['--silent'];
  const { output } = await node([
    ...nodeOptions,
    jestBinary,
    ...selection,
    '--selectProjects',
    tier,
    '--json',
    `--outputFile=${file}`,
    ...args,
  ]);
  if (!existsSync(file)) {
    failures.push(`${tier}: ${complaint(output)}`);
    return { passed: 0, failed: 1 };
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  failures.push(...failuresOf(result, root));
  const failed =
    result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests + result.numTodoTests;
  return { passed: result.numPassedTests, failed: failed + (result.numTotalTests === 0 ? 1 : 0) };
}

function sum(results) {
  return results.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
}
