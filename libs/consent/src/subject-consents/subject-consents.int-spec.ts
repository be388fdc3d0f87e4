import { aChild, anOperator, letLook } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { aServiceToken, aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { moveThePastBack } from '../testing/long-ago.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

const evidence = 'Said so on the telephone, after the call-back to the number on file.';
const wish = { purpose: 'advertising.relevant', state: 'granted', evidence, reason: 'Ticket 4711' };

describe('a subject’s consents, for operators', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let service: string;
  let person: TestSubject;
  let officer: TestConsole;
  let agent: TestConsole;
  let auditor: TestConsole;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(aConsentPolicy());
    service = await aServiceToken(test);
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    auditor = await aSignedInOperator(test, 'auditor');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const pathOf = (subjectId = person.id) => `operator/subjects/${subjectId}/consents`;
  const list = async (query = ''): Promise<any> => (await auditor.get(`${pathOf()}${query}`)).body;
  const record = (more: Record<string, unknown> = {}, by = agent): Promise<TestAnswer> =>
    by.post(pathOf(), { ...wish, ...more });
  const lastEntry = async (act: string): Promise<any> =>
    (await auditor.get(`operator/audit/entries?act=${act}&subjectId=${person.id}`)).body.items[0];
  const makeMinor = (status: string) =>
    db.query('UPDATE identity.subjects SET minor_status = $2 WHERE subject_id = $1', [person.id, status]);

  it('show where they stand and what they said, newest first, page by page', async () => {
    const granted = await person.grant('advertising.relevant', { channel: 'ios', locale: 'en' });
    await person.grant('survey.participation');
    await person.withdraw('advertising.relevant');
    const first = await list('?limit=2');
    expect(first.standing.find((one: { purpose: string }) => one.purpose === 'survey.participation')).toMatchObject({
      state: 'granted',
      name: { en: expect.any(String) },
    });
    expect(first.items.map(({ act, scope }: any) => [act, scope.purpose])).toEqual([
      ['withdrawal', 'advertising.relevant'],
      ['grant', 'survey.participation'],
    ]);
    expect(first.items[1].expiresAt).not.toBeNull();
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({
      nextCursor: null,
      items: [
        {
          id: granted.body.consentEventId,
          act: 'grant',
          givenBy: { kind: 'subject', id: null, name: null },
          policy: 'privacy',
          revision: 1,
          revisionId,
          clauseId: 'use.advertising',
          locale: 'en',
          channel: 'ios',
          receiptId: granted.body.receiptId,
          expiresAt: null,
          hasEvidence: false,
        },
      ],
    });
    expect(
      (await auditor.get(`operator/subjects/${person.id}/receipts/${granted.body.receiptId}`)).body.receipt_id,
    ).toBe(granted.body.receiptId);
  });

  it('tell when something was said from when it was learned of', async () => {
    await moveThePastBack(test);
    const occurredAt = new Date(Date.now() - 3_600_000).toISOString();
    await person.grant('advertising.relevant', { occurredAt });
    const {
      items: [event],
    } = await list();
    expect(event.occurredAt).toBe(occurredAt);
    expect(Date.parse(event.recordedAt)).toBeGreaterThan(Date.parse(occurredAt) + 3_500_000);
  });

  it('are recorded for nobody whose account is closed, and for nobody unknown', async () => {
    await db.query(`UPDATE identity.subjects SET status = 'closed' WHERE subject_id = $1`, [person.id]);
    for (const state of ['granted', 'withdrawn'])
      expect(await record({ state })).toMatchObject({ status: 409, body: { code: 'subject.closed' } });
    expect(await agent.post(pathOf('018f0000-0000-7000-8000-000000000000'), wish)).toMatchObject({
      status: 404,
      body: { code: 'subject.unknown' },
    });
    expect((await list()).items).toEqual([]);
  });

  it('are recorded on the subject’s behalf, with evidence, reason and the operator’s name', async () => {
    const answer = await record();
    expect(answer).toMatchObject({ status: 201, body: { state: 'granted', duplicate: false } });
    expect(
      (await person.decision(service, { purpose: 'advertising.relevant', categories: ['log.browsing'] })).results[0],
    ).toMatchObject({ allowed: true, consentEventId: answer.body.consentEventId });
    expect((await list()).items[0]).toMatchObject({
      givenBy: { kind: 'operator', id: agent.operatorId, name: 'Fang Yuan' },
      channel: 'console',
      locale: 'zh-CN',
      hasEvidence: true,
    });
    expect(await lastEntry('consent.grant')).toMatchObject({
      actor: { kind: 'operator', id: agent.operatorId },
      reason: 'Ticket 4711',
      details: { givenBy: 'operator' },
    });
    expect((await record({ state: 'withdrawn', channel: 'letter' })).body.state).toBe('withdrawn');
    expect((await list()).items[0]).toMatchObject({ act: 'withdrawal', channel: 'letter' });
  });

  it('keep the evidence sealed until somebody reads it for a reason', async () => {
    const { consentEventId } = (await record()).body;
    const [row] = await db.query<{ evidence: Buffer }>(
      'SELECT evidence FROM consent.events WHERE subject_id = $1 AND id = $2',
      [person.id, consentEventId],
    );
    expect(row?.evidence.includes('telephone')).toBe(false);
    const path = `${pathOf()}/${consentEventId}/evidence`;
    expect(await officer.post(path, { reason: 'Complaint 12' })).toMatchObject({ status: 200, body: { evidence } });
    expect(await lastEntry('consent.evidenceRead')).toMatchObject({
      actor: { id: officer.operatorId },
      object: { type: 'consent', id: consentEventId },
      reason: 'Complaint 12',
    });
    const replay = {
      headers: { 'idempotency-key': 'once' },
      method: 'POST' as const,
      path,
      body: { reason: 'Complaint 12' },
    };
    await officer.request(replay);
    expect((await officer.request(replay)).status).toBe(409);
  });

  it('refuse evidence that is not there, is another subject’s, or whose subject is restricted', async () => {
    const own = await person.grant('advertising.relevant');
    expect(
      await officer.post(`${pathOf()}/${own.body.consentEventId}/evidence`, { reason: 'Complaint 12' }),
    ).toMatchObject({ status: 404, body: { code: 'consent.no_evidence' } });
    const { consentEventId } = (await record({ state: 'withdrawn' })).body;
    const other = await TestSubject.register(test, [revisionId]);
    expect(
      await officer.post(`${pathOf(other.id)}/${consentEventId}/evidence`, { reason: 'Complaint 12' }),
    ).toMatchObject({ status: 404, body: { code: 'consent.event_not_found' } });
    await db.query('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [person.id]);
    expect(await officer.post(`${pathOf()}/${consentEventId}/evidence`, { reason: 'Complaint 12' })).toMatchObject({
      status: 409,
      body: { code: 'subject.restricted' },
    });
  });

  it('of a minor are recorded, and their evidence read, only by who may see minors’ data', async () => {
    await makeMinor('under18');
    expect(await record()).toMatchObject({
      status: 403,
      body: { code: 'operator.forbidden', permission: 'subject.revealMinor' },
    });
    const { consentEventId } = (await record({}, officer)).body;
    expect(await agent.post(`${pathOf()}/${consentEventId}/evidence`, { reason: 'Ticket 4711' })).toMatchObject({
      status: 403,
      body: { permission: 'subject.revealMinor' },
    });
    const readEvidence = () => officer.post(`${pathOf()}/${consentEventId}/evidence`, { reason: 'Ticket 4711' });
    expect((await readEvidence()).body.code).toBe('subject.minor_look_unapproved');
    await letLook(test, officer, person.id);
    expect((await readEvidence()).status).toBe(200);
  });

  it('of a child are the word of a guardian who is named, and known to be an adult; what the child said is none', async () => {
    const { child } = await aChild(test, { acceptedRevisionIds: [revisionId] });
    const path = pathOf(child.subjectId);
    expect(await officer.post(path, wish)).toMatchObject({ status: 403, body: { code: 'consent.guardian_needed' } });
    const [held] = (await officer.get(`operator/subjects/${child.subjectId}/guardianships`)).body.items;
    const answer = await officer.post(path, { ...wish, guardianshipId: held.id });
    expect(answer).toMatchObject({ status: 201, body: { state: 'granted' } });
    const {
      items: [event],
    } = (await auditor.get(path)).body;
    expect(event).toMatchObject({ givenBy: { kind: 'guardian', id: held.guardianId }, hasEvidence: true });
    const {
      items: [entry],
    } = (await auditor.get(`operator/audit/entries?act=consent.grant&subjectId=${child.subjectId}`)).body;
    expect(entry).toMatchObject({
      actor: { kind: 'operator', id: officer.operatorId },
      details: { givenBy: 'guardian' },
    });
    await db.query('UPDATE identity.guardianships SET adult_known_at = NULL, adult_by = NULL WHERE subject_id = $1', [
      child.subjectId,
    ]);
    expect(
      (await officer.post(path, { ...wish, purpose: 'survey.participation', guardianshipId: held.id })).body.code,
    ).toBe('guardianship.age_unknown');
    expect((await officer.post(path, { ...wish, state: 'withdrawn' })).status).toBe(201);
    expect((await record({ guardianshipId: held.id }, officer)).body.code).toBe('guardianship.not_found');
  });

  it('keep the evidence of an erased subject for who may see minors’ data, and leave no new trace of the subject', async () => {
    const { consentEventId } = (await record()).body;
    await db.query('DELETE FROM identity.subjects WHERE subject_id = $1', [person.id]);
    await test.get(Vault).destroyKeys(person.id, 'ordinary');
    await db.query('DELETE FROM audit.openings WHERE subject_id = $1', [person.id]);
    const path = `${pathOf()}/${consentEventId}/evidence`;
    expect(await agent.post(path, { reason: 'Complaint 12' })).toMatchObject({
      status: 403,
      body: { permission: 'subject.revealMinor' },
    });
    expect(await officer.post(path, { reason: 'Complaint 12' })).toMatchObject({ status: 200, body: { evidence } });
    expect(await db.query('SELECT 1 FROM audit.openings WHERE subject_id = $1', [person.id])).toEqual([]);
  });

  it.each([
    ['without evidence', { evidence: undefined }, 400, 'request.invalid'],
    ['with too little evidence', { evidence: 'by phone' }, 400, 'request.invalid'],
    ['without a reason', { reason: undefined }, 400, 'request.invalid'],
    ['for an unknown purpose', { purpose: 'no.such' }, 404, 'consent.unknown_purpose'],
    ['that no clause asks for', { purpose: 'records.archive' }, 409, 'consent.no_clause'],
  ])('are not recorded %s', async (_name, more, status, code) => {
    expect(await record(more)).toMatchObject({ status, body: { code } });
    expect((await list()).items).toEqual([]);
  });

  it('are found for nobody that is unknown', async () => {
    const nobody = '018f0000-0000-7000-8000-000000000000';
    expect(await auditor.get(pathOf(nobody))).toMatchObject({ status: 404, body: { code: 'subject.unknown' } });
    expect(await agent.post(pathOf(nobody), wish)).toMatchObject({ status: 404, body: { code: 'subject.unknown' } });
  });

  it('are refused to whoever lacks the permission', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect(await editor.get(pathOf())).toMatchObject({ status: 403, body: { permission: 'subject.read' } });
    expect(await record({}, auditor)).toMatchObject({ status: 403, body: { permission: 'consent.record' } });
    const { consentEventId } = (await record()).body;
    expect(await auditor.post(`${pathOf()}/${consentEventId}/evidence`, { reason: 'Ticket 4711' })).toMatchObject({
      status: 403,
      body: { permission: 'subject.reveal' },
    });
  });

  it('are recorded and opened only after a fresh sign-in', async () => {
    const { consentEventId } = (await record()).body;
    const stale = await anOperator(test, 'privacyOfficer');
    await stale.signIn();
    await db.query('UPDATE identity.operator_sessions SET step_up_until = $2 WHERE operator_id = $1', [
      stale.operatorId,
      new Date(0),
    ]);
    expect(await record({ state: 'withdrawn' }, stale)).toMatchObject({
      status: 403,
      body: { code: 'session.step_up_required' },
    });
    expect(await stale.post(`${pathOf()}/${consentEventId}/evidence`, { reason: 'Ticket 4711' })).toMatchObject({
      status: 403,
      body: { code: 'session.step_up_required' },
    });
  });
});
