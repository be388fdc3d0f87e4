import { jest } from '@jest/globals';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import pg from 'pg';
import { advance, aSignedInOperator, createIdentityApp, resetClock, type TestConsole } from '../testing/app.js';
import { OperatorSubjects } from './operator-subjects.service.js';
import { letLook } from '../testing/minor-looks.js';
import { aSignedInSubject, aSubject, type TestClientApp } from '../testing/people.js';

describe('subjects as operators see them', () => {
  let test: TestApp;
  let agent: TestConsole;
  let subject: TestClientApp;
  beforeAll(async () => {
    test = await createIdentityApp();
    agent = await aSignedInOperator(test, 'supportAgent');
    subject = await aSignedInSubject(test, {
      profile: { name: '林小禾', idNumber: '999999190001010011' },
      birthDate: '1985-07-13',
    });
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const search = (by: string, value: string, reason = '来电咨询，核对账户') =>
    agent.post('operator/subjects/search', { by, value, reason });
  const newest = async (act: string) =>
    (
      await test
        .get(Database)
        .query<{ details: object; about: string }>(
          'SELECT entry.details, opening.subject_id AS about FROM audit.entries entry JOIN audit.openings opening ON opening.entry_id = entry.id WHERE act = $1 ORDER BY at DESC LIMIT 1',
          [act],
        )
    )[0];

  it('are found by the exact address, ID number or id, masked', async () => {
    for (const [by, value] of [
      ['email', subject.identifier.value.toUpperCase()],
      ['idNumber', '999999 190001010011'],
      ['id', subject.subjectId],
    ] as const) {
      expect((await search(by, value)).body).toEqual({
        items: [
          {
            id: subject.subjectId,
            kind: 'person',
            displayName: '林**',
            status: 'active',
            createdAt: expect.any(String),
          },
        ],
        nextCursor: null,
      });
    }
  });

  it('are named many at once as quickly as one', async () => {
    const other = await aSubject(test, { profile: { name: '陈远' } });
    const statements = jest.spyOn(test.get(Database), 'query');
    const names = await test.get(OperatorSubjects).displayNames([subject.subjectId, other.subjectId, newId()]);
    const keysReadOnce = statements.mock.calls.filter(([sql]) => sql.includes('vault.subject_keys')).length;
    statements.mockRestore();
    expect(keysReadOnce).toBe(1);
    expect([...names.values()]).toEqual(['林**', '陈*', null]);
  });

  it('are not found by a part of it', async () => {
    for (const [by, value] of [
      ['email', subject.identifier.value.slice(1)],
      ['idNumber', '99999919000101001'],
      ['id', newId()],
    ] as const) {
      expect((await search(by, value)).body.items).toEqual([]);
    }
  });

  it('leave evidence of each search, without what was searched for', async () => {
    await search('email', subject.identifier.value);
    expect(await newest('subject.found')).toEqual({ details: { by: 'email' }, about: subject.subjectId });
    await search('email', 'nobody.at.all@example.com');
    const [vain] = await test
      .get(Database)
      .query<{ row: string }>(
        "SELECT to_jsonb(e)::text AS row FROM audit.entries e WHERE act = 'subject.soughtInVain' ORDER BY at DESC LIMIT 1",
      );
    expect(vain?.row).toContain('"object_id": "email"');
    expect(vain?.row).not.toContain('nobody');
  });

  it('are searched for a reason only, which is kept whether or not anybody is found', async () => {
    for (const body of [{}, { reason: '' }, { reason: '核对' }, { reason: '    ' }, { reason: 'x'.repeat(501) }]) {
      const refused = await agent.post('operator/subjects/search', { by: 'id', value: subject.subjectId, ...body });
      expect(refused.body).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ pointer: '/reason' }] });
    }
    await search('id', subject.subjectId, '工单 4711：核对来电人');
    await search('id', newId(), '工单 4712：查无此人');
    const kept = (reason: string) =>
      test
        .get(Database)
        .query<{ act: string }>(
          'SELECT act FROM audit.entries entry JOIN audit.openings opening ON opening.entry_id = entry.id WHERE opening.reason = $1',
          [reason],
        );
    expect(await kept('工单 4711：核对来电人')).toEqual([{ act: 'subject.found' }]);
    expect(await kept('工单 4712：查无此人')).toEqual([{ act: 'subject.soughtInVain' }]);
  });

  it('are searched thirty times in ten minutes by one operator, whatever is found, and no more', async () => {
    const busy = await aSignedInOperator(test, 'supportAgent');
    const ask = (value: string) => busy.post('operator/subjects/search', { by: 'id', value, reason: '逐一核对名单' });
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) => ask(n % 2 === 0 ? newId() : subject.subjectId)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    const refused = await ask(subject.subjectId);
    expect(refused.body).toMatchObject({
      status: 429,
      code: 'session.too_many_attempts',
      retryAfterSeconds: expect.any(Number),
    });
    expect(refused.body.retryAfterSeconds).toBeLessThanOrEqual(600);
    expect((await search('id', subject.subjectId)).status).toBe(200);
    await advance(test, 'PT10M1S');
    expect((await ask(subject.subjectId)).status).toBe(200);
  });

  it('are shown masked', async () => {
    const { body, text } = await agent.get(`operator/subjects/${subject.subjectId}`);
    expect(body).toMatchObject({
      id: subject.subjectId,
      kind: 'person',
      status: 'active',
      minor: 'adult',
      sessions: 1,
      profile: { name: '林**', idNumber: '99**************11', birthDate: '1985-**-**' },
      identifiers: [{ type: 'email', masked: 'p***@example.com', confirmedAt: expect.any(String) }],
    });
    for (const secret of ['林小禾', '999999190001010011', '07-13', subject.identifier.value])
      expect(text).not.toContain(secret);
  });

  it('reveal fields for thirty seconds, for a reason that is kept', async () => {
    const { status, body } = await agent.post(`operator/subjects/${subject.subjectId}/reveal`, {
      fields: ['name', 'email'],
      reason: '核对来电人身份',
    });
    expect(status).toBe(200);
    expect(body).toEqual({ values: { name: '林小禾', email: subject.identifier.value }, until: expect.any(String) });
    expect(Math.round((Date.parse(body.until) - Date.now()) / 1000)).toBe(30);
    expect(await newest('subject.revealed')).toMatchObject({ details: { fields: 'name email' } });
    const kept = await test.get(Database).query("SELECT 1 FROM audit.openings WHERE reason = '核对来电人身份'");
    expect(kept).toHaveLength(1);
  });

  it('reveal nothing without a reason, a step-up or the permission', async () => {
    const path = `operator/subjects/${subject.subjectId}/reveal`;
    expect((await agent.post(path, { fields: ['name'] })).body.code).toBe('request.invalid');
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await auditor.post(path, { fields: ['name'], reason: 'curiosity' })).body).toMatchObject({
      code: 'operator.forbidden',
      permission: 'subject.reveal',
    });
    const stale = await aSignedInOperator(test, 'supportAgent');
    await advance(test, 'PT6M');
    expect((await stale.post(path, { fields: ['name'], reason: 'checking' })).body.code).toBe(
      'session.step_up_required',
    );
  });

  it('reveal nothing when the evidence cannot be written', async () => {
    const owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await owner.query('REVOKE INSERT ON audit.entries FROM abide_app');
    const answer = await agent.post(`operator/subjects/${subject.subjectId}/reveal`, {
      fields: ['name'],
      reason: 'checking identity',
    });
    await owner.query('GRANT INSERT ON audit.entries TO abide_app');
    await owner.end();
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('林小禾');
  });

  it("reveal a minor's data to privacy officers only, whom a colleague lets look", async () => {
    const minor = await aSubject(test, {
      birthDate: `${new Date().getUTCFullYear() - 16}-01-01`,
      profile: { name: '林沐雨' },
    });
    const request = { fields: ['name'], reason: 'asked by the guardian' };
    expect((await agent.post(`operator/subjects/${minor.subjectId}/reveal`, request)).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission: 'subject.revealMinor',
    });
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    await letLook(test, officer, minor.subjectId);
    expect((await officer.post(`operator/subjects/${minor.subjectId}/reveal`, request)).body.values).toEqual({
      name: '林沐雨',
    });
  });

  it('reveal what is sensitive in a profile to privacy officers only', async () => {
    const path = `operator/subjects/${subject.subjectId}/reveal`;
    for (const field of ['idNumber', 'biometricReference', 'guardian']) {
      expect((await agent.post(path, { fields: ['name', field], reason: '核对来电人身份' })).body).toMatchObject({
        status: 403,
        code: 'operator.forbidden',
        permission: 'subject.revealSensitive',
      });
    }
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    expect((await officer.post(path, { fields: ['name', 'idNumber'], reason: '核对来电人身份' })).status).toBe(200);
  });

  it('reveal nothing that is restricted', async () => {
    const restricted = await aSubject(test);
    await test
      .get(Database)
      .execute('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [restricted.subjectId]);
    expect(
      (await agent.post(`operator/subjects/${restricted.subjectId}/reveal`, { fields: ['name'], reason: 'checking' }))
        .body.code,
    ).toBe('subject.restricted');
  });

  it('do not exist under an unknown id', async () => {
    expect((await agent.get(`operator/subjects/${newId()}`)).body.code).toBe('subject.not_found');
  });

  it('are not shown to policy editors', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.get(`operator/subjects/${subject.subjectId}`)).body.permission).toBe('subject.read');
    expect(
      (await editor.post('operator/subjects/search', { by: 'id', value: subject.subjectId, reason: '核对来电人' })).body
        .permission,
    ).toBe('subject.read');
  });
});
