import { processorTimeOf, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';

const words = (word: string) => Array.from({ length: 2200 }, (_, index) => `${word}${(index * 7919) % 9973}`).join(' ');
const rewritten = (word: string) =>
  aPolicy({
    clauses: Array.from({ length: 6 }, (_, index) =>
      aClause({ id: `long${index}`, body: { 'zh-CN': words(word), en: words(word) } }),
    ),
  });

describe('comparing long texts', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  beforeAll(async () => {
    test = await createPolicyApp();
    staff = await PolicyStaff.open(test);
    for (const word of ['one', 'was', 'is']) await staff.inForce(rewritten(word));
  });
  afterAll(() => test.close());

  it('leaves the thread that answers everybody alone, though strangers ask for it many times at once', async () => {
    const cost = await processorTimeOf(async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          test.request({ method: 'GET', path: 'policies/privacy/revisions/3/changes?from=1' }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    });
    expect(cost.here).toBeLessThan(cost.everywhere / 2);
  });

  it('leaves it alone while an operator compares a draft, and while it is submitted', async () => {
    const { revisionId } = await staff.draft(rewritten('will'));
    const cost = await processorTimeOf(async () => {
      expect((await staff.editor.get(`operator/revisions/${revisionId}/comparison`)).status).toBe(200);
      expect((await staff.submit(revisionId)).status).toBe(200);
    });
    expect(cost.here).toBeLessThan(cost.everywhere / 2);
  });

  it('refuses a draft with a clause longer than can be compared word by word', async () => {
    const document = aPolicy({
      clauses: [aClause({ id: 'endless', body: { 'zh-CN': '字'.repeat(20_001), en: 'Endless.' } })],
    });
    const answer = await staff.editor.request({
      method: 'POST',
      path: 'operator/policies/check',
      body: { document },
      headers: { 'accept-language': 'en' },
    });
    expect(answer.body.problems).toEqual([
      expect.objectContaining({ code: 'policy.clauseTooLong', path: 'clauses[3].body.zh-CN', severity: 'error' }),
    ]);
  });
});
