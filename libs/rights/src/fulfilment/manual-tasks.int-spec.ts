import {
  aRegisteredHolder,
  listening,
  SmallStore,
  type Listening,
  type RegisteredHolder,
} from '@abide/holders/testing';
import { holderServer, type ToldAnswer } from '@abide/holders';
import { aSignedInOperator, aSignedInSubject, type TestClientApp, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { anUpload } from '../testing/uploads.js';
import { Fulfilment } from './fulfilment.service.js';

class Cabinet extends SmallStore {
  outcome = 'manual';

  override act(): ToldAnswer {
    this.asked.push('act');
    return { outcome: this.outcome };
  }
}

describe('what a holder leaves to a person', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };
  let cabinet: RegisteredHolder;
  let store: Cabinet;
  let server: Listening;

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    const front = holderServer({ secret: 'unused', store: new SmallStore() });
    front.removeAllListeners('request');
    front.on('request', (...args) => holderServer({ secret: cabinet.secret, store }).emit('request', ...args));
    server = await listening(front);
    cabinet = await aRegisteredHolder(test, { baseUrl: server.url, categories: ['registration.email'] });
  });
  beforeEach(async () => {
    person = await aSignedInSubject(test, accepted);
    store = new Cabinet([
      {
        owner: person.identifier.value,
        category: 'registration.email',
        id: '7',
        since: '2026-01-02T00:00:00Z',
        values: {},
      },
    ]);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const carriedOut = async (): Promise<string> => {
    const corrections = [{ category: 'registration.email', value: 'lin@new.example' }];
    const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '已更正。' });
    await test.get(Fulfilment).run(id);
    return id;
  };
  const get = async (id: string) => (await officer.get(`operator/requests/${id}`)).body;
  const taskOf = async (id: string): Promise<string> =>
    (await get(id)).holders.find(({ name }: { name: string }) => name === cabinet.name).taskId;
  const complete = (id: string, taskId: string, body: object = {}, by = officer) =>
    by.post(`operator/requests/${id}/manual/${taskId}`, {
      outcome: 'done',
      evidence: { text: '在档案柜中改了卡片' },
      ...body,
    });

  it.each(['manual', 'needsIdentifier'])(
    'waits for them as a task where it answers %s, and goes on once it is done',
    async (outcome) => {
      store.outcome = outcome;
      const id = await carriedOut();
      await test.get(Fulfilment).run(id);
      expect(store.asked.filter((one) => one === 'act')).toHaveLength(1);
      expect((await get(id)).state).toBe('fulfilling');
      const queue = (await officer.get('operator/requests?limit=50&only=manual')).body.items;
      expect(queue.map((one: { id: string }) => one.id)).toContain(id);
      const { fragments } = (await officer.get('operator/overview')).body;
      const { mine } = fragments.find((one: { name: string }) => one.name === 'requests');
      expect(mine).toContainEqual({ figure: 'manual', count: queue.length });

      expect((await complete(id, await taskOf(id))).status).toBe(204);
      await test.get(Fulfilment).run(id);
      const { state, holders } = await get(id);
      expect([state, holders.find((one: { name: string }) => one.name === cabinet.name)]).toEqual([
        'closed',
        expect.objectContaining({ outcome: 'done', taskId: null }),
      ]);
    },
  );

  it('keeps who did it and what shows it, sealed, and tells the person no more than that it was done', async () => {
    const id = await carriedOut();
    const attachmentId = await anUpload(test, { cookie: officer.cookie, 'x-abide-csrf': officer.csrfToken });
    const evidence = { text: '在档案柜中改了卡片', attachmentIds: [attachmentId] };
    const { holders } = (await person.send('GET', `me/requests/${id}`)).body;
    expect(holders.map(({ taskId }: { taskId: string | null }) => taskId).filter(Boolean)).toEqual([]);
    await complete(id, await taskOf(id), { outcome: 'nothing', evidence });
    const { timeline, attachments } = await get(id);
    expect(timeline.at(-1)).toMatchObject({ act: 'doneByHand', by: 'Fang Yuan', text: evidence.text });
    expect(attachments).toHaveLength(1);
    const mine = (await person.send('GET', `me/requests/${id}`)).body;
    expect(mine.timeline.at(-1)).toMatchObject({ act: 'doneByHand', by: 'operator', text: null });
    const [entry] = (await officer.get(`operator/audit/entries?objectId=${id}&limit=1`)).body.items;
    expect(entry).toMatchObject({ act: 'request.doneByHand', actor: { id: officer.operatorId } });
    const stored = await test.get(Database).query('SELECT text::text FROM rights.request_events');
    expect(JSON.stringify(stored)).not.toContain('档案柜');
  });

  it('is done once, for the task there is, by who answers requests', async () => {
    const id = await carriedOut();
    const taskId = await taskOf(id);
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await complete(id, taskId, {}, auditor)).body.code).toBe('operator.forbidden');
    expect((await complete(id, newId())).body.code).toBe('request.no_task');
    expect((await complete(id, taskId, { evidence: { text: '' } })).body.code).toBe('request.invalid');
    expect((await complete(id, taskId, { outcome: 'manual' })).body.code).toBe('request.invalid');
    expect((await complete(id, taskId, { outcome: 'withdrawn' })).body.code).toBe('request.still_there');
    expect((await complete(id, taskId, { evidence: { text: '改了', attachmentIds: [newId()] } })).body.code).toBe(
      'attachment.unusable',
    );
    expect((await complete(id, taskId)).status).toBe(204);
    expect((await complete(id, taskId)).body.code).toBe('request.no_task');
  });
});
