import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';
import { filesIn } from '../testing/zip-files.js';
import { Fulfilment } from './fulfilment.service.js';

describe('a place that only people answer for', () => {
  let test: TestApp;
  let administrator: TestConsole;
  let officer: TestConsole;
  let agent: TestConsole;
  let colleague: TestConsole;
  let person: TestClientApp;
  const archive = 'outside.paper-archive';

  beforeAll(async () => {
    test = await createRightsApp();
    const accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    administrator = await aSignedInOperator(test, 'administrator');
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    colleague = await aSignedInOperator(test, 'supportAgent');
    person = await aSignedInSubject(test, accepted);
    const { change } = (await register()).body;
    await (await aSignedInOperator(test, 'administrator')).post(`operator/changes/${change.id}/confirmation`, {});
  });
  afterAll(() => test.close());

  const register = (changes: object = {}) =>
    administrator.post('operator/holders/people', {
      code: 'paper-archive',
      name: { 'zh-CN': '纸质档案', en: 'Paper archive' },
      categories: ['registration.name'],
      answeredBy: { role: null, operatorIds: [agent.operatorId] },
      ...changes,
    });
  const get = async (id: string, by = agent) => (await by.get(`operator/requests/${id}`)).body;
  const answerIn = async (id: string) => (await get(id)).holders.find(({ name }: { name: string }) => name === archive);
  const carriedOut = async (body: Record<string, unknown> = { type: 'access' }): Promise<string> => {
    const { id } = await aProvenRequest(test, person, body);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    await test.get(Fulfilment).run(id);
    return id;
  };
  const complete = async (id: string, body: object = {}, by = agent) =>
    by.post(`operator/requests/${id}/manual/${(await answerIn(id)).taskId}`, {
      outcome: 'done',
      evidence: { text: '翻查了档案柜' },
      ...body,
    });
  const anOperatorsFile = (by: TestConsole) => anUpload(test, { cookie: by.cookie, 'x-abide-csrf': by.csrfToken });

  it('is a task of what a request is granted about, which stays open until it is done', async () => {
    const { id } = await aProvenRequest(test, person);
    const { items } = (await officer.get(`operator/requests/${id}/findings`)).body;
    expect(items.filter(({ holder }: { holder: string }) => holder === archive)).toEqual([
      expect.objectContaining({ category: 'registration.name', outcome: 'manual', count: 0 }),
    ]);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
    await test.get(Fulfilment).run(id);
    await test.get(Fulfilment).run(id);
    expect(await answerIn(id)).toMatchObject({ outcome: 'manual' });
    expect((await get(id)).state).toBe('fulfilling');

    const copyIds = [await anOperatorsFile(agent)];
    expect((await complete(id, { copyIds })).status).toBe(204);
    await test.get(Fulfilment).run(id);
    expect((await get(id)).state).toBe('closed');
    const { rawPayload } = await test.app.inject({
      method: 'GET',
      url: `/api/v1/me/requests/${id}/package`,
      headers: { authorization: `Bearer ${person.accessToken}` },
    });
    const files = Object.keys(await filesIn(rawPayload)).filter((name) => name.startsWith('files/'));
    expect(files).toHaveLength(1);
  });

  it('has nothing to do where nothing of its kinds is asked about', async () => {
    const id = await carriedOut({ type: 'access', categories: ['registration.email'] });
    expect(await answerIn(id)).toMatchObject({ outcome: 'nothing', taskId: null });
    expect((await get(id)).state).toBe('closed');
  });

  it('is answered by who was named, or a privacy officer, and shown to whom it is left', async () => {
    const [first, second] = [await carriedOut({ type: 'restriction' }), await carriedOut({ type: 'restriction' })];
    expect((await get(first)).tasks).toEqual([
      expect.objectContaining({ holder: archive, role: null, people: ['Fang Yuan'], isYours: true }),
    ]);
    expect((await get(first, colleague)).tasks).toEqual([expect.objectContaining({ isYours: false })]);
    expect((await complete(first, {}, colleague)).body.code).toBe('request.not_yours_to_do');
    const copyIds = [await anOperatorsFile(agent)];
    expect((await complete(first, { copyIds })).body.code).toBe('request.no_copies_wanted');
    expect((await complete(first)).status).toBe(204);
    expect((await complete(second, {}, officer)).status).toBe(204);
  });

  it('comes about by two operators, and names a role or operators who answer requests', async () => {
    const refused = async (answeredBy: object) => (await register({ code: 'letters', answeredBy })).body.code;
    const role = 'supportAgent';
    expect(await refused({ role: null, operatorIds: [] })).toBe('holder.cannot_answer');
    expect(await refused({ role, operatorIds: [agent.operatorId] })).toBe('holder.cannot_answer');
    expect(await refused({ role: null, operatorIds: [administrator.operatorId] })).toBe('holder.cannot_answer');
    expect(await refused({ role: 'administrator', operatorIds: [] })).toBe('request.invalid');
    const byRole = { code: 'letters', answeredBy: { role, operatorIds: [] } };
    const { status, body } = await register(byRole);
    expect([status, body.change.opens[0].en]).toEqual([202, expect.stringContaining('a task for support agents')]);
    expect((await officer.post('operator/holders/people', byRole)).body.code).toBe('operator.forbidden');
    const listed = (await administrator.get('operator/holders')).body.items;
    expect(listed).toEqual([
      expect.objectContaining({ code: 'paper-archive', kind: 'person', baseUrl: '', secretDue: false }),
    ]);
  });
});
