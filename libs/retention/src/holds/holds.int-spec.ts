import { aForm } from '@abide/attachments/testing';
import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  bornYearsAgo,
  letLook,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { createRetentionApp } from '../testing/app.js';
import { Holds } from './holds.service.js';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('a hold', () => {
  let test: TestApp;
  let officer: TestConsole;
  let administrator: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRetentionApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    administrator = await aSignedInOperator(test, 'administrator');
  });
  beforeEach(async () => {
    officer = await aSignedInOperator(test, 'privacyOfficer');
    person = await aSignedInSubject(test, accepted);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const aHold = (changes: object = {}) => ({
    subjectId: person.subjectId,
    ground: 'litigation',
    article: '民事诉讼法第八十四条',
    categories: ['registration.name'],
    until: inDays(90),
    notes: '（2026）沪01民初000号，林小禾诉售票平台',
    ...changes,
  });
  const place = async (changes: object = {}) => (await officer.post('operator/holds', aHold(changes))).body;
  const lift = (id: string, by = officer) => by.post(`operator/holds/${id}/lifting`, { reason: '双方已经和解' });
  const decide = (change: { id: string }, by: TestConsole, what = 'confirmation') =>
    by.post(`operator/changes/${change.id}/${what}`, { reason: '已核对调解书' });
  const stateOf = async (id: string) => (await officer.get(`operator/holds/${id}`)).body.state;
  const told = async () => (await person.send('GET', 'me/holds')).body.items;
  const entries = (id: string) =>
    test
      .get(Database)
      .query<{ act: string; details: Record<string, unknown> }>(
        "SELECT act, details FROM audit.entries WHERE object_id = $1 AND object_type = 'hold' ORDER BY id",
        [id],
      );

  it('is placed by one operator, with evidence, and seen by whom it is about', async () => {
    const answer = await officer.post('operator/holds', aHold());
    expect(answer).toMatchObject({
      status: 201,
      body: { state: 'inForce', ground: 'litigation', notes: aHold().notes, barredArticle: null, documents: [] },
    });
    const { id } = answer.body;
    expect(answer.body.names['registration.name']['zh-CN']).toBe('姓名');
    expect((await officer.get(`operator/holds?subjectId=${person.subjectId}`)).body.items).toMatchObject([
      { id, state: 'inForce', displayName: expect.stringContaining('*') },
    ]);
    expect(await told()).toMatchObject([{ id, article: '民事诉讼法第八十四条', state: 'inForce' }]);
    expect(JSON.stringify(await told())).not.toContain('沪01民初');
    expect(await entries(id)).toMatchObject([{ act: 'hold.placed', details: { ground: 'litigation' } }]);
  });

  it('of a minor shows what is written of it, and its documents, only while a colleague lets one look', async () => {
    const minor = await aSignedInSubject(test, { ...accepted, birthDate: bornYearsAgo(16) });
    const { body, headers } = aForm([{ name: '裁定书.pdf' }]);
    const { attachmentId } = (await officer.request({ method: 'POST', path: 'attachments', body, headers })).body;
    const { id } = await place({ subjectId: minor.subjectId, attachmentIds: [attachmentId] });
    const document = () => officer.get(`operator/holds/${id}/documents/${attachmentId}`);
    expect((await officer.get(`operator/holds/${id}`)).body).toMatchObject({
      isWithheld: true,
      article: '民事诉讼法第八十四条',
      notes: null,
      documents: [],
    });
    expect(await document()).toMatchObject({ status: 403, body: { code: 'subject.minor_look_unapproved' } });
    await letLook(test, officer, minor.subjectId);
    expect((await officer.get(`operator/holds/${id}`)).body).toMatchObject({
      isWithheld: false,
      notes: aHold().notes,
      documents: [{ id: attachmentId }],
    });
    expect((await document()).status).toBe(200);
  });

  it('keeps its notes sealed, and out of the trail', async () => {
    const { id } = await place({ notes: 'Canary words' });
    const [row] = await test.get(Database).query<{ text: string }>(
      `SELECT (SELECT string_agg(held::text, '') FROM retention.holds AS held WHERE id = $1)
           || (SELECT string_agg(entry::text, '') FROM audit.entries AS entry WHERE object_id = $1::text) AS text`,
      [id],
    );
    expect(row?.text).toContain('民事诉讼法');
    expect(row?.text).not.toContain('Canary');
  });

  it('is lifted by two, with the reason sealed', async () => {
    const { id } = await place();
    const asked = await lift(id);
    expect(asked).toMatchObject({
      status: 202,
      body: { change: { kind: 'holdLifting', object: { type: 'hold', id }, state: 'waiting' } },
    });
    expect(asked.body.change.opens[0]['zh-CN']).toContain('姓名');
    expect(JSON.stringify(asked.body.change)).not.toContain('和解');
    expect(await stateOf(id)).toBe('inForce');
    expect((await decide(asked.body.change, officer)).body.code).toBe('operator.own_change');
    expect((await decide(asked.body.change, administrator)).status).toBe(200);
    expect((await officer.get(`operator/holds/${id}`)).body).toMatchObject({
      state: 'lifted',
      liftingReason: '双方已经和解',
    });
    expect(await test.get(Holds).inForce(person.subjectId)).toEqual([]);
    expect((await entries(id)).map(({ act }) => act)).toEqual(['hold.placed', 'hold.liftingAsked', 'hold.lifted']);
    expect((await lift(id)).body.code).toBe('hold.over');
  });

  it('stays when the second operator rejects, and the reason is gone', async () => {
    const { id } = await place();
    expect((await decide((await lift(id)).body.change, administrator, 'rejection')).status).toBe(200);
    expect((await officer.get(`operator/holds/${id}`)).body).toMatchObject({ state: 'inForce', liftingReason: null });
  });

  it('is to be lifted for no reason any more, once nobody agreed to it in a week', async () => {
    const { id } = await place({ until: inDays(30) });
    await lift(id);
    expect((await officer.get(`operator/holds/${id}`)).body.liftingReason).toBe('双方已经和解');
    await advance(test, 'P8D');
    await officer.signIn();
    expect((await officer.get(`operator/holds/${id}`)).body).toMatchObject({ state: 'inForce', liftingReason: null });
  });

  it('is lifted for the reason that was said last', async () => {
    const { id } = await place();
    const first = (await lift(id)).body.change;
    const second = (await lift(id)).body.change;
    expect((await decide(first, administrator)).body.code).toBe('change.stale');
    expect((await decide(first, administrator, 'rejection')).status).toBe(200);
    expect((await officer.get(`operator/holds/${id}`)).body.liftingReason).toBe('双方已经和解');
    expect((await decide(second, administrator)).status).toBe(200);
  });

  it('holds nothing once its end has come, and can no longer be lifted', async () => {
    const { id } = await place({ until: inDays(2) });
    const waiting = (await lift(id)).body.change;
    expect(await test.get(Holds).inForce(person.subjectId)).toHaveLength(1);
    await advance(test, 'P2D');
    await officer.signIn();
    await administrator.signIn();
    expect(await stateOf(id)).toBe('expired');
    expect(await test.get(Holds).inForce(person.subjectId)).toEqual([]);
    expect((await lift(id)).body.code).toBe('hold.over');
    expect((await decide(waiting, administrator)).body.code).toBe('hold.over');
    expect((await officer.get(`operator/holds/${id}`)).body.liftingReason).toBeNull();
    expect(
      (await officer.get('operator/holds?state=expired')).body.items.map((one: { id: string }) => one.id),
    ).toContain(id);
  });

  it('keeps what would be swept, until its end', async () => {
    await place({ categories: [], until: inDays(20) });
    const other = await aSignedInSubject(test, accepted);
    const codesOf = async ({ subjectId }: TestClientApp) =>
      (await test.get(Database).query('SELECT 1 FROM identity.verifications WHERE subject_id = $1', [subjectId]))
        .length;
    expect(await codesOf(other)).toBeGreaterThan(0);
    await advance(test, 'P10D');
    await test.get(ScheduledTasks).runAll();
    expect([(await codesOf(person)) > 0, await codesOf(other)]).toEqual([true, 0]);
    await advance(test, 'P11D');
    await test.get(ScheduledTasks).runAll();
    expect(await codesOf(person)).toBe(0);
  });

  it('is not told of where the law forbids it, in the list or in what can be taken along', async () => {
    const { id } = await place({ barredArticle: '刑事诉讼法第五十四条' });
    expect(await told()).toEqual([]);
    expect((await officer.get(`operator/holds/${id}`)).body.barredArticle).toBe('刑事诉讼法第五十四条');
    expect(await test.get(Holds).inForce(person.subjectId)).toHaveLength(1);
  });

  it('rests on documents, which only operators fetch; a barred one is not filed under the person', async () => {
    const uploaded = async () => {
      const { body, headers } = aForm([{ name: '裁定书.pdf' }]);
      return (await officer.request({ method: 'POST', path: 'attachments', body, headers })).body.attachmentId;
    };
    const [open, barred] = [await uploaded(), await uploaded()];
    const { id, documents } = await place({ attachmentIds: [open] });
    expect(documents).toMatchObject([{ id: open, name: '裁定书.pdf', type: 'application/pdf' }]);
    const fetched = await officer.get(`operator/holds/${id}/documents/${open}`);
    expect([fetched.status, fetched.headers['content-disposition']]).toEqual([
      200,
      `attachment; filename*=UTF-8''${encodeURIComponent('裁定书.pdf')}`,
    ]);
    await place({ attachmentIds: [barred], barredArticle: '刑事诉讼法第五十四条' });
    const filed = await test
      .get(Database)
      .query<{ id: string }>('SELECT id FROM attachments.attachments WHERE subject_id = $1', [person.subjectId]);
    expect(filed.map(({ id: one }) => one)).toEqual([open]);
    expect((await officer.post('operator/holds', aHold({ attachmentIds: [open] }))).body.code).toBe(
      'attachment.unusable',
    );
  });

  it.each([
    [{ subjectId: newId() }, 'hold.unknown_subject'],
    [{ categories: ['no.such'] }, 'hold.unknown_category'],
    [{ until: inDays(-1) }, 'hold.bad_end'],
    [{ until: inDays(4000) }, 'hold.bad_end'],
    [{ from: inDays(-10), to: inDays(-20) }, 'hold.bad_period'],
  ])('is refused with %j', async (changes, code) => {
    const answer = await officer.post('operator/holds', aHold(changes));
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(await told()).toEqual([]);
  });

  it('is for those whose roles let them', async () => {
    const [agent, auditor] = [await aSignedInOperator(test, 'supportAgent'), await aSignedInOperator(test, 'auditor')];
    const { id } = await place();
    expect((await agent.get('operator/holds')).body.code).toBe('operator.forbidden');
    expect((await agent.get(`operator/holds/${id}`)).body.code).toBe('operator.forbidden');
    expect((await auditor.get(`operator/holds/${id}`)).status).toBe(200);
    for (const one of [agent, auditor]) {
      expect((await one.post('operator/holds', aHold())).body.code).toBe('operator.forbidden');
      expect((await lift(id, one)).body.code).toBe('operator.forbidden');
    }
    expect((await officer.get(`operator/holds/${newId()}`)).body.code).toBe('hold.not_found');
  });

  it('leaves a look in the trail when an operator reads it', async () => {
    const { id } = await place();
    await officer.get(`operator/holds/${id}`);
    const looks = await test
      .get(Database)
      .query('SELECT 1 FROM identity.looks WHERE subject_id = $1 AND kind = $2', [person.subjectId, 'holds']);
    expect(looks).toHaveLength(1);
  });
});
