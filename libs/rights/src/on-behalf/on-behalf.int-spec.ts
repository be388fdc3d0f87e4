import { Attachments } from '@abide/attachments';
import {
  aSignedInOperator,
  aSignedInSubject,
  codeTo,
  letLook,
  messagesTo,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { RequestTelling } from '../requests/request-telling.js';
import { createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';

describe('a request that an operator records for somebody', () => {
  let test: TestApp;
  let officer: TestConsole;
  let second: TestConsole;
  let agent: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    second = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
  });
  afterAll(() => test.close());

  const uploadedBy = (who: TestConsole) => anUpload(test, { cookie: who.cookie, 'x-abide-csrf': who.csrfToken });
  const open = (who: TestConsole, body: object = {}) =>
    who.post('operator/requests', {
      subjectId: person.subjectId,
      type: 'access',
      channel: 'telephone',
      evidence: { text: '核对了姓名和最近一张订单' },
      reason: '来电提出，无法使用应用',
      ...body,
    });
  const decide = (who: TestConsole, id: string, body: object = { outcome: 'grant' }) =>
    who.post(`operator/requests/${id}/decision`, body);

  it('begins at once, says who recorded it and how, and is told to the person', async () => {
    const attachmentId = await uploadedBy(agent);
    const evidence = { text: '核对了身份证原件', attachmentIds: [attachmentId] };
    const opened = await open(agent, { channel: 'counter', evidence, text: '我想看看你们有什么' });
    expect([opened.status, Object.keys(opened.body)]).toEqual([201, ['id', 'number']]);
    const seen = (await officer.get(`operator/requests/${opened.body.id}`)).body;
    expect(seen).toMatchObject({ state: 'open', channel: 'counter', evidence: '核对了身份证原件', verifiedAt: null });
    expect(seen.timeline[0]).toMatchObject({ act: 'opened', by: 'Fang Yuan', text: '来电提出，无法使用应用' });
    const mine = (await person.send('GET', `me/requests/${opened.body.id}`)).body;
    expect(mine.timeline[0]).toMatchObject({ act: 'opened', by: 'operator' });
    expect(JSON.stringify(mine)).not.toContain('身份证原件');
    expect((await person.send('GET', 'me/notices')).body.items[0].title).toBe('我们已收到您的请求');
    await test.get(RequestTelling)['send']({
      subjectId: person.subjectId,
      requestId: opened.body.id,
      step: 'received',
    });
    expect((await messagesTo(test, person.identifier.value))[0]).toContain(opened.body.number);
    const trail = (await officer.get(`operator/audit/entries?objectId=${opened.body.id}&limit=50`)).body.items;
    expect(trail.at(-1)).toMatchObject({ act: 'request.opened', actor: { kind: 'operator', id: agent.operatorId } });
    expect(await test.get(Attachments).citedBy({ kind: 'request', id: opened.body.id })).toHaveLength(1);
  });

  it('is found among what the person asked, and that somebody looked is on record', async () => {
    const { id } = (await open(agent)).body;
    const { body } = await agent.get(`operator/requests?subjectId=${person.subjectId}`);
    expect(body.items.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await agent.get(`operator/requests?subjectId=${newId()}`)).body.items).toEqual([]);
    expect(
      await test
        .get(Database)
        .query("SELECT 1 FROM identity.looks WHERE subject_id = $1 AND kind = 'request'", [person.subjectId]),
    ).toHaveLength(1);
  });

  it('keeps how identity was checked sealed', async () => {
    const { id } = (await open(agent)).body;
    const rows = await test
      .get(Database)
      .query<{ row: string }>('SELECT to_jsonb(r)::text AS row FROM rights.requests AS r WHERE id = $1', [id]);
    expect(rows[0]?.row).not.toContain('核对');
  });

  it('is recorded by whoever may answer requests, with a file of their own, for somebody there is', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await open(auditor)).body.code).toBe('operator.forbidden');
    for (const theirs of [await uploadedBy(officer), newId()])
      expect((await open(agent, { evidence: { text: 'x', attachmentIds: [theirs] } })).body.code).toBe(
        'attachment.unusable',
      );
    expect((await open(agent, { subjectId: newId() })).body.code).toBe('subject.not_found');
    for (const wrong of [{ channel: 'app' }, { channel: 'web' }, { evidence: { text: '' } }, { reason: '' }])
      expect((await open(agent, wrong)).body.code).toBe('request.invalid');
    expect((await person.send('GET', 'me/requests')).body.items).toEqual([]);
  });

  it('hands its package to the person alone, once they have proven it by a code', async () => {
    const { id } = (await open(agent)).body;
    await decide(agent, id);
    await test.get(Fulfilment).run(id);
    const fetch = () => person.send('GET', `me/requests/${id}/package`);
    expect((await fetch()).body.code).toBe('request.unproven');
    const other = await aSignedInSubject(test, accepted);
    expect((await other.send('POST', `me/requests/${id}/code`)).body.code).toBe('request.not_found');
    expect((await person.send('POST', `me/requests/${id}/code`)).status).toBe(202);
    const code = await codeTo(test, person.identifier.value);
    expect((await person.send('POST', `me/requests/${id}/verification`, { code })).body.state).toBe('closed');
    expect((await fetch()).headers['content-type']).toBe('application/zip');
  });

  it.each([
    ['deletion', {}, 'waiting'],
    ['accountClosure', {}, 'waiting'],
    ['correction', { corrections: [{ category: 'registration.name', value: '林小荷' }] }, 'fulfilling'],
    ['restriction', { categories: ['registration.name'] }, 'fulfilling'],
  ])('of %s is decided by two where whoever recorded it decides', async (type, more, then) => {
    const { id } = (await open(officer, { type, ...more })).body;
    expect((await decide(officer, id)).body).toMatchObject({ state: 'awaitingSecond', mayDecide: false });
    expect((await officer.post(`operator/requests/${id}/approval`, {})).body.code).toBe('request.own_decision');
    expect((await second.post(`operator/requests/${id}/approval`, {})).body.state).toBe(then);
  });

  it('is decided by one who did not record it, and never confirmed by who did', async () => {
    const { id } = (await open(officer, { type: 'deletion' })).body;
    expect((await decide(second, id)).body.state).toBe('waiting');
    const minor = await aSignedInSubject(test, { ...accepted, birthDate: '2010-06-01' });
    const refused = (await open(officer, { subjectId: minor.subjectId })).body;
    for (const who of [officer, second]) await letLook(test, who, minor.subjectId);
    await decide(second, refused.id, { outcome: 'refuse', reason: '请与监护人一起提出。' });
    expect((await officer.get(`operator/requests/${refused.id}`)).body).toMatchObject({
      state: 'awaitingSecond',
      mayDecide: false,
    });
    expect((await officer.post(`operator/requests/${refused.id}/approval`, {})).body.code).toBe('request.own_decision');
  });

  it('is proven by one of its kind that the person makes and proves', async () => {
    const { id } = (await open(agent)).body;
    const made = (await person.send('POST', 'me/requests', { type: 'access' })).body;
    const code = await codeTo(test, person.identifier.value);
    const joined = (await person.send('POST', `me/requests/${made.id}/verification`, { code })).body;
    expect([joined.id, joined.verifiedAt === null]).toEqual([id, false]);
  });
});
