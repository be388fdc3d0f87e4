import pg from 'pg';
import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aSignedInOperator, createPolicyApp } from '../testing/app.js';

describe('reviewing a revision', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createPolicyApp();
    staff = await PolicyStaff.open(test);
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  const another = (id: string) => aPolicy({ clauses: [aClause({ id })] });

  it('takes a draft to approval by a second operator, with every act in its history and in the audit', async () => {
    const { revisionId, contentHash } = await staff.draft(aPolicy());
    expect((await staff.submit(revisionId)).body).toMatchObject({
      state: 'inReview',
      submittedBy: { id: staff.editor.operatorId, name: 'Fang Yuan' },
    });
    const approved = await staff.approve(revisionId, contentHash);
    expect(approved.body).toMatchObject({
      state: 'approved',
      approvedBy: { id: staff.approver.operatorId },
      contentHash,
    });
    expect(approved.body.history.map((one: { act: string; comment?: string }) => [one.act, one.comment])).toEqual([
      ['edit', undefined],
      ['submission', 'Please review.'],
      ['approval', 'Read and agreed.'],
    ]);
    const auditor = await aSignedInOperator(test, 'auditor');
    const { items } = (await auditor.get(`operator/audit/entries?objectType=revision&objectId=${revisionId}`)).body;
    expect(items.map((entry: { act: string }) => entry.act).sort()).toEqual([
      'policy.revision_approval',
      'policy.revision_edit',
      'policy.revision_submission',
    ]);
    expect(items[0].details.contentHash).toBe(contentHash);
  });

  it('refuses to edit what was submitted', async () => {
    const draft = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const answer = await staff.editor.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: { document: another('late') },
      headers: { 'if-match': draft.etag },
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'policy.wrong_state', state: 'approved' });
  });

  it('returns an approved text to draft when it is rejected, and asks for a new approval', async () => {
    const { revisionId, contentHash } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const rejected = await staff.approver.post(`operator/revisions/${revisionId}/rejection`, {
      comment: 'One more thing.',
    });
    expect(rejected.body).toMatchObject({ state: 'draft' });
    expect(rejected.body.approvedBy).toBeUndefined();
    expect((await staff.approve(revisionId, contentHash)).body).toMatchObject({
      status: 409,
      code: 'policy.wrong_state',
    });
  });

  it('lets nobody approve what they wrote or submitted', async () => {
    const both = await aSignedInOperator(test, 'policyEditor', 'policyApprover');
    const writer = await aSignedInOperator(test, 'policyEditor', 'policyApprover');
    const before = (await writer.get('operator/policies/privacy/draft')).body;
    const saved = await writer.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: { document: another('shared') },
      headers: { 'if-match': before.etag },
    });
    const { revisionId, contentHash } = saved.body;
    await staff.submit(revisionId, both);
    expect((await staff.approve(revisionId, contentHash, both)).body).toMatchObject({
      status: 403,
      code: 'policy.self_approval',
    });
    expect((await staff.approve(revisionId, contentHash, writer)).body).toMatchObject({
      status: 403,
      code: 'policy.self_approval',
    });
    expect((await staff.approve(revisionId, contentHash)).body.state).toBe('approved');
    await staff.approver.post(`operator/revisions/${revisionId}/rejection`, { comment: 'Again.' });
  });

  it('refuses an approval of another text than the one that was read', async () => {
    const { contentHash: read } = await staff.draft(another('read'));
    const { revisionId } = await staff.draft(another('changed'));
    await staff.submit(revisionId);
    expect((await staff.approve(revisionId, read)).body).toMatchObject({ status: 409, code: 'policy.content_changed' });
    expect((await staff.revision(revisionId)).state).toBe('inReview');
  });

  it('lets one of two simultaneous approvals through', async () => {
    const { revisionId, contentHash } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const second = await aSignedInOperator(test, 'privacyOfficer');
    const answers = await Promise.all([
      staff.approve(revisionId, contentHash),
      staff.approve(revisionId, contentHash, second),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const { history } = await staff.revision(revisionId);
    const acts = history.map((one: { act: string }) => one.act);
    expect(acts.slice(acts.lastIndexOf('submission'))).toEqual(['submission', 'approval']);
  });

  it('takes a submission back, and ends a draft for good', async () => {
    const { revisionId, number } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    expect((await staff.withdraw(revisionId)).body.state).toBe('draft');
    expect((await staff.withdraw(revisionId)).body.state).toBe('withdrawn');
    expect((await staff.withdraw(revisionId)).body).toMatchObject({ status: 409, code: 'policy.wrong_state' });
    expect((await staff.editor.get('operator/policies/privacy/draft')).body.code).toBe('policy.no_draft');
    expect((await staff.draft(aPolicy())).number).toBe(number + 1);
  });

  it('honours If-Match on every act', async () => {
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const answer = await staff.editor.request({
      method: 'POST',
      path: `operator/revisions/${revisionId}/submission`,
      body: { comment: 'Stale.' },
      headers: { 'if-match': `"${'0'.repeat(64)}"` },
    });
    expect(answer.body).toMatchObject({ status: 412, code: 'policy.stale_edit' });
  });

  it('tells the asking operator what they may do, and why not', async () => {
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const acts = async (console = staff.editor) => {
      const { allowedActs } = (await console.get(`operator/revisions/${revisionId}`)).body;
      return Object.fromEntries(
        allowedActs.map((one: { act: string; allowed: boolean; code?: string }) => [one.act, one.allowed || one.code]),
      );
    };
    expect(await acts()).toMatchObject({ edit: true, submission: true, approval: 'operator.forbidden' });
    expect(await acts(staff.approver)).toMatchObject({
      edit: 'operator.forbidden',
      approval: 'policy.wrong_state',
      schedule: 'policy.not_approved',
      withdrawal: true,
    });
    const both = await aSignedInOperator(test, 'policyEditor', 'policyApprover');
    await staff.submit(revisionId, both);
    expect(await acts(both)).toMatchObject({
      approval: 'policy.self_approval',
      submission: 'policy.wrong_state',
      rejection: true,
    });
  });

  it.each([
    ['submission', { comment: 'x' }, 'policy.submit', 'policyApprover'],
    ['approval', { comment: 'x', contentHash: 'f'.repeat(64) }, 'policy.approve', 'policyEditor'],
    ['rejection', { comment: 'x' }, 'policy.approve', 'policyEditor'],
    ['schedule', { effectiveAt: '2030-01-01T00:00:00Z' }, 'policy.schedule', 'policyEditor'],
    ['activation', {}, 'policy.schedule', 'policyEditor'],
    ['withdrawal', { reason: 'x' }, 'policy.withdraw', 'policyEditor'],
  ] as const)('refuses %s to an operator without the permission', async (act, body, permission, role) => {
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const console = role === 'policyEditor' ? staff.editor : staff.approver;
    expect((await console.post(`operator/revisions/${revisionId}/${act}`, body)).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission,
    });
  });

  it('exports a revision as the file that reads back as the same policy', async () => {
    const { revisionId, contentHash } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const file = await staff.editor.get(`operator/revisions/${revisionId}/export`);
    expect(file.headers['content-type']).toContain('application/yaml');
    expect(file.headers['content-disposition']).toMatch(/filename="privacy-\d+\.yaml"/);
    await staff.withdraw(revisionId);
    const { etag } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    const back = await staff.editor.request({
      method: 'PUT',
      path: 'operator/policies/privacy/draft',
      body: file.text,
      headers: { 'content-type': 'application/yaml', 'if-match': etag },
    });
    expect(back.body.contentHash).toBe(contentHash);
  });

  it('answers that there is no such revision', async () => {
    for (const id of ['01900000-0000-7000-8000-000000000000', 'nonsense']) {
      expect((await staff.editor.get(`operator/revisions/${id}`)).body).toMatchObject({
        status: 404,
        code: 'policy.revision_not_found',
      });
    }
  });

  it('keeps the text of what is no draft against every hand in the database', async () => {
    const { revisionId } = (await staff.editor.get('operator/policies/privacy/draft')).body;
    await staff.submit(revisionId);
    const change = (set: string) => owner.query(`UPDATE policy.revisions SET ${set} WHERE id = $1`, [revisionId]);
    await expect(change(`document = '{}'`)).rejects.toThrow('immutable');
    await expect(change(`number = 99`)).rejects.toThrow('immutable');
    await staff.withdraw(revisionId);
    await expect(change(`canonical = 'something else'`)).rejects.toThrow('revisions_hash_is_of_text');
  });
});
