import type { TestApp } from '@abide/platform/testing';
import { aPolicy, periodsClause, withClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';

const fiveYears = withClause(aPolicy(), {
  ...periodsClause,
  body: {
    'zh-CN': '账户信息保存至注销，浏览记录保存五年。',
    en: 'Account data is kept until the account is closed, browsing history five years.',
  },
});

describe('a text whose words and terms drift apart', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  beforeAll(async () => {
    test = await createPolicyApp();
    staff = await PolicyStaff.open(test);
    await staff.inForce(aPolicy());
  });
  afterAll(() => test.close());

  it('is submitted only with an answer to every warning, which whoever approves reads', async () => {
    const { revisionId, contentHash } = await staff.draft(fiveYears);
    const { warnings, materiality } = (await staff.editor.get(`operator/revisions/${revisionId}/comparison`)).body;
    expect(materiality).toBe('editorial');
    expect(warnings).toEqual([expect.objectContaining({ rule: 'words.numbersDiffer', clauseId: 'keep.periods' })]);

    const refused = await staff.submit(revisionId, staff.editor, []);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'policy.warnings_unanswered',
      warnings: [{ id: warnings[0].id, clauseId: 'keep.periods' }],
    });
    expect((await staff.submit(revisionId, staff.editor, [{ id: warnings[0].id, answer: '   ' }])).status).toBe(400);
    expect((await staff.revision(revisionId)).state).toBe('draft');

    expect(
      (await staff.submit(revisionId, staff.editor, [{ id: warnings[0].id, answer: 'The term follows next week.' }]))
        .status,
    ).toBe(200);
    const { history } = (await staff.approver.get(`operator/revisions/${revisionId}`)).body;
    expect(history.at(-1)).toMatchObject({
      act: 'submission',
      answers: [
        {
          clauseId: 'keep.periods',
          answer: 'The term follows next week.',
          summary: { en: expect.stringContaining('5 years') },
        },
      ],
    });
    expect((await staff.approve(revisionId, contentHash)).body.state).toBe('approved');
  });

  it('tells the public nothing of warnings', async () => {
    expect(
      (await test.request({ method: 'GET', path: 'policies/privacy/revisions/1/changes' })).body,
    ).not.toHaveProperty('warnings');
  });
});
