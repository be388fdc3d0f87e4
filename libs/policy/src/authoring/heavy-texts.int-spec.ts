import { processorTimeOf, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
const asYaml = (count: number) =>
  Object.keys(keys(count))
    .map((key) => `${key}: 1`)
    .join('\n');

/** In microseconds: what reading a megabyte and answering costs by itself, and no more. */
const aLittle = 400_000;

describe('a text that takes long to read', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  beforeAll(async () => {
    test = await createPolicyApp();
    staff = await PolicyStaff.open(test);
    await staff.inForce(aPolicy({ clauses: [aClause({ id: 'first' })] }));
    await run('cases: []');
  });
  afterAll(() => test.close());

  const post = (path: string, body: unknown) =>
    staff.editor.request({ method: 'POST', path, body, headers: { 'accept-language': 'en' } });
  const run = (content: string) => post('operator/policies/privacy/tests/run', { content });
  const check = (document: unknown) => post('operator/policies/check', { document });

  async function costHere(ask: () => Promise<TestAnswer>): Promise<{ here: number; answer: TestAnswer }> {
    let answer: TestAnswer | undefined;
    const { here } = await processorTimeOf(async () => {
      answer = await ask();
    });
    if (!answer) throw new Error('nothing was answered');
    return { here, answer };
  }

  it.each([
    ['many keys', asYaml(18_000)],
    ['many cases that are none', `cases:\n${'- a\n'.repeat(48_000)}`],
    ['one long list', `cases: [${'a,'.repeat(60_000)}]`],
  ])('is read beside the thread that answers everybody: tests of %s', async (_, content) => {
    const { here, answer } = await costHere(() => run(content));
    expect([answer.status, answer.body.code]).toEqual([400, 'policy.tests_invalid']);
    expect(answer.body.errors.length).toBeLessThanOrEqual(101);
    expect(here).toBeLessThan(aLittle);
  });

  it('is read beside it when tests are to be kept', async () => {
    const { here, answer } = await costHere(() =>
      staff.editor.request({
        method: 'PUT',
        path: 'operator/policies/privacy/tests',
        body: { content: asYaml(18_000) },
      }),
    );
    expect([answer.status, answer.body.code]).toEqual([400, 'policy.tests_invalid']);
    expect(here).toBeLessThan(aLittle);
  });

  it.each([
    ['keys that nobody knows', keys(90_000)],
    ['clauses of nothing', { policy: 'privacy', clauses: Array(30_000).fill({}) }],
    ['a text of keys', asYaml(60_000)],
    [
      'clauses full of faults',
      aPolicy({
        clauses: Array.from({ length: 400 }, () => ({
          ...aClause({ id: 'same' }),
          terms: Array(20).fill({ type: 'wish' }),
        })) as never,
      }),
    ],
  ])('is checked with at most a hundred findings and the number of the rest: %s', async (_, document) => {
    const { here, answer } = await costHere(() => check(document));
    expect([answer.status, answer.body.valid]).toEqual([200, false]);
    expect(answer.body.problems.length).toBeLessThanOrEqual(101);
    expect(here).toBeLessThan(aLittle);
  });

  it('says how many findings it leaves out', async () => {
    const { body } = await check(aPolicy({ clauses: Array.from({ length: 150 }, () => aClause({ id: 'same' })) }));
    expect(body.problems).toHaveLength(101);
    expect(body.problems.at(-1)).toMatchObject({
      code: 'policy.andMore',
      severity: 'error',
      message: 'There are 49 more; mend these first.',
    });
  });
});
