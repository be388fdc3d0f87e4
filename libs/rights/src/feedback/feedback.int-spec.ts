import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { createRightsApp } from '../testing/app.js';

describe('what people think of a service', () => {
  let test: TestApp;
  let agent: TestConsole;
  let person: TestClientApp;
  beforeAll(async () => {
    test = await createRightsApp();
    const revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy());
    agent = await aSignedInOperator(test, 'supportAgent');
    person = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
  });
  afterAll(() => test.close());

  const give = (body: object) => person.send('POST', 'me/feedback', body);

  it('comes to whoever answers requests as an inquiry with a deadline, and is answered', async () => {
    const { status, body } = await give({ text: '购票页面很好用', service: 'ticketing' });
    expect(status).toBe(201);
    const asked = (await agent.get(`operator/requests/${body.id}`)).body;
    expect(asked).toMatchObject({
      number: body.number,
      type: 'inquiry',
      state: 'open',
      text: '购票页面很好用',
      service: 'ticketing',
      dueAt: expect.any(String),
      mayDecide: true,
      deciding: { barrier: null, isAboutHeldData: false, isAnsweredInWords: true, next: { granted: 'closed' } },
    });
    const unsaid = await agent.post(`operator/requests/${body.id}/decision`, { outcome: 'grant' });
    expect([unsaid.status, unsaid.body.code]).toEqual([400, 'request.answer_needed']);
    await agent.post(`operator/requests/${body.id}/decision`, { outcome: 'grant', text: '感谢您的反馈。' });
    expect((await person.send('GET', `me/requests/${body.id}`)).body).toMatchObject({
      state: 'closed',
      answer: '感谢您的反馈。',
    });
  });

  it('lies sealed, and about a service that there is', async () => {
    const { body } = await give({ text: '一句很特别的话', service: 'ticketing' });
    const [row] = await test
      .get(Database)
      .query<{ text: string }>('SELECT to_jsonb(r)::text AS text FROM rights.requests r WHERE id = $1', [body.id]);
    expect(row?.text).not.toMatch(/ticketing|很特别/);
    expect(await give({ text: '好', service: 'tiketing' })).toMatchObject({
      status: 400,
      body: { code: 'request.unknown_service' },
    });
    expect((await give({ service: 'ticketing' })).status).toBe(400);
  });
});
