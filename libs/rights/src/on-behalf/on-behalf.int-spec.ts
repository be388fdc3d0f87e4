import { Attachments } from '@abide/attachments';
import {
  anEmail,
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
    expect([opened.status, Object.keys(opened.body)]).toEqual([201, ['id', 'number', 'verification']]);
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

  describe('without an account', () => {
    const recordFor = (identifier: object, body: object = {}) =>
      open(agent, { subjectId: undefined, identifier, name: '林小荷', ...body });
    const prove = async (id: string, { value }: { value: string }) =>
      (
        await test.request({
          method: 'POST',
          path: `requests/${id}/verification`,
          body: { code: await codeTo(test, value) },
        })
      ).body.token;

    it('waits for a code that goes to the address with the page that takes it, whoever has the address', async () => {
      const answers = [];
      for (const identifier of [anEmail(), person.identifier]) {
        const { status, body } = await recordFor(identifier, { locale: 'en' });
        answers.push([status, body.number, Object.keys(body), body.verification.channel]);
        expect((await officer.get(`operator/requests/${body.id}`)).body.code).toBe('request.not_found');
        const [message = ''] = await messagesTo(test, identifier.value);
        expect(message).toMatch(/^Your code is/);
        expect(message.match(/\d{6}/g)).toHaveLength(1);
        const [link = ''] = /https?:\/\/\S+/.exec(message) ?? [];
        expect(decodeURIComponent(new URL(link).pathname)).toBe(`/requests/${body.id}`);
        const { pathname, search } = new URL(link);
        const page = await test.request({ method: 'GET', path: `${pathname}${search}` });
        expect([page.status, page.headers['content-language']]).toEqual([200, 'en']);
      }
      expect(answers[0]).toEqual([201, null, ['id', 'number', 'verification'], 'email']);
      expect(answers[1]).toEqual(answers[0]);
      expect((await person.send('GET', 'me/requests')).body.items).toEqual([]);
    });

    it('begins with the code, and keeps how it came, how it was made sure and who recorded it', async () => {
      const identifier = anEmail();
      const evidence = { text: '核对了身份证原件', attachmentIds: [await uploadedBy(agent)] };
      const { id } = (await recordFor(identifier, { channel: 'counter', evidence })).body;
      const rows = await test
        .get(Database)
        .query<{ row: string }>(
          'SELECT to_jsonb(r)::text AS row FROM rights.public_requests AS r WHERE request_id = $1',
          [id],
        );
      expect(rows[0]?.row).not.toMatch(/核对|林小荷/);
      const token = await prove(id, identifier);
      const seen = (await officer.get(`operator/requests/${id}`)).body;
      expect(seen).toMatchObject({ state: 'open', channel: 'counter', evidence: '核对了身份证原件' });
      expect(seen.requester).toMatchObject({ name: '林小荷' });
      expect(seen.verifiedAt).not.toBeNull();
      expect(seen.timeline.map(({ act, by }: { act: string; by: string }) => [act, by])).toEqual([
        ['opened', 'Fang Yuan'],
        ['verified', 'subject'],
      ]);
      expect(await test.get(Attachments).citedBy({ kind: 'request', id })).toHaveLength(1);
      const own = await test.request({ method: 'GET', path: `requests/${id}`, token });
      expect(own.body.timeline[0]).toMatchObject({ by: 'operator', text: '来电提出，无法使用应用' });
      expect(JSON.stringify(own.body)).not.toContain('身份证原件');
      const headers = { cookie: `abide_request=${token}` };
      const page = await test.request({ method: 'GET', path: `/requests/${id}?lang=zh-CN`, headers });
      expect(page.text).toContain('<dt>由工作人员代为登记，原因</dt><dd>来电提出，无法使用应用</dd>');
      const trail = (await officer.get(`operator/audit/entries?objectId=${id}&limit=50`)).body.items;
      expect(trail.map(({ act, actor }: { act: string; actor: { kind: string } }) => [act, actor.kind])).toEqual([
        ['request.verified', 'subject'],
        ['request.opened', 'operator'],
        ['request.recorded', 'operator'],
      ]);
    });

    it('is about the account that has the address, once the code is right, and is not decided alone by who recorded it', async () => {
      const { id } = (await open(officer, { subjectId: undefined, identifier: person.identifier, type: 'deletion' }))
        .body;
      await prove(id, person.identifier);
      expect((await person.send('GET', 'me/requests')).body.items).toMatchObject([{ id, type: 'deletion' }]);
      expect((await decide(officer, id)).body).toMatchObject({ state: 'awaitingSecond' });
    });

    it('begins at once where nothing is looked up by it', async () => {
      const identifier = anEmail();
      const { id, number } = (await recordFor(identifier, { type: 'complaint', text: '客服电话一直打不通' })).body;
      expect(number).toMatch(/^\d{6}-/);
      expect((await agent.get(`operator/requests/${id}`)).body).toMatchObject({ state: 'open', channel: 'telephone' });
      await prove(id, identifier);
      expect((await officer.get(`operator/requests/${id}`)).body.verifiedAt).not.toBeNull();
    });

    it('names one who asks, and asks what an address can say', async () => {
      const code = async (body: object) => {
        const { status, body: told } = await open(agent, body);
        return [status, told.code];
      };
      const identifier = anEmail();
      expect(await code({ subjectId: undefined })).toEqual([400, 'request.one_asker']);
      expect(await code({ identifier })).toEqual([400, 'request.one_asker']);
      const byAddress = { subjectId: undefined, identifier };
      expect(await code({ ...byAddress, type: 'objection', purpose: 'ads' })).toEqual([400, 'request.account_needed']);
      expect(await code({ ...byAddress, type: 'inquiry' })).toEqual([400, 'request.text_needed']);
      expect(await code({ ...byAddress, identifier: { type: 'email', value: 'x' } })).toEqual([
        400,
        'identifier.bad_email',
      ]);
    });
  });
});
