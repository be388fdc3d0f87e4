import type { RequestListener } from 'node:http';
import {
  inFrontOf,
  aRegisteredHolder,
  listening,
  removeHolder,
  SmallStore,
  type Listening,
  type RegisteredHolder,
} from '@abide/holders/testing';
import { holderServer } from '@abide/holders';
import {
  advance,
  aSignedInOperator,
  aSignedInSubject,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Fulfilment } from '../fulfilment/fulfilment.service.js';
import { aProvenRequest, createRightsApp } from '../testing/app.js';
import { filesIn } from '../testing/zip-files.js';

describe('a request that a holder outside has to answer', () => {
  let test: TestApp;
  let officer: TestConsole;
  let person: TestClientApp;
  let accepted: { acceptedRevisionIds: string[] };
  let shop: RegisteredHolder;
  let server: Listening;
  let store: SmallStore;
  let listener: (...args: Parameters<RequestListener>) => boolean;

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
    const front = inFrontOf(holderServer({ secret: 'unused', store: new SmallStore() }), (request, response) => {
      if (!listener(request, response)) holderServer({ secret: shop.secret, store }).emit('request', request, response);
      return true;
    });
    server = await listening(front);
    shop = await aRegisteredHolder(test, {
      baseUrl: server.url,
      categories: ['registration.email', 'registration.name'],
    });
  });
  beforeEach(async () => {
    listener = () => false;
    person = await aSignedInSubject(test, accepted);
    store = new SmallStore([
      {
        owner: person.identifier.value,
        category: 'registration.email',
        id: '7',
        since: '2026-01-02T00:00:00Z',
        // A line separator breaks no line of JSON.
        values: { value: '雾港剧场\u2028A座' },
      },
    ]);
  });
  afterEach(() => resetClock(test));
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const findings = async (id: string): Promise<any[]> =>
    (await officer.get(`operator/requests/${id}/findings`)).body.items.filter(
      ({ holder }: { holder: string }) => holder === shop.name,
    );
  const grant = (id: string) =>
    officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '请查收。' });
  const carryOut = (id: string) => test.get(Fulfilment).run(id);
  const get = async (id: string) => (await person.send('GET', `me/requests/${id}`)).body;
  const answerOf = async (id: string) =>
    (await get(id)).holders.find(({ name }: { name: string }) => name === shop.name);
  const fileOf = async (id: string, name: string): Promise<string> => {
    const url = `/api/v1/me/requests/${id}/package`;
    const headers = { authorization: `Bearer ${person.accessToken}` };
    const { rawPayload } = await test.app.inject({ method: 'GET', url, headers });
    const { [name]: text } = await filesIn(rawPayload);
    if (text === undefined) throw new Error(`No ${name} in the package`);
    return text;
  };
  const refuses = () => {
    listener = (_request, response) => {
      response.writeHead(500).end('<html>林小禾</html>');
      return true;
    };
  };

  it('shows what it has, by the identifiers of the person', async () => {
    const { id } = await aProvenRequest(test, person);
    expect(await findings(id)).toEqual([
      {
        holder: shop.name,
        category: 'registration.email',
        count: 1,
        isSignIn: false,
        since: '2026-01-02T00:00:00.000Z',
        until: null,
        outcome: 'done',
        exemptions: [],
      },
    ]);
    const { names } = (await officer.get(`operator/requests/${id}/findings`)).body;
    expect(names[shop.name]['zh-CN']).toMatch(/^商店/);
  });

  it('says so where it does not answer, and what it may have', async () => {
    const { id } = await aProvenRequest(test, person);
    refuses();
    expect((await findings(id)).map(({ category, count, outcome }) => [category, count, outcome])).toEqual([
      ['registration.email', 0, 'unreachable'],
      ['registration.name', 0, 'unreachable'],
    ]);
  });

  it('asks it before a decision, though nobody looked', async () => {
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    expect(store.asked).toEqual(['describe']);
  });

  it('puts what it exports into the package, marked as its own', async () => {
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    await carryOut(id);
    expect(await answerOf(id)).toMatchObject({
      outcome: 'done',
      counts: [{ category: 'registration.email', count: 1 }],
    });
    expect((await get(id)).state).toBe('closed');
    const { records } = JSON.parse(await fileOf(id, 'data.json'));
    expect(records.filter(({ holder }: { holder: string }) => holder === shop.name)).toEqual([
      {
        holder: shop.name,
        category: 'registration.email',
        since: '2026-01-02T00:00:00.000Z',
        values: { value: '雾港剧场\u2028A座' },
      },
    ]);
    expect(await fileOf(id, 'index.html')).toMatch(/<h3>商店\d+：/);
    const [left] = await test
      .get(Database)
      .query<{ n: number }>('SELECT count(file_id)::int AS n FROM rights.request_holders');
    expect(left?.n).toBe(0);
  });

  it('waits for it, asks again, and is closed once it has answered', async () => {
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    refuses();
    await carryOut(id);
    expect([(await answerOf(id)).outcome, (await get(id)).state]).toEqual(['unreachable', 'fulfilling']);
    listener = () => false;
    await carryOut(id);
    expect((await get(id)).state).toBe('fulfilling');
    expect((await officer.post(`operator/requests/${id}/fulfilment`, {})).status).toBe(204);
    await carryOut(id);
    expect([(await answerOf(id)).outcome, (await get(id)).state]).toEqual(['done', 'closed']);
    expect((await officer.post(`operator/requests/${id}/fulfilment`, {})).body.code).toBe('request.over');
  });

  it('has it correct what it keeps, once', async () => {
    const corrections = [{ category: 'registration.email', value: 'lin@new.example' }];
    const { id } = await aProvenRequest(test, person, { type: 'correction', corrections });
    await grant(id);
    await carryOut(id);
    await carryOut(id);
    expect(store.asked.filter((one) => one === 'correct')).toHaveLength(1);
    expect(store.records[0]?.values['value']).toBe('lin@new.example');
    expect(await answerOf(id)).toMatchObject({ outcome: 'done' });
  });

  it('uses the addresses that the person had when it began', async () => {
    const { id } = await aProvenRequest(test, person);
    await test.get(Database).execute('DELETE FROM identity.identifiers WHERE subject_id = $1', [person.subjectId]);
    expect(await findings(id)).toHaveLength(1);
  });

  it('leaves it to a person where it was removed meanwhile, and is closed with an answer that names it', async () => {
    const other = await aRegisteredHolder(test, { baseUrl: server.url, categories: ['registration.email'] });
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    await aProvenRequest(test, person, { type: 'deletion' });
    await person.send('POST', 'me/requests', { type: 'portability' });
    const administrator = await aSignedInOperator(test, 'administrator');
    expect((await administrator.get(`operator/holders/${other.id}/removal`)).body).toEqual({
      decided: 1,
      undecided: 1,
    });
    await removeHolder(test, other.id);
    await carryOut(id);
    const { holders, state } = await get(id);
    expect(state).toBe('fulfilling');
    const seen = async () => (await officer.get(`operator/requests/${id}`)).body;
    const gone = async () => (await seen()).holders.find(({ name }: { name: string }) => name === other.name);
    expect(holders).toContainEqual(expect.objectContaining({ name: other.name, outcome: 'withdrawn' }));
    expect((await officer.get('operator/requests?limit=50&only=manual')).body.items).toMatchObject([{ id }]);

    const evidence = { text: '该商店已停业，无人可联系' };
    const { taskId } = await gone();
    const completed = await officer.post(`operator/requests/${id}/manual/${taskId}`, {
      outcome: 'withdrawn',
      evidence,
    });
    expect(completed.status).toBe(204);
    await carryOut(id);
    expect((await get(id)).state).toBe('closed');
    expect(await gone()).toMatchObject({ outcome: 'withdrawn', taskId: null });
    const { names } = await seen();
    expect(names[other.name]['zh-CN']).toMatch(/^商店/);
  });

  it('is asked for no more once the request is over', async () => {
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    refuses();
    await carryOut(id);
    const owed = async () =>
      (
        await test
          .get(Database)
          .query('SELECT 1 FROM holders.calls WHERE reference = $1 AND next_attempt_at IS NOT NULL', [id])
      ).length;
    expect(await owed()).toBe(1);
    await test
      .get(Database)
      .execute(
        `UPDATE rights.requests SET state = 'cancelled', due_at = NULL, closed_at = now(), kept_until = now() WHERE id = $1`,
        [id],
      );
    await advance(test, 'PT2M');
    expect(await owed()).toBe(0);
  });

  it('goes on by itself when it is time to ask again', async () => {
    const { id } = await aProvenRequest(test, person);
    await grant(id);
    refuses();
    await carryOut(id);
    await test.get(Database).execute(`DELETE FROM jobs.job WHERE name = 'rights.fulfil'`);
    await advance(test, 'PT2M');
    const [queued] = await test
      .get(Database)
      .query<{ n: number }>(
        `SELECT count(*)::int AS n FROM jobs.job WHERE name = 'rights.fulfil' AND data->>'requestId' = $1`,
        [id],
      );
    expect(queued?.n).toBe(1);
  });
});
