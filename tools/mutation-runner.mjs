/**
 * Runs the specs of one project for Stryker inside one process: the sources are loaded once with all their changes, and
 * each change is switched on in turn. Jest itself would load them anew for every change, which takes fifty times as long.
 * Describe, it and the hooks are Jest's own (jest-circus), as is `expect`.
 */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jestExpect } from '@jest/expect';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { serveGlobals } from './jest-globals.mjs';

const { ABIDE_MUTATED_SPECS: wantedSpecs, ABIDE_MUTATED_TIER: tier, ABIDE_MUTATED_QUICK: isQuick } = process.env;
if (isQuick) fc.configureGlobal({ numRuns: 5 });
const testTimeout = 120_000;
const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
const jest = new ModuleMocker(globalThis);
const globals = { afterAll, afterEach, beforeAll, beforeEach, describe, it, test, expect: jestExpect, jest };
Object.assign(globalThis, globals);
serveGlobals(Object.keys(globals));
/** What the changed sources look at: which change is switched on, and where to count that a line was reached. */
const switches = (globalThis.__stryker__ ??= {});

/** What runs while a file is loaded has to be loaded anew for every change: each further loading has its number in the addresses. */
const here = () => pathToFileURL(`${process.cwd()}/`).href;
registerHooks({
  resolve(specifier, context, next) {
    const [parentURL, loading] = context.parentURL?.split('?loading=') ?? [];
    const resolved = next(specifier, { ...context, parentURL });
    const isOwn = loading && resolved.url.startsWith(here()) && resolved.url.endsWith('.ts');
    return isOwn ? { ...resolved, url: `${resolved.url}?loading=${loading}` } : resolved;
  },
  load: (url, context, next) => next(url.split('?loading=')[0], context),
});

/** One spec file: its tests stay as they were declared, to be run again. */
class SpecFile {
  constructor(path, loading) {
    this.path = path;
    this.address = pathToFileURL(resolve(path)).href + (loading > 1 ? `?loading=${loading}` : '');
  }

  async load() {
    if (this.state) return;
    circus.resetState();
    this.state = circus.getState();
    this.state.testTimeout = testTimeout;
    await import(this.address);
    this.tests = testsOf(this.state.rootDescribeBlock);
    for (const one of this.tests) one.declaredMode = one.mode;
  }

  idOf(one) {
    return `${this.path} ${namesOf(one).join(' ')}`;
  }

  /** Runs those of its tests that are `wanted`, until the first fails where it `stopsAtFailure`. */
  async run({ isWanted, stopsAtFailure, onReached = () => {} }) {
    await this.load();
    const wanted = new Set(this.tests.filter((one) => isWanted(this.idOf(one))));
    if (wanted.size === 0) return [];
    circus.setState(this.state);
    this.state.unhandledErrors.length = 0;
    for (const one of this.tests) {
      Object.assign(one, { errors: [], status: null, mode: wanted.has(one) ? one.declaredMode : 'skip' });
    }
    const follow = (event) => {
      onReached(event, this);
      if (event.name !== 'test_done' || event.test.errors.length === 0 || !stopsAtFailure) return;
      for (const one of this.tests) if (one.status === null) one.mode = 'skip';
    };
    circus.addEventHandler(follow);
    await circus.run();
    circus.removeEventHandler(follow);
    return [...wanted].map((one) => this.resultOf(one));
  }

  resultOf(one) {
    const id = this.idOf(one);
    const base = { id, name: id, fileName: resolve(this.path), timeSpentMs: one.duration ?? 0 };
    const [error] = [...one.errors, ...(one.status === null ? [] : this.state.unhandledErrors)].flat();
    if (error) return { ...base, status: TestStatus.Failed, failureMessage: String(error.message ?? error) };
    return { ...base, status: one.status === 'done' ? TestStatus.Success : TestStatus.Skipped };
  }
}

class InProcessRunner {
  static inject = [];
  loadings = 0;
  specs = this.load();

  capabilities() {
    return { reloadEnvironment: true };
  }

  load() {
    this.loadings += 1;
    return specFiles().map((path) => new SpecFile(path, this.loadings));
  }

  async dryRun() {
    for (const spec of this.specs) await spec.load();
    const ofHooks = new Map();
    const onReached = (event, spec) => {
      if (event.name === 'test_start') switches.currentTestId = spec.idOf(event.test);
      if (event.name === 'hook_start' && event.hook.type === 'beforeAll') {
        switches.currentTestId = `${spec.path} before ${namesOf(event.hook.parent).join(' ')}`;
        ofHooks.set(
          switches.currentTestId,
          testsOf(event.hook.parent).map((one) => spec.idOf(one)),
        );
      }
      if (event.name === 'test_done' || event.name === 'hook_success') switches.currentTestId = undefined;
    };
    const tests = await runAll(this.specs, { isWanted: () => true, stopsAtFailure: false, onReached });
    return { status: DryRunStatus.Complete, tests, mutantCoverage: withHooks(switches.mutantCoverage, ofHooks) };
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, disableBail, hitLimit, mutantActivation }) {
    const isLoadedAnew = mutantActivation === 'static';
    if (!isLoadedAnew) for (const spec of this.specs) await spec.load();
    const specs = isLoadedAnew ? this.load() : this.specs;
    switches.hitLimit = hitLimit;
    switches.hitCount = hitLimit ? 0 : undefined;
    switches.activeMutant = activeMutant.id;
    const wanted = testFilter && new Set(testFilter);
    try {
      const nearestFirst = specs.toSorted(
        (a, b) => likeness(b.path, sandboxFileName) - likeness(a.path, sandboxFileName),
      );
      const tests = await runAll(nearestFirst, {
        isWanted: (id) => !wanted || wanted.has(id),
        stopsAtFailure: !disableBail,
      });
      const endless = determineHitLimitReached(switches.hitCount, switches.hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests }, disableBail);
    } catch (error) {
      return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) });
    } finally {
      switches.activeMutant = undefined;
    }
  }
}

async function runAll(specs, how) {
  const results = [];
  for (const spec of specs) {
    results.push(...(await spec.run(how)));
    if (how.stopsAtFailure && results.some(({ status }) => status === TestStatus.Failed)) break;
  }
  return results;
}

/** What a hook reaches before all tests of a block is reached by each of them. */
function withHooks({ static: atLoading = {}, perTest = {} } = {}, ofHooks) {
  const reached = {};
  const add = (id, counts) => {
    reached[id] ??= {};
    for (const [mutant, count] of Object.entries(counts)) reached[id][mutant] = (reached[id][mutant] ?? 0) + count;
  };
  for (const [id, counts] of Object.entries(perTest)) for (const one of ofHooks.get(id) ?? [id]) add(one, counts);
  return { static: atLoading, perTest: reached };
}

function testsOf(block) {
  return block.children.flatMap((child) => (child.type === 'describeBlock' ? testsOf(child) : [child]));
}

function namesOf({ name, parent }) {
  return parent ? [...namesOf(parent), name] : [];
}

function specFiles() {
  const ending = tier === 'integration' ? '.int-spec.ts' : '.spec.ts';
  return globSync(wantedSpecs.split(',').map((one) => (one.endsWith('.ts') ? one : `${one}/**/*${ending}`)))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isQuick || !isProperty(path))
    .sort();
}

/** The specs beside a source mostly notice its changes, and examples before a property has been tried a thousand times. */
function likeness(spec, source) {
  if (isProperty(spec)) return -1;
  const path = relative('', source).replaceAll('\\', '/');
  return [...spec].findIndex((character, index) => character !== path[index]);
}

const isProperty = (path) => path.includes('.properties.');

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
