import {
  advance,
  aMember,
  anEnterprise,
  anOperator,
  aSignedInSubject,
  codeTo,
  confirm,
  messagesTo,
  anEmail,
  resetClock,
  signedInByCode,
  subjectPassword,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { RequestTelling } from '../requests/request-telling.js';
import { createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';
import { filesIn } from '../testing/zip-files.js';

describe('a request about the data of an enterprise', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };
  let both: { enterprise: TestClientApp; contact: TestClientApp };
  let enterprise: TestClientApp;
  let contact: TestClientApp;

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await anOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    await officer.signIn();
    both = await anEnterprise(test, accepted);
    ({ enterprise, contact } = both);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const pathOf = (rest = '') => `me/enterprises/${enterprise.subjectId}/requests${rest}`;
  const ask = (who: TestClientApp, body: object = { type: 'access' }) => who.send('POST', pathOf(), body);
  const prove = async (who: TestClientApp, id: string) =>
    who.send('POST', pathOf(`/${id}/verification`), { code: await codeTo(test, who.identifier.value) });
  const carryOut = async (id: string) => {
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await test.get(Fulfilment).run(id);
  };
  const byOf = (timeline: { act: string; by: string; person: string | null }[]) =>
    timeline.map(({ act, by, person }) => [act, by, person]);

  it('is asked by its contact person, proven at their address, and its package fetched by whoever may act', async () => {
    const asked = await ask(contact, { type: 'access', text: '想看看企业的信息' });
    expect([asked.status, asked.body.state, asked.body.asker]).toEqual([
      201,
      'awaitingIdentity',
      { role: 'contact', name: '周**' },
    ]);
    const { id } = asked.body;
    expect((await prove(contact, id)).body.state).toBe('open');
    await carryOut(id);
    const member = await aMember(test, both, ['askAccess']);
    for (const who of [contact, member]) {
      const fetched = await test.app.inject({
        method: 'GET',
        url: `/api/v1/${pathOf(`/${id}/package`)}`,
        headers: { authorization: `Bearer ${who.accessToken}` },
      });
      expect(fetched.headers['content-type']).toBe('application/zip');
      const files = JSON.stringify(await filesIn(fetched.rawPayload));
      expect(files).toContain('纸鹤文化（虚构）有限公司');
      expect(files).not.toContain('周听澜');
    }
    const seen = (await officer.get(`operator/requests/${id}`)).body;
    expect(seen).toMatchObject({
      subjectId: enterprise.subjectId,
      isEnterprise: true,
      askerId: contact.subjectId,
      asker: { role: 'contact', name: '周**' },
    });
    expect(byOf(seen.timeline)).toEqual([
      ['opened', 'representative', '周**'],
      ['verified', 'representative', '周**'],
      ['decided', 'Fang Yuan', null],
      ['carriedOut', 'system', null],
      ['closed', 'system', null],
      ['fetched', 'representative', '周**'],
      ['fetched', 'representative', '沈**'],
    ]);
    expect(JSON.stringify(seen)).not.toContain('周听澜');
    const line = (await officer.get('operator/requests?sort=newest')).body.items.find(
      (one: { id: string }) => one.id === id,
    );
    expect(line).toMatchObject({ isEnterprise: true, asker: { role: 'contact', name: '周**' } });
    const trail = (await officer.get(`operator/audit/entries?objectId=${id}&limit=50`)).body.items;
    expect(trail.at(-1)).toMatchObject({ act: 'request.opened', actor: { kind: 'subject', id: contact.subjectId } });
  });

  it('is fetched by an old session of nobody who has not proven by a code of their own that it is them', async () => {
    const { id } = (await ask(contact)).body;
    await prove(contact, id);
    await carryOut(id);
    const member = await aMember(test, both, ['askAccess']);
    const fetchedBy = async (who: TestClientApp) => {
      const { status, body } = await who.send('GET', pathOf(`/${id}/package`));
      return status === 200 ? status : body.code;
    };
    await advance(test, 'PT16M');
    for (const who of [contact, member]) await who.refresh();
    expect((await member.send('POST', pathOf(`/${id}/code`))).status).toBe(202);
    expect((await prove(member, id)).body.state).toBe('closed');
    expect([await fetchedBy(contact), await fetchedBy(member)]).toEqual(['access.reauthentication_needed', 200]);
  });

  it('is nothing of the contact person’s own, nor theirs of the enterprise’s', async () => {
    const { id } = (await ask(contact)).body;
    expect((await contact.send('GET', 'me/requests')).body.items).toEqual([]);
    expect((await contact.send('GET', `me/requests/${id}`)).body.code).toBe('request.not_found');
    const own = (await contact.send('POST', 'me/requests', { type: 'access' })).body;
    expect((await contact.send('GET', pathOf(`/${own.id}`))).body.code).toBe('request.not_found');
    expect((await enterprise.send('GET', `me/requests/${own.id}`)).body.code).toBe('request.not_found');
    expect((await enterprise.send('GET', `me/requests/${id}`)).body.asker).toEqual({ role: 'contact', name: '周**' });
    const smuggled = await test.request({
      method: 'POST',
      path: 'me/requests',
      token: contact.accessToken,
      headers: { 'x-enterprise-id': enterprise.subjectId, 'x-subject-id': enterprise.subjectId },
      body: { type: 'restriction' },
    });
    expect(smuggled.status).toBe(201);
    expect((await officer.get(`operator/requests/${smuggled.body.id}`)).body).toMatchObject({
      subjectId: contact.subjectId,
      isEnterprise: false,
    });
    for (const body of [{ subjectId: enterprise.subjectId }, { enterpriseId: enterprise.subjectId }])
      expect((await contact.send('POST', 'me/requests', { type: 'restriction', ...body })).body.code).toBe(
        'request.invalid',
      );
  });

  it('is asked by a member for what they were let, and no more; of the rest they see nothing', async () => {
    const member = await aMember(test, both, ['askCorrection']);
    const corrections = [{ category: 'enterprise.name', value: '纸鹤文化（虚构）股份公司' }];
    const asked = (await ask(member, { type: 'correction', corrections })).body;
    expect(asked.asker).toEqual({ role: 'member', name: '沈**' });
    expect((await prove(member, asked.id)).body.state).toBe('open');
    expect((await ask(member)).body.code).toBe('mandate.beyond_acts');
    for (const type of ['restriction', 'deletion', 'inquiry'])
      expect((await ask(member, { type, text: '请处理' })).body.code).toBe('mandate.contact_only');
    const { id } = (await ask(contact)).body;
    for (const [method, rest] of [
      ['GET', ''],
      ['GET', '/package'],
      ['POST', '/cancellation'],
      ['POST', '/waiver'],
      ['POST', '/code'],
    ] as const)
      expect((await member.send(method, pathOf(`/${id}${rest}`))).body.code).toBe('mandate.beyond_acts');
    expect((await member.send('GET', pathOf())).body.items.map((one: { id: string }) => one.id)).toEqual([asked.id]);
    expect((await contact.send('GET', pathOf())).body.items).toHaveLength(2);
  });

  it('is out of reach for everybody else: a stranger, another contact person, an expired member, the enterprise’s own path', async () => {
    const { id } = (await ask(contact)).body;
    const member = await aMember(test, both, ['askAccess']);
    const other = (await anEnterprise(test, accepted)).contact;
    const stranger = await aSignedInSubject(test, accepted);
    await advance(test, 'P31D');
    const late = await signedInByCode(test, member.identifier);
    for (const who of [stranger, other, late, enterprise]) {
      await who.signIn();
      const again = who === stranger || who === enterprise ? who : await signedInByCode(test, who.identifier);
      expect((await ask(again)).body.code).toBe('mandate.not_found');
      for (const rest of ['', `/${id}`, `/${id}/package`])
        expect(await again.send('GET', pathOf(rest))).toMatchObject({
          status: 404,
          body: { code: 'mandate.not_found' },
        });
    }
  });

  it('is proven by nobody who was replaced since, by whichever way the code comes back', async () => {
    const asked = (await ask(contact)).body;
    const code = await codeTo(test, contact.identifier.value);
    await enterprise.send('PUT', 'me/contact-person', {
      name: '顾晚舟',
      identifier: anEmail(),
      password: subjectPassword,
    });
    expect((await prove(contact, asked.id)).body.code).toBe('mandate.not_found');
    expect((await confirm(test, asked.verification.id, code)).body.code).toBe('mandate.not_found');
    expect((await enterprise.send('GET', `me/requests/${asked.id}`)).body.state).toBe('awaitingIdentity');
  });

  it('needs a second proof where something goes for good: the password, or evidence that a colleague looks at', async () => {
    expect((await ask(contact, { type: 'deletion' })).body.code).toBe('request.second_proof_needed');
    const wrong = { type: 'deletion', secondProof: { password: 'not-this-one-7' } };
    expect((await ask(contact, wrong)).body.code).toBe('session.invalid_credentials');
    await contact.send('PUT', 'me/password', { password: 'a-paper-crane-31' });
    const right = { type: 'deletion', secondProof: { password: 'a-paper-crane-31' } };
    const asked = await ask(contact, right);
    expect([asked.status, asked.body.state]).toEqual([201, 'awaitingIdentity']);
    const attachmentId = await anUpload(test, { authorization: `Bearer ${contact.accessToken}` });
    const closing = await ask(contact, { type: 'accountClosure', attachmentIds: [attachmentId] });
    expect(closing.status).toBe(201);
    const { attachments } = (await officer.get(`operator/requests/${closing.body.id}`)).body;
    expect(attachments).toHaveLength(1);
  });

  it('is told to the enterprise, and to whoever asked while they may act for it', async () => {
    const { id } = (await ask(contact)).body;
    await prove(contact, id);
    const tell = (toId: string) =>
      test.get(RequestTelling)['send']({ subjectId: enterprise.subjectId, requestId: id, step: 'received', toId });
    const received = async (who: TestClientApp) =>
      (await messagesTo(test, who.identifier.value)).filter((text) => text.includes('我的请求')).length;
    for (const who of [enterprise, contact]) {
      expect((await who.send('GET', 'me/notices')).body.items[0]).toMatchObject({
        title: '我们已收到您的请求',
        link: null,
      });
      await tell(who.subjectId);
      expect(await received(who)).toBe(1);
    }
    await contact.send('DELETE', `me/enterprises/${enterprise.subjectId}`);
    await tell(contact.subjectId);
    expect(await received(contact)).toBe(1);
  });

  it('keeps what was done, without who did it, once they are erased', async () => {
    const { id } = (await ask(contact)).body;
    await prove(contact, id);
    await test.get(HolderRegistry).named('rights.requests').erase(contact.subjectId);
    const kept = await test
      .get(Database)
      .query(
        "SELECT 1 FROM rights.requests r WHERE to_jsonb(r)::text LIKE '%' || $1 || '%' UNION ALL SELECT 1 FROM rights.request_events e WHERE to_jsonb(e)::text LIKE '%' || $1 || '%'",
        [contact.subjectId],
      );
    expect(kept).toEqual([]);
    expect((await officer.get(`operator/requests/${id}`)).body.asker).toEqual({ role: 'contact', name: '' });
  });

  it('is confirmed on a page: which enterprise, for what, by a code, once', async () => {
    const address = anEmail();
    await contact.send('PUT', 'me/password', { password: 'a-paper-crane-31' });
    await contact.send('POST', `me/enterprises/${enterprise.subjectId}/members`, {
      name: '沈知微',
      identifier: address,
      acts: ['askAccess'],
      expiresInDays: 30,
      password: 'a-paper-crane-31',
    });
    const path = /\/mandates\/[0-9a-f-]{36}/.exec((await messagesTo(test, address.value))[0] ?? '')?.[0] ?? '';
    const visit = (method: 'GET' | 'POST', rest = '', form = '') =>
      test.request({
        method,
        path: `${path}${rest}?lang=zh-CN`,
        ...(method === 'POST' ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form } : {}),
      });
    const shown = await visit('GET');
    expect(shown.text).toContain('纸鹤文化（虚构）有限公司');
    expect(shown.text).toContain('查阅、复制信息');
    for (const secret of ['沈知微', address.value]) expect(shown.text).not.toContain(secret);
    expect((await visit('POST', '/code')).text).toContain('验证码已发送');
    expect((await visit('POST', '', 'code=000000')).text).toContain('验证码不正确');
    const code = await codeTo(test, address.value);
    expect((await visit('POST', '', `code=${code}`)).text).toContain('已确认');
    expect(await visit('GET')).toMatchObject({ status: 404, text: expect.stringContaining('没有需要确认的事项') });
  });
});
