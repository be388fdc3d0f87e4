import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { advance, aSignedInOperator, createIdentityApp, resetClock, type TestConsole } from '../testing/app.js';
import { bornYearsAgo } from '../testing/families.js';
import { aSubject, type TestClientApp } from '../testing/people.js';

describe('a look at a minor', () => {
  const reason = '工单 4711：监护人来电核对';
  let test: TestApp;
  let officer: TestConsole;
  let colleague: TestConsole;
  let agent: TestConsole;
  let minor: TestClientApp;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  beforeEach(async () => {
    officer = await aSignedInOperator(test, 'privacyOfficer');
    colleague = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    minor = await aMinor();
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const aMinor = () => aSubject(test, { birthDate: bornYearsAgo(16), profile: { name: '林沐雨' } });
  const pathOf = ({ subjectId }: TestClientApp) => `operator/subjects/${subjectId}/minor-look`;
  const ask = (by: TestConsole, whom = minor) => by.post(pathOf(whom), { reason });
  const standing = async (by: TestConsole, whom = minor) => (await by.get(pathOf(whom))).body;
  const agree = (by: TestConsole, changeId: string) => by.post(`operator/changes/${changeId}/confirmation`, {});
  const reveal = (by: TestConsole, whom = minor) =>
    by.post(`operator/subjects/${whom.subjectId}/reveal`, { fields: ['name'], reason });
  const unapproved = { status: 403, body: { code: 'subject.minor_look_unapproved' } };

  it('is refused to whoever may see minors’ data as such, until a colleague agrees', async () => {
    expect(await reveal(officer)).toMatchObject(unapproved);
    expect(await standing(officer)).toEqual({ isClosed: true, openUntil: null, waiting: null });
    const { status, body } = await ask(officer);
    expect(status).toBe(202);
    expect(await reveal(officer)).toMatchObject(unapproved);
    expect((await agree(colleague, body.change.id)).body.state).toBe('confirmed');
    expect((await reveal(officer)).body.values).toEqual({ name: '林沐雨' });
    expect(await standing(officer)).toEqual({ isClosed: false, openUntil: expect.any(String), waiting: null });
  });

  it('is for one operator and one minor, and for an hour', async () => {
    const other = await aMinor();
    await agree(colleague, (await ask(officer)).body.change.id);
    expect(await reveal(colleague)).toMatchObject(unapproved);
    expect(await reveal(officer, other)).toMatchObject(unapproved);
    await advance(test, 'PT59M');
    await officer.signIn();
    expect((await reveal(officer)).status).toBe(200);
    await advance(test, 'PT1M');
    expect(await reveal(officer)).toMatchObject(unapproved);
  });

  it('is agreed to by somebody else, who may agree to that', async () => {
    const { id } = (await ask(officer)).body.change;
    expect(await agree(officer, id)).toMatchObject({ status: 403, body: { code: 'operator.own_change' } });
    expect((await agree(agent, id)).status).toBe(403);
    expect(await reveal(officer)).toMatchObject(unapproved);
    const administrator = await aSignedInOperator(test, 'administrator');
    expect((await agree(administrator, id)).status).toBe(200);
    expect((await reveal(officer)).status).toBe(200);
  });

  it('does not give the permission that it needs beside', async () => {
    await agree(colleague, (await ask(agent)).body.change.id);
    expect(await reveal(agent)).toMatchObject({ status: 403, body: { permission: 'subject.revealMinor' } });
  });

  it('stays refused after a no, and after seven days', async () => {
    const { id } = (await ask(officer)).body.change;
    await colleague.post(`operator/changes/${id}/rejection`, { reason: '没有必要' });
    expect(await standing(officer)).toEqual({ isClosed: true, openUntil: null, waiting: null });
    const again = (await ask(officer)).body.change.id;
    await advance(test, 'P7D');
    const late = await aSignedInOperator(test, 'privacyOfficer');
    expect(await agree(late, again)).toMatchObject({ status: 409, body: { code: 'change.expired' } });
  });

  it('is asked for once, whatever is asked meanwhile', async () => {
    const first = (await ask(officer)).body.change.id;
    expect((await ask(officer)).body.change.id).toBe(first);
    expect((await ask(agent)).body.change.id).not.toBe(first);
    expect((await standing(officer)).waiting.id).toBe(first);
  });

  it('says why to whoever asked and whoever may agree, and keeps it sealed', async () => {
    const { change } = (await ask(agent)).body;
    const about = { subjectId: minor.subjectId, displayName: '林**' };
    expect(change).toMatchObject({ kind: 'minorLook', proposed: { ...about, reason } });
    expect((await colleague.get(`operator/changes/${change.id}`)).body.proposed).toEqual({ ...about, reason });
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await auditor.get(`operator/changes/${change.id}`)).body.proposed).toEqual(about);
    const [row] = await test
      .get(Database)
      .query<{ row: string }>(
        `SELECT concat((SELECT to_jsonb(c)::text FROM identity.pending_changes c WHERE id = $1), (SELECT string_agg(to_jsonb(l)::text, '') FROM identity.minor_looks l)) AS row`,
        [change.id],
      );
    expect(row?.row).toContain('minorLook');
    expect(row?.row).not.toContain('4711');
  });

  it('leaves evidence of who asked, why, and who agreed', async () => {
    await agree(colleague, (await ask(officer)).body.change.id);
    await reveal(officer);
    const { items } = (await colleague.get(`operator/audit/entries?subjectId=${minor.subjectId}`)).body;
    expect(items.map(({ act, actor }: { act: string; actor: { id: string } }) => [act, actor.id])).toEqual(
      expect.arrayContaining([
        ['subject.minorLookAsked', officer.operatorId],
        ['subject.minorLookApproved', colleague.operatorId],
        ['subject.revealed', officer.operatorId],
      ]),
    );
    const approved = items.find(({ act }: { act: string }) => act === 'subject.minorLookApproved');
    expect(approved.details).toMatchObject({ proposedBy: officer.operatorId, until: expect.any(String) });
  });

  it('is not asked for of an adult, nor of nobody', async () => {
    const adult = await aSubject(test, { birthDate: bornYearsAgo(40) });
    expect(await ask(officer, adult)).toMatchObject({ status: 409, body: { code: 'subject.not_a_minor' } });
    expect(await standing(officer, adult)).toEqual({ isClosed: false, openUntil: null, waiting: null });
    const nobody = { ...minor, subjectId: newId() } as TestClientApp;
    expect(await ask(officer, nobody)).toMatchObject({ status: 404, body: { code: 'subject.not_found' } });
  });

  it('opens nothing of somebody who was erased while it waited', async () => {
    const { id } = (await ask(officer)).body.change;
    await test.get(HolderRegistry).named('identity').erase(minor.subjectId);
    expect(await agree(colleague, id)).toMatchObject({ status: 409, body: { code: 'change.stale' } });
    expect((await colleague.get(`operator/changes/${id}`)).body.proposed).toEqual({});
  });
});
