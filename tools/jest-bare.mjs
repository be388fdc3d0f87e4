/**
 * What specs have that run in bare Node (jest-light-runner): each worker loads the packages and the sources once, where
 * Jest itself would load them anew for every spec, which was a third of the whole time. The runner knows no time limit.
 */
import { url as debuggedAt } from 'node:inspector';
import { addEventHandler } from 'jest-circus';
import { serveGlobals } from './jest-globals.mjs';

const usual = 120_000;

serveGlobals(['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'jest', 'test']);

addEventHandler(({ name, timeout }, { currentDescribeBlock: block }) => {
  if (name === 'add_hook') limit(block.hooks.at(-1), timeout);
  if (name === 'add_test') limit(block.children.at(-1), timeout);
});

/** Lets a test or a hook fail that takes longer than it may, unless somebody looks at it step by step. */
function limit(one, milliseconds = usual) {
  const { fn } = one;
  one.fn = async () => {
    let timer;
    const late = new Promise((_, reject) => {
      const stop = () => debuggedAt() ?? reject(new Error(`It took longer than ${milliseconds} ms.`));
      timer = setTimeout(stop, milliseconds);
    });
    await Promise.race([(async () => fn())(), late]).finally(() => clearTimeout(timer));
  };
}
