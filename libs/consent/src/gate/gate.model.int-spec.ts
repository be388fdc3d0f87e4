import fc from 'fast-check';
import { bornToTurn, ModelInstallation } from '../testing/model-installation.js';
import { ModelRun } from '../testing/model-run.js';
import { cast, step } from '../testing/model-steps.js';

/** What was found by `ABIDE_MODEL_SEED` and `ABIDE_MODEL_PATH`, as a failure prints them; more runs, without a limit of time, by `ABIDE_MODEL_RUNS`. */
const { ABIDE_MODEL_SEED: seed, ABIDE_MODEL_PATH: path, ABIDE_MODEL_RUNS: runs } = process.env;
const secondsInSuite = 40;

describe('the gate, held against a naive reference', () => {
  let installation: ModelInstallation | undefined;
  beforeAll(async () => {
    installation = await ModelInstallation.open();
  });
  afterAll(() => installation?.close());

  it(
    'answers every question as the rules do, whatever was said and happened before, in whatever order',
    async () => {
      const everythingAgrees = fc.asyncProperty(
        cast,
        fc.noBias(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' })),
        async ({ grownYears, childTurnsIn }, steps) => {
          if (!installation) throw new Error('There is no installation');
          const run = await ModelRun.begin(installation, {
            grown: grownYears === null ? null : bornToTurn(grownYears, 0, installation.now()),
            child: bornToTurn(14, childTurnsIn, installation.now()),
          });
          for (const one of steps) expect(await run.perform(one)).toEqual([]);
        },
      );
      await fc.assert(everythingAgrees, {
        ...(seed ? { seed: Number(seed) } : {}),
        ...(path ? { path } : {}),
        numRuns: runs ? Number(runs) : 30,
        ...(runs ? {} : { interruptAfterTimeLimit: secondsInSuite * 1000 }),
      });
    },
    runs ? 24 * 3_600_000 : 120_000,
  );
});
