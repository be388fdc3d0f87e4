import type { RequestListener } from 'node:http';
import { advance, aSignedInOperator, resetClock } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks, signWebhook } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { holderServer } from '../kit/holder-server.js';
import { messageId } from '../protocol/message-ids.js';
import {
  aRegisteredHolder,
  createHoldersApp,
  inFrontOf,
  listening,
  removeHolder,
  SmallStore,
  type Listening,
  type RegisteredHolder,
} from '../testing/index.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';
import { HolderCallQueries } from './holder-calls.queries.js';
import { HolderCalls, type OutsideQuestion } from './holder-calls.service.js';

describe('what a holder outside is asked for a request', () => {
  let test: TestApp;
  let server: Listening;
  let holder: RegisteredHolder;
  let store: SmallStore;
  let listener: (...args: Parameters<RequestListener>) => boolean;
  let moved: Set<string>;
  let question: OutsideQuestion;

  beforeAll(async () => {
    test = await createHoldersApp();
    test.get(HolderCalls).whenMoved(async (reference) => void moved.add(reference));
    const inner = () => holderServer({ secret: holder.secret, store });
    const front = inFrontOf(holderServer({ secret: 'unused', store: new SmallStore() }), (request, response) => {
      if (!listener(request, response)) inner().emit('request', request, response);
      return true;
    });
    server = await listening(front);
    holder = await aRegisteredHolder(test, { baseUrl: server.url });
  });
  beforeEach(() => {
    moved = new Set();
    listener = () => false;
    const reference = newId();
    question = { reference, requestId: reference, subject: { id: 'lin', identifiers: [] }, categories: [] };
    store = new SmallStore([
      { owner: 'lin', category: 'service.orders', id: '1', since: '2026-01-02T00:00:00Z', values: { title: '话剧' } },
    ]);
  });
  afterEach(() => resetClock(test));
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const calls = () => test.get(HolderCalls);
  const erase = () => calls().act(holder.name, 'erase', question);
  const due = () => test.get(ScheduledTasks).runAll();
  const refuses = (status: number) => {
    listener = (_request, response) => {
      response.writeHead(status).end('<html>林小禾</html>');
      return true;
    };
  };
  const takes = () => {
    listener = (request, response) => {
      const id = messageId.answer(String(request.headers['webhook-id']));
      response.writeHead(202, { ...signWebhook({ id, body: '{}', secrets: [holder.secret] }) }).end('{}');
      return true;
    };
  };
  const lastCall = async () =>
    (await test.get(HolderCallQueries).newest(holder.id, 100)).find(
      ({ requestId }) => requestId === question.requestId,
    );
  const answers = (
    answer: object,
    changes: { secret?: string; requestId?: string; id?: string; holderId?: string } = {},
  ) => {
    const { secret = holder.secret, requestId = question.requestId, holderId = holder.id } = changes;
    const body = JSON.stringify({ requestId, operation: 'erase', answer });
    const id = changes.id ?? messageId.callback('erase', requestId);
    const headers = { ...signWebhook({ id, body, secrets: [secret] }), 'content-type': 'application/json' };
    return test.request({ method: 'POST', path: `holder-answers/${holderId}`, body, headers });
  };
  const done = { outcome: 'done', counts: [{ category: 'service.orders', count: 1 }] };

  it('is asked once, and answered the same ever after', async () => {
    expect(await erase()).toMatchObject(done);
    expect(await erase()).toMatchObject(done);
    expect(store.asked).toEqual(['erase']);
    expect(await lastCall()).toMatchObject({ operation: 'erase', state: 'answered', attempts: 1, failure: null });
  });

  it('is asked again when a pause is over, until it answers', async () => {
    refuses(500);
    expect(await erase()).toMatchObject({ outcome: 'unreachable' });
    listener = () => false;
    expect(await erase()).toMatchObject({ outcome: 'unreachable' });
    expect(store.asked).toEqual([]);
    await due();
    expect(moved.has(question.reference)).toBe(false);
    await advance(test, 'PT2M');
    await due();
    expect(moved.has(question.reference)).toBe(true);
    expect(await erase()).toMatchObject(done);
  });

  it('is given up after three days, which shows, and begun anew by an operator', async () => {
    refuses(500);
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      expect(await erase()).toMatchObject({ outcome: 'unreachable' });
      await advance(test, `P${attempt}D`);
    }
    expect(await lastCall()).toMatchObject({ state: 'dead', attempts: 9, failure: 'refused', nextAttemptAt: null });
    const [listed] = (await (await aSignedInOperator(test, 'auditor')).get('operator/holders')).body.items;
    expect(listed).toMatchObject({ dead: 1, health: 'failing', lastFailure: 'refused' });
    listener = () => false;
    expect(await erase()).toMatchObject({ outcome: 'unreachable' });
    await calls().revive({ reference: question.reference });
    expect(await erase()).toMatchObject(done);
  });

  it('may answer later, once, with a signature', async () => {
    takes();
    expect(await erase()).toBeNull();
    expect(await lastCall()).toMatchObject({ state: 'accepted' });
    expect((await answers(done, { secret: 'whsec_b3RoZXI=' })).body.code).toBe('holder.unproven');
    expect((await answers(done, { id: messageId.callback('restrict', question.requestId) })).body.code).toBe(
      'holder.unproven',
    );
    expect((await answers(done, { requestId: 'another' })).body.code).toBe('holder.not_waited_for');
    expect((await answers(done, { holderId: newId() })).body.code).toBe('holder.unproven');
    expect((await answers({ outcome: true })).body.code).toBe('request.invalid');
    expect(moved.has(question.reference)).toBe(false);

    expect((await answers(done)).status).toBe(204);
    expect((await answers({ outcome: 'nothing' })).status).toBe(204);
    expect(moved.has(question.reference)).toBe(true);
    expect(await erase()).toMatchObject(done);
  });

  it('has its secret replaced without a gap: the former one counts both ways for a day, then no more', async () => {
    const [former, proposer, second] = [
      holder.secret,
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
    const { change } = (await proposer.post(`operator/holders/${holder.id}/secret-replacement`, { reason: '疑似泄露' }))
      .body;
    await second.post(`operator/changes/${change.id}/confirmation`, {});
    const { secret } = (await proposer.post(`operator/holders/${holder.id}/secret`, {})).body;
    const asks = async () => (await calls().describe(holder.name, question)).outcome;
    const takenFrom = async (key: string) => {
      takes();
      question = { ...question, requestId: newId() };
      await erase();
      listener = () => false;
      return (await answers(done, { secret: key })).status;
    };
    expect([await asks(), await takenFrom(former), await takenFrom(secret)]).toEqual(['done', 204, 204]);
    expect(await test.get(Database).query('SELECT FROM holders.former_secrets')).toHaveLength(1);
    await advance(test, 'PT25H');
    expect(await asks()).toBe('unreachable');
    holder = { ...holder, secret };
    expect([await asks(), await takenFrom(former), await takenFrom(secret)]).toEqual(['done', 401, 204]);
    await due();
    expect(await test.get(Database).query('SELECT FROM holders.former_secrets')).toEqual([]);
  });

  it('answers nothing that counts while it is suspended, and later what it could not', async () => {
    takes();
    expect(await erase()).toBeNull();
    const turn = (from: 'active' | 'suspended', to: 'active' | 'suspended') =>
      test.get(OutsideHolders).turn(holder.id, { from: [from], to, act: to }, {});
    await turn('active', 'suspended');
    expect((await answers(done)).body.code).toBe('holder.unproven');
    expect(await lastCall()).toMatchObject({ state: 'accepted' });
    await turn('suspended', 'active');
    expect((await answers(done)).status).toBe(204);
    expect(await erase()).toMatchObject(done);
  });

  it('may answer late, after it was asked again in vain', async () => {
    refuses(503);
    await erase();
    expect((await answers(done)).status).toBe(204);
    expect(await erase()).toMatchObject(done);
  });

  it('is asked again where the answer that was promised never came', async () => {
    takes();
    await erase();
    await advance(test, 'PT25H');
    await due();
    expect(moved.has(question.reference)).toBe(true);
    listener = () => false;
    expect(await erase()).toMatchObject(done);
  });

  it('is described as it is now, and as it was the last time', async () => {
    expect(await calls().lastDescription(holder.name, question.requestId)).toBeNull();
    expect(await calls().describe(holder.name, question)).toMatchObject({
      outcome: 'done',
      holdings: [{ category: 'service.orders', count: 1 }],
    });
    refuses(500);
    expect(await calls().lastDescription(holder.name, question.requestId)).toMatchObject({ outcome: 'done' });
    expect(await calls().describe(holder.name, question)).toEqual({
      outcome: 'unreachable',
      holdings: [],
      categories: ['service.orders'],
    });
    expect(await calls().lastDescription(holder.name, question.requestId)).toMatchObject({ outcome: 'unreachable' });
  });

  it('is described as it was the last time while it is asked anew', async () => {
    await calls().describe(holder.name, question);
    const during = Promise.withResolvers<unknown>();
    listener = () => {
      void calls().lastDescription(holder.name, question.requestId).then(during.resolve);
      return false;
    };
    await calls().describe(holder.name, question);
    expect(await during.promise).toMatchObject({ outcome: 'done' });
  });

  it('is exported to the end, or not at all', async () => {
    const kept = () =>
      calls().export(holder.name, question, async (records) => (await Array.fromAsync(records)).length);
    expect(await kept()).toEqual({ kept: 1, counts: [{ category: 'service.orders', count: 1 }] });
    listener = (_request, response) => {
      response
        .writeHead(200)
        .end(`${JSON.stringify({ category: 'a', id: '1', since: '2026-01-02T00:00:00Z', values: {} })}\n`);
      return true;
    };
    expect(await kept()).toMatchObject({ outcome: 'unreachable' });
    expect(await lastCall()).toMatchObject({ state: 'failed', failure: 'incomplete' });
  });

  it('keeps nobody else waiting, however much it owes', async () => {
    const silent = await aRegisteredHolder(test, { baseUrl: server.url });
    const owe = (holderId: string, count: number, since: string) =>
      test.get(Database).execute(
        `INSERT INTO holders.calls (id, holder_id, reference, request_id, operation, state, attempts, asked_at, next_attempt_at)
         SELECT gen_random_uuid(), $1, reference, reference, 'erase', 'failed', 1, $3, $3
         FROM (SELECT gen_random_uuid() AS reference FROM generate_series(1, $2)) AS owed`,
        [holderId, count, since],
      );
    await owe(silent.id, 400, '2020-01-01T00:00:00Z');
    refuses(500);
    await erase();
    await advance(test, 'PT2M');
    await due();
    expect(moved.has(question.reference)).toBe(true);
    await test.get(Database).execute('DELETE FROM holders.calls WHERE holder_id = $1', [silent.id]);
  });

  it('is forgotten ninety days later, however it was described', async () => {
    refuses(500);
    await calls().describe(holder.name, question);
    expect(await lastCall()).toMatchObject({ operation: 'describe', state: 'failed' });
    await advance(test, 'P91D');
    await due();
    expect(await lastCall()).toBeUndefined();
  });

  it('never waits inside a transaction', async () => {
    await expect(test.get(Database).transaction(() => erase())).rejects.toThrow('inside a transaction');
  });

  it('is asked nothing while it is suspended, and answers no more once it is removed', async () => {
    const shop = await aRegisteredHolder(test, { baseUrl: server.url });
    await (
      await aSignedInOperator(test, 'administrator')
    ).post(`operator/holders/${shop.id}/suspension`, { reason: '排查中' });
    expect(await calls().act(shop.name, 'erase', question)).toMatchObject({ outcome: 'unreachable' });
    expect(store.asked).toEqual([]);
    await removeHolder(test, shop.id);
    expect(moved.has(question.reference)).toBe(true);
    expect(await calls().act(shop.name, 'erase', question)).toMatchObject({ outcome: 'withdrawn' });
    const { body } = await (await aSignedInOperator(test, 'auditor')).get(`operator/holders/${shop.id}/calls`);
    expect(body.items).toEqual([expect.objectContaining({ state: 'dead' })]);
    moved.clear();
    await advance(test, 'P1D');
    await due();
    expect(moved.has(question.reference)).toBe(false);
    expect(await calls().describe(shop.name, question)).toMatchObject({ outcome: 'withdrawn' });
  });
});
