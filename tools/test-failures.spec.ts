import { complaint, failuresOf } from './test-failures.mjs';

const file = (about: object) => ({
  name: '/clone/libs/x.spec.ts',
  status: 'failed',
  message: '',
  assertionResults: [],
  ...about,
});
const test = (about: object) => ({
  status: 'passed',
  ancestorTitles: ['a gate'],
  title: 'refuses',
  failureMessages: [],
  ...about,
});

describe('the list of failures', () => {
  it('names the spec and the test, with the first line of why', () => {
    const failed = test({
      status: 'failed',
      failureMessages: ['a gate > refuses\n    \u001b[31mError: expected true\u001b[39m\n    at x.ts:1'],
    });
    expect(failuresOf({ testResults: [file({ assertionResults: [test({}), failed] })] }, '/clone/')).toEqual([
      'libs/x.spec.ts: a gate refuses: Error: expected true',
    ]);
  });

  it('names a test that was skipped', () => {
    expect(
      failuresOf(
        { testResults: [file({ status: 'passed', assertionResults: [test({ status: 'pending' })] })] },
        '/clone/',
      ),
    ).toEqual(['libs/x.spec.ts: a gate refuses: not run (pending)']);
  });

  it('names a spec that could not run at all', () => {
    const message = '  ● Test suite failed to run\n\n    Configuration error:\n\n    Could not locate module';
    expect(failuresOf({ testResults: [file({ message })] }, '/clone/')).toEqual([
      'libs/x.spec.ts: Configuration error: Could not locate module',
    ]);
  });

  it('takes from what a tool printed the line that complains', () => {
    expect(complaint('Building …\n> nx run build\n\nx.ts(1,2): error TS1005\n')).toBe('x.ts(1,2): error TS1005');
    expect(complaint('[warn] x.ts\n')).toBe('[warn] x.ts');
    expect(complaint('')).toBe('it does not say why');
  });
});
