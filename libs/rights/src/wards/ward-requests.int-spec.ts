import {
  advance,
  aChild,
  anAdult,
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  letLook,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';

describe('a request of a guardian for a child', () => {
  let test: TestApp;
  let officer: TestConsole;
  let colleague: TestConsole;
  let parent: TestClientApp;
  let child: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp({ ABIDE_REQUEST_PAGE: 'https://app.example.com/requests/{id}' });
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    colleague = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    parent = await anAdult(test, accepted);
    ({ child } = await aChild(test, { guardian: parent.identifier, ...accepted }));
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const path = (what = '') => `me/wards/${child.subjectId}/requests${what === '' ? '' : `/${what}`}`;
  const make = (body: object, by = parent) => by.send('POST', path(), body);
  const prove = async (id: string, by = parent) =>
    by.send('POST', path(`${id}/verification`), { code: await codeTo(test, by.identifier.value) });
  const proven = async (body: object = { type: 'access' }) => (await prove((await make(body)).body.id)).body;
  const get = async (id: string) => (await parent.send('GET', path(id))).body;
  const act = (who: TestConsole, id: string, what: string, body: object) =>
    who.post(`operator/requests/${id}/${what}`, body);
  const refuse = { outcome: 'refuse', reason: '无法核实所述情况。' };
  const look = async (...who: TestConsole[]) => {
    for (const one of who) await letLook(test, one, child.subjectId);
  };
  const leave = () => parent.send('DELETE', `me/wards/${child.subjectId}`);

  it('is answered as soon as a guide for children promises it, and nobody else’s is', async () => {
    const staff = await PolicyStaff.open(test);
    const [clause] = aPolicy().clauses;
    if (!clause) throw new Error('The policy has clauses');
    await staff.inForce({
      ...aPolicy({ policy: 'for-children', kind: 'guide', title: { 'zh-CN': '儿童指引', en: 'Guide for children' } }),
      audience: 'children',
      services: [],
      clauses: [{ ...clause, terms: [{ type: 'right', rights: ['access'], answerWithin: { workingDays: 5 } }] }],
    });
    const answered = async (request: { id: string; type?: string }, by: TestClientApp, where: string) =>
      JSON.stringify((await by.send('GET', `${where}/${request.id}`)).body.clock);
    const ofChild = await proven();
    expect(await answered(ofChild, parent, path())).toContain('儿童指引');
    const own = await parent.send('POST', 'me/requests', { type: 'access' });
    expect(await answered(own.body, parent, 'me/requests')).not.toContain('儿童指引');
  });

  it('is proven by a code to the guardian, is about the child, and is sealed for the child', async () => {
    const made = await make({ type: 'access', text: '孩子的全部信息' });
    expect([made.status, made.body.state, made.body.verification.channel]).toEqual([201, 'awaitingIdentity', 'email']);
    expect(await codeTo(test, child.identifier.value)).not.toBe(await codeTo(test, parent.identifier.value));
    expect(await prove(made.body.id)).toMatchObject({
      status: 200,
      body: { state: 'open', text: '孩子的全部信息', askedByGuardian: true },
    });
    const [row] = await test
      .get(Database)
      .query('SELECT subject_id, asked_by FROM rights.requests WHERE id = $1', [made.body.id]);
    expect(row).toEqual({ subject_id: child.subjectId, asked_by: parent.subjectId });
    const { items } = (await parent.send('GET', path())).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
    expect((await parent.send('GET', 'me/requests')).body.items).toEqual([]);
  });

  it('leaves evidence that names the guardian who acts and the child whom it is about', async () => {
    const { id, timeline } = await proven();
    expect(timeline.map(({ act: what, by }: { act: string; by: string }) => [what, by])).toEqual([
      ['opened', 'guardian'],
      ['verified', 'guardian'],
    ]);
    const { items } = (await officer.get(`operator/audit/entries?subjectId=${child.subjectId}&limit=50`)).body;
    const opened = items.find(
      ({ act: what, object }: { act: string; object: { id: string } }) => what === 'request.opened' && object.id === id,
    );
    expect(opened.actor).toMatchObject({ kind: 'subject', id: parent.subjectId });
  });

  it('is told to the guardian, and to the child once the guardian is one no more', async () => {
    const { id } = await proven();
    await act(officer, id, 'message', { text: '请补充说明' });
    const inbox = async (who: TestClientApp) =>
      (await who.send('GET', 'me/notices')).body.items.filter(({ kind }: { kind: string }) => kind === 'request');
    expect((await inbox(parent)).map(({ summary }: { summary: string }) => summary).join()).toContain('孩子的请求');
    expect(await inbox(child)).toEqual([]);
    expect((await inbox(parent))[0].link).toBe(`https://app.example.com/requests/${id}`);
    await parent.send('POST', path(`${id}/message`), { text: '如附件' });
    await leave();
    await look(officer);
    await act(officer, id, 'decision', { outcome: 'grant' });
    await test.get(Fulfilment).run(id);
    expect(await inbox(parent)).toHaveLength(2);
    expect((await inbox(child)).map(({ summary }: { summary: string }) => summary).join()).toContain('我的请求');
  });

  it('ends for the guardian with the guardianship, and goes on by itself', async () => {
    const { id } = await proven();
    await leave();
    const ended = { status: 404, body: { code: 'guardianship.not_found' } };
    for (const [method, what, body] of [
      ['GET', ''],
      ['GET', id],
      ['GET', `${id}/package`],
      ['POST', '', { type: 'access' }],
      ['POST', `${id}/code`],
      ['POST', `${id}/message`, { text: 'x' }],
      ['POST', `${id}/cancellation`],
      ['POST', `${id}/appeal`, { text: 'x' }],
    ] as const)
      expect(await parent.send(method, path(what), body)).toMatchObject(ended);
    await letLook(test, officer, child.subjectId);
    expect((await officer.get(`operator/requests/${id}`)).body.state).toBe('open');
  });

  it('is proven by another code to the guardian where the first was lost; that one is worth nothing then', async () => {
    const { id } = (await make({ type: 'access' })).body;
    const lost = await codeTo(test, parent.identifier.value);
    const sent = await parent.send('POST', path(`${id}/code`));
    expect([sent.status, sent.body.channel]).toEqual([202, 'email']);
    expect(await parent.send('POST', path(`${id}/verification`), { code: lost })).toMatchObject({
      status: 400,
      body: { code: 'verification.wrong_code' },
    });
    expect((await prove(id)).body.state).toBe('open');
    expect((await parent.send('POST', path(`${id}/code`))).body.code).toBe('request.state');
  });

  it('is not proven by a code once the guardianship is over', async () => {
    const { id } = (await make({ type: 'access' })).body;
    await leave();
    expect((await prove(id)).body.code).toBe('guardianship.not_found');
    const [row] = await test.get(Database).query('SELECT state FROM rights.requests WHERE id = $1', [id]);
    expect(row).toEqual({ state: 'awaitingIdentity' });
  });

  it('is nobody else’s: not another guardian’s, nor of another child', async () => {
    const { id } = await proven();
    const stranger = await anAdult(test, accepted);
    const other = (await aChild(test, { guardian: stranger.identifier, ...accepted })).child;
    expect((await make({ type: 'access' }, stranger)).body.code).toBe('guardianship.not_found');
    expect((await stranger.send('GET', path(id))).body.code).toBe('guardianship.not_found');
    expect((await stranger.send('GET', `me/wards/${other.subjectId}/requests/${id}`)).body.code).toBe(
      'request.not_found',
    );
    const code = await codeTo(test, parent.identifier.value);
    expect((await stranger.send('POST', path(`${id}/verification`), { code })).status).toBe(404);
  });

  it('takes a guardian who is known to be an adult, of a child who is still too young', async () => {
    await test
      .get(Database)
      .execute('UPDATE identity.guardianships SET adult_known_at = NULL, adult_by = NULL WHERE subject_id = $1', [
        child.subjectId,
      ]);
    expect(await make({ type: 'access' })).toMatchObject({ status: 409, body: { code: 'guardianship.age_unknown' } });
    await test
      .get(HolderRegistry)
      .named('identity')
      .correct(child.subjectId, { category: 'registration.birthDate', value: '2010-01-01' });
    expect(await make({ type: 'access' })).toMatchObject({ status: 409, body: { code: 'guardianship.came_of_age' } });
  });

  it('is seen by the child, who may ask for the same, and does nothing with it', async () => {
    const { id } = await proven();
    expect((await child.send('GET', `me/requests/${id}`)).body).toMatchObject({ id, askedByGuardian: true });
    for (const [what, body] of [['message', { text: 'x' }], ['cancellation'], ['appeal', { text: 'x' }]] as const)
      expect(await child.send('POST', `me/requests/${id}/${what}`, body)).toMatchObject({
        status: 403,
        body: { code: 'request.asked_by_guardian' },
      });
    expect((await child.send('GET', `me/requests/${id}/package`)).body.code).toBe('request.asked_by_guardian');
    const own = (await child.send('POST', 'me/requests', { type: 'access' })).body;
    const code = await codeTo(test, child.identifier.value);
    const opened = (await child.send('POST', `me/requests/${own.id}/verification`, { code })).body;
    expect([opened.id, opened.state, opened.askedByGuardian]).toEqual([own.id, 'open', false]);
    expect((await parent.send('GET', path(own.id))).body.code).toBe('request.not_found');
  });

  it('shows the child how it stands and what was decided, and none of the words and files of the guardian', async () => {
    const file = await anUpload(test, { authorization: `Bearer ${parent.accessToken}` });
    const { id } = await proven({ type: 'deletion', text: '怀疑孩子瞒着我注册', attachmentIds: [file] });
    await act(officer, id, 'message', { text: '请说明您怀疑什么' });
    await parent.send('POST', path(`${id}/message`), { text: '见来信' });
    await look(officer, colleague);
    await act(officer, id, 'decision', { outcome: 'refuse', reason: '您的怀疑没有依据' });
    await act(colleague, id, 'approval', {});
    const seen = (await child.send('GET', `me/requests/${id}`)).body;
    expect(seen).toMatchObject({ id, type: 'deletion', state: 'closed', outcome: 'refused', answer: null, text: null });
    expect(seen.decisions.length).toBeGreaterThan(0);
    expect(seen.timeline.map(({ act: what }: { act: string }) => what)).toContain('decided');
    expect(seen.files).toBeUndefined();
    for (const words of ['怀疑', '来信', 'evidence.pdf']) expect(JSON.stringify(seen)).not.toContain(words);
    expect(await get(id)).toMatchObject({
      text: '怀疑孩子瞒着我注册',
      answer: '您的怀疑没有依据',
      files: ['evidence.pdf'],
    });
  });

  it('is refused in writing by two, and appealed by the guardian to somebody else', async () => {
    const { id } = await proven({ type: 'deletion' });
    await look(officer, colleague);
    await act(officer, id, 'decision', { outcome: 'refuse' }).then(({ body }) =>
      expect(body.code).toBe('request.reason_needed'),
    );
    expect((await act(officer, id, 'decision', refuse)).body.state).toBe('awaitingSecond');
    expect((await get(id)).answer).toBeNull();
    expect((await act(officer, id, 'approval', {})).body.code).toBe('request.own_decision');
    expect((await act(colleague, id, 'approval', {})).body.state).toBe('closed');
    expect(await get(id)).toMatchObject({ state: 'closed', outcome: 'refused', answer: refuse.reason });
    const appealed = await parent.send('POST', path(`${id}/appeal`), { text: '请重新审查' });
    expect(appealed).toMatchObject({ status: 200, body: { state: 'open' } });
    for (const who of [officer, colleague])
      expect((await act(who, id, 'decision', refuse)).body.code).toBe('request.same_operator');
    const third = await aSignedInOperator(test, 'privacyOfficer');
    await look(third);
    expect((await act(third, id, 'decision', refuse)).body.state).toBe('awaitingSecond');
  });

  it('shows the child’s data to the guardian, who fetches it', async () => {
    const { id } = await proven();
    await look(officer);
    await act(officer, id, 'decision', { outcome: 'grant' });
    await test.get(Fulfilment).run(id);
    expect((await get(id)).package.downloads).toBe(0);
    expect((await parent.send('GET', path(`${id}/package`))).headers['content-type']).toBe('application/zip');
    expect((await get(id)).package.downloads).toBe(1);
    await advance(test, 'PT16M');
    await parent.refresh();
    const byAnOldSession = await parent.send('GET', path(`${id}/package`));
    expect([byAnOldSession.status, byAnOldSession.body.code]).toEqual([403, 'access.reauthentication_needed']);
    expect((await parent.send('POST', path(`${id}/code`))).status).toBe(202);
    expect((await prove(id)).body.state).toBe('closed');
    expect((await parent.send('GET', path(`${id}/package`))).status).toBe(200);
    await leave();
    expect((await parent.send('GET', path(`${id}/package`))).status).toBe(404);
  });

  it('says in the queue and on its page that a guardian asks, and for whom', async () => {
    const { id } = await proven();
    const asked = { asker: { role: 'guardian', name: '林**' }, wardName: '林**' };
    const { items } = (await officer.get(`operator/requests?subjectId=${child.subjectId}`)).body;
    expect(items).toMatchObject([{ id, subjectId: child.subjectId, ...asked }]);
    expect((await officer.get(`operator/requests/${id}`)).body).toMatchObject({ ...asked, askerId: parent.subjectId });
    const own = await aSignedInSubject(test, accepted);
    const theirs = (await own.send('POST', 'me/requests', { type: 'inquiry', text: '你好' })).body;
    expect((await officer.get(`operator/requests/${theirs.id}`)).body).toMatchObject({ askerId: null, wardName: null });
  });

  it('rests on files of the guardian, which are about the child from then on', async () => {
    const file = await anUpload(test, { authorization: `Bearer ${parent.accessToken}` });
    const corrections = [{ category: 'registration.name', value: '林沐雨' }];
    const { id } = await proven({ type: 'correction', corrections, attachmentIds: [file] });
    const [row] = await test
      .get(Database)
      .query('SELECT subject_id FROM attachments.attachments WHERE id = $1', [file]);
    expect(row).toEqual({ subject_id: child.subjectId });
    await look(officer);
    expect((await officer.get(`operator/requests/${id}/attachments/${file}`)).status).toBe(200);
  });

  it('tells of the holds that bind the child’s data, unless that is barred', async () => {
    const place = (changes: object) =>
      officer.post('operator/holds', {
        subjectId: child.subjectId,
        ground: 'litigation',
        article: '民事诉讼法第八十四条',
        categories: ['registration.name'],
        until: new Date(Date.now() + 90 * 86_400_000).toISOString(),
        ...changes,
      });
    const { id } = (await place({})).body;
    await place({ barredArticle: '刑事诉讼法第五十四条' });
    const held = async () => (await parent.send('GET', `me/wards/${child.subjectId}/holds`)).body;
    expect((await held()).items).toMatchObject([{ id }]);
    const asked = await proven({ type: 'deletion', categories: ['registration.name'] });
    await look(officer);
    await act(officer, asked.id, 'decision', {
      outcome: 'perCategory',
      items: [{ category: 'registration.name', outcome: 'keep', ground: 'hold', article: '民事诉讼法第八十四条' }],
    });
    await leave();
    expect((await held()).code).toBe('guardianship.not_found');
  });

  it('names the guardian no more once they are erased', async () => {
    const { id } = await proven();
    await test.get(HolderRegistry).named('rights.requests').erase(parent.subjectId);
    expect((await officer.get(`operator/requests/${id}`)).body).toMatchObject({
      askerId: null,
      asker: { role: 'guardian', name: '' },
      wardName: '林**',
    });
    expect((await parent.send('GET', path(id))).body.code).toBe('request.not_found');
  });
});
