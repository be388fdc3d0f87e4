import {
  aSignedInOperator,
  aSignedInSubject,
  advance,
  codeTo,
  resetClock,
  TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';
import { filesIn } from '../testing/zip-files.js';
import { isKnownField } from './field-words.js';

const sharingClause = aClause({
  id: 'share.processors',
  terms: [
    {
      type: 'sharing',
      categories: ['registration.email'],
      recipients: ['processor'],
      purposes: ['service.provision'],
      basis: 'contract',
    },
  ],
});

describe('the package of an access request', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = {
      acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [sharingClause] }))],
    };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const answered = async (person: TestClientApp, body: object = { type: 'access' }): Promise<string> => {
    const { id } = await aProvenRequest(test, person, body as Record<string, unknown>);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant' });
    await test.get(Fulfilment).run(id);
    return id;
  };
  const fetchOf = (person: TestClientApp, id: string) =>
    test.app.inject({
      method: 'GET',
      url: `/api/v1/me/requests/${id}/package`,
      headers: { authorization: `Bearer ${person.accessToken}` },
    });

  it('holds what is held, to read and for machines, and nothing of anybody else', async () => {
    const person = await aSignedInSubject(test, { ...accepted, profile: { name: '=林小禾<b>' } });
    await aSignedInSubject(test, { ...accepted, profile: { name: '别人' } });
    const answer = await fetchOf(person, await answered(person));
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    expect(answer.headers['cache-control']).toContain('no-store');
    const files = await filesIn(answer.rawPayload);
    expect(Object.keys(files).sort()).toEqual(['data.csv', 'data.json', 'data.schema.json', 'index.html']);
    const records: { category: string; values: object }[] = JSON.parse(files['data.json'] ?? '').records;
    expect(JSON.stringify(records)).toContain('=林小禾<b>');
    expect(records.map(({ category }) => category)).toContain('registration.email');
    expect(files['index.html']).toContain('=林小禾&lt;b&gt;');
    expect(files['index.html']).toContain('<html lang="zh-CN">');
    expect(files['data.csv']).toContain('林小禾');
    for (const text of Object.values(files)) expect(text).not.toContain('别人');
  });

  it('calls what it holds by words, and no kind of it by a code', async () => {
    const person = await aSignedInSubject(test, accepted);
    const files = await filesIn((await fetchOf(person, await answered(person))).rawPayload);
    const records: { values: object }[] = JSON.parse(files['data.json'] ?? '').records;
    const fields = new Set(records.flatMap(({ values }) => Object.keys(values)));
    expect([...fields].filter((name) => !isKnownField(name))).toEqual([]);
    const page = files['index.html'] ?? '';
    const said = [...page.matchAll(/<(?:dt|dd|li|h3)>([^<]+)</g)].map(([, text]) => text ?? '');
    expect(said.filter((text) => /^[a-z]+(?:\.[a-zA-Z]+)+$/.test(text))).toEqual([]);
    for (const words of ['注册账户', '明确同意', '《隐私政策》', '提出请求 · 本人', '账户：', '《电子商务法》第31条'])
      expect(page).toContain(words);
    for (const code of ['subject.registered', 'explicit', 'E-commerce']) expect(page).not.toContain(code);
  });

  it('holds the files that the person supplied, and masks what identifies others', async () => {
    const person = await aSignedInSubject(test, accepted);
    const attachmentId = await anUpload(test, { authorization: `Bearer ${person.accessToken}` });
    const inquiry = {
      type: 'inquiry',
      text: `${person.identifier.value} 转 wang@example.com`,
      attachmentIds: [attachmentId],
    };
    await person.send('POST', 'me/requests', inquiry);
    const files = await filesIn((await fetchOf(person, await answered(person))).rawPayload);
    const [name = ''] = Object.keys(files).filter((one) => one.startsWith('files/'));
    expect(name).toMatch(/^files\/1-/);
    expect(files[name]?.length).toBeGreaterThan(0);
    const { records } = JSON.parse(files['data.json'] ?? '');
    const asked = records.find(({ values }: { values: { type?: string } }) => values.type === 'inquiry');
    expect(asked.redacted).toBe(true);
    expect(asked.values.text).toContain(person.identifier.value);
    for (const text of Object.values(files)) expect(text).not.toContain('wang@example.com');
    expect(files['index.html']).toContain('已遮盖');
  });

  it('says of each kind what it rests on, in the words of that time, how long it stays and who may receive it', async () => {
    const person = await aSignedInSubject(test, accepted);
    const files = await filesIn((await fetchOf(person, await answered(person))).rawPayload);
    const data = JSON.parse(files['data.json'] ?? '');
    const named = (code: string) => data.categories.find(({ category }: { category: string }) => category === code);
    expect(named('registration.name')).toMatchObject({
      name: '姓名',
      purposes: ['提供服务'],
      retention: ['姓名保存至注销账户，到期后删除。'],
      recipients: [],
      clauses: [{ revision: 1, title: '隐私政策', heading: '注册信息', body: '注册时我们收集您的姓名和手机号。' }],
    });
    expect(named('registration.email')).toMatchObject({ recipients: ['受托处理者'], clauses: [], law: [] });
    expect(named('client.instruction').law).toEqual([
      '作为约定、选择与请求的凭据，与交易记录一样保存：《电子商务法》第31条。',
    ]);
    expect(files['index.html']).not.toMatch(/\dT\d\d:\d\d/);
    for (const words of ['《隐私政策》第 1 版 · 注册信息', '注册时我们收集您的姓名和手机号。', '受托处理者'])
      expect(files['index.html']).toContain(words);
    expect(new Ajv2020({ validateFormats: false }).compile(JSON.parse(files['data.schema.json'] ?? ''))(data)).toBe(
      true,
    );
  });

  it('holds the kinds that were granted, and no other', async () => {
    const person = await aSignedInSubject(test, accepted);
    const files = await filesIn(
      (await fetchOf(person, await answered(person, { type: 'portability', categories: ['registration.name'] })))
        .rawPayload,
    );
    const { records } = JSON.parse(files['data.json'] ?? '');
    expect([...new Set(records.map(({ category }: { category: string }) => category))]).toEqual(['registration.name']);
  });

  it('is for the person alone, and each time is counted', async () => {
    const person = await aSignedInSubject(test, accepted);
    const id = await answered(person);
    const other = await aSignedInSubject(test, accepted);
    expect((await fetchOf(other, id)).json().code).toBe('request.not_found');
    await fetchOf(person, id);
    await fetchOf(person, id);
    const mine = (await person.send('GET', `me/requests/${id}`)).body;
    expect(mine.package).toMatchObject({ downloads: 2, formats: ['html', 'json', 'csv'] });
    expect(mine.timeline.filter(({ act }: { act: string }) => act === 'fetched')).toHaveLength(2);
  });

  describe('where the session is an old one', () => {
    const needed = [403, 'access.reauthentication_needed'];
    const statusOf = async (person: TestClientApp, id: string) => {
      const answer = await fetchOf(person, id);
      return answer.statusCode === 200 ? 200 : [answer.statusCode, answer.json().code];
    };
    const grownOld = async (person: TestClientApp) => {
      await advance(test, 'PT16M');
      await person.refresh();
    };
    const proven = async (person: TestClientApp, id: string) => {
      expect((await person.send('POST', `me/requests/${id}/code`)).status).toBe(202);
      const code = await codeTo(test, person.identifier.value);
      return person.send('POST', `me/requests/${id}/verification`, { code });
    };

    it('is fetched after another code alone, for a quarter of an hour', async () => {
      const person = await aSignedInSubject(test, accepted);
      const id = await answered(person);
      await grownOld(person);
      expect(await statusOf(person, id)).toEqual(needed);
      const before = (await person.send('GET', `me/requests/${id}`)).body;
      const after = (await proven(person, id)).body;
      expect(after).toMatchObject({ id, state: 'closed', verifiedAt: before.verifiedAt });
      expect(await statusOf(person, id)).toBe(200);
      await grownOld(person);
      expect(await statusOf(person, id)).toEqual(needed);
      await person.signIn();
      expect(await statusOf(person, id)).toBe(200);
      const { timeline, package: pack } = (await person.send('GET', `me/requests/${id}`)).body;
      expect([timeline.filter(({ act }: { act: string }) => act === 'fetched').length, pack.downloads]).toEqual([2, 2]);
    });

    it('is fetched after the code that proved the request, or one that was joined to it', async () => {
      const person = await aSignedInSubject(test, accepted);
      await grownOld(person);
      const first = await aProvenRequest(test, person);
      await grownOld(person);
      expect((await aProvenRequest(test, person)).id).toBe(first.id);
      const officers = await aSignedInOperator(test, 'privacyOfficer');
      await officers.post(`operator/requests/${first.id}/decision`, { outcome: 'grant' });
      await test.get(Fulfilment).run(first.id);
      expect(await statusOf(person, first.id)).toBe(200);
    });

    it('is fetched by the session that a code was given in, not by another that is open', async () => {
      const person = await aSignedInSubject(test, accepted);
      const stolen = Object.assign(new TestClientApp(test, person.subjectId, person.identifier), {
        accessToken: person.accessToken,
        refreshToken: person.refreshToken,
      });
      await person.signIn();
      const id = await answered(person);
      await grownOld(person);
      await stolen.refresh();
      expect((await proven(person, id)).status).toBe(200);
      expect(await statusOf(stolen, id)).toEqual(needed);
      expect(await statusOf(person, id)).toBe(200);
      await grownOld(person);
      await stolen.refresh();
      const sent = (await person.send('POST', `me/requests/${id}/code`)).body;
      const code = await codeTo(test, person.identifier.value);
      await test.request({ method: 'POST', path: `verifications/${sent.id}/confirm`, body: { code } });
      expect([await statusOf(stolen, id), await statusOf(person, id)]).toEqual([needed, needed]);
    });

    it('takes no code of another request, and sends none where there is nothing to fetch', async () => {
      const person = await aSignedInSubject(test, accepted);
      const id = await answered(person);
      await grownOld(person);
      const other = await aProvenRequest(test, person, { type: 'deletion', categories: ['registration.name'] });
      expect(await statusOf(person, id)).toEqual(needed);
      expect((await person.send('POST', `me/requests/${other.id}/code`)).body.code).toBe('request.state');
      await advance(test, 'P15D');
      await person.signIn();
      expect((await person.send('POST', `me/requests/${id}/code`)).body.code).toBe('request.state');
    });
  });

  it('is destroyed with its key when its time is over', async () => {
    const person = await aSignedInSubject(test, accepted);
    const id = await answered(person);
    await advance(test, 'P15D');
    await test.get(ScheduledTasks).runAll();
    await person.signIn();
    const answer = await fetchOf(person, id);
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'request.package_expired']);
    const left = await test
      .get(Database)
      .query('SELECT 1 FROM vault.sealed_files WHERE subject_id = $1', [person.subjectId]);
    expect(left).toEqual([]);
  });

  it('is there once, however often carrying out is started', async () => {
    const person = await aSignedInSubject(test, accepted);
    const id = await answered(person);
    await test.get(Fulfilment).run(id);
    await Promise.all([test.get(Fulfilment).run(id), test.get(Fulfilment).run(id)]);
    const { timeline } = (await person.send('GET', `me/requests/${id}`)).body;
    expect(timeline.filter(({ act }: { act: string }) => act === 'closed')).toHaveLength(1);
  });

  it('is none for a request that was refused', async () => {
    const person = await aSignedInSubject(test, accepted);
    const { id } = await aProvenRequest(test, person);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: '无法核实。' });
    expect((await fetchOf(person, id)).json().code).toBe('request.no_package');
  });
});
