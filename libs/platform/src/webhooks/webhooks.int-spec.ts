import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Webhook } from 'standardwebhooks';
import { loadConfig } from '../config/config.js';
import { Database } from '../database/database.js';
import { Authenticator } from '../http/access.guard.js';
import { createHttpApp } from '../http-app.js';
import { platformPersistence } from '../persistence.js';
import { PlatformModule } from '../platform.module.js';
import { createTestApp, eventually, TcpProxy, type TestApp } from '../testing/index.js';
import type { WebhookDelivery } from './webhook-deliveries.queries.js';
import type { WebhookPost } from './webhook-sender.js';
import { newWebhookSecret } from './webhook-signature.js';
import { Webhooks, type WebhookSource } from './webhooks.js';

const secret = newWebhookSecret();
const canary = 'Lin Xiaohe of the test';

class NoAuthenticator extends Authenticator {
  bearer = async (): Promise<null> => null;
  operatorSession = async (): Promise<null> => null;
}

/** A receiver as somebody else would write it: it checks the signature by the public library, and answers as it is told. */
class Receiver {
  readonly taken: { id: string; body: { name: string; reference: string } }[] = [];
  answers: number[] = [];
  beforeAnswer: () => Promise<void> = async () => undefined;
  private readonly server: Server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const headers = request.headers as Record<string, string>;
      this.taken.push({ id: headers['webhook-id'] ?? '', body: new Webhook(secret).verify(body, headers) as never });
      await this.beforeAnswer();
      response.writeHead(this.answers.shift() ?? 200).end('{"acknowledged":true}');
    });
  });

  open(): Promise<void> {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  close(): Promise<unknown> {
    return new Promise((done) => this.server.close(done));
  }
}

const receiver = new Receiver();
const composed = (delivery: WebhookDelivery): WebhookPost => ({
  url: receiver.url,
  secrets: [secret],
  body: { name: canary, reference: delivery.reference },
});

@Injectable()
class TestSource implements WebhookSource, OnModuleInit {
  readonly kind = 'test.closed';
  readonly ended: string[] = [];
  compose: (delivery: WebhookDelivery) => Promise<WebhookPost | null> = async (delivery) => composed(delivery);
  takesAnswer = true;

  constructor(
    private readonly webhooks: Webhooks,
    private readonly db: Database,
  ) {}

  onModuleInit(): void {
    this.webhooks.define(this);
  }

  async delivered({ id }: WebhookDelivery, { body }: { body: string }): Promise<void> {
    if (!this.takesAnswer) throw new Error('made nothing of it');
    this.ended.push(`${id} ${body} ${this.db.isInTransaction ? 'inside' : 'outside'}`);
  }

  async dead({ id }: WebhookDelivery): Promise<void> {
    this.ended.push(`${id} dead ${this.db.isInTransaction ? 'inside' : 'outside'}`);
  }
}

@Global()
@Module({ providers: [TestSource, { provide: Authenticator, useClass: NoAuthenticator }], exports: [Authenticator] })
class SourceModule {}

const destination = { id: newId(), name: 'The ticket shop' };

describe('webhooks that have to arrive', () => {
  let test: TestApp;
  let webhooks: Webhooks;
  let source: TestSource;
  let db: Database;

  beforeAll(async () => {
    await receiver.open();
    test = await createTestApp([SourceModule], platformPersistence);
    [webhooks, source, db] = [test.get(Webhooks), test.get(TestSource), test.get(Database)];
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });
  beforeEach(async () => {
    // What an earlier spec left to be tried again would take this one's answers.
    await webhooks.withdrawFor(destination.id);
    receiver.taken.length = 0;
    receiver.answers = [];
    source.ended.length = 0;
    source.takesAnswer = true;
    source.compose = async (delivery) => composed(delivery);
  });

  const send = (reference = newId()) => webhooks.send({ kind: 'test.closed', destination, reference });
  const find = async (id: string) => (await webhooks.page({ limit: 100 })).items.find((one) => one.id === id);
  const advance = (by: string) => test.request({ method: 'POST', path: 'dev/clock', body: { advance: by } });
  async function become(id: string, expected: Partial<WebhookDelivery>): Promise<void> {
    const isSo = (found: object = {}) =>
      Object.entries(expected).every(([key, value]) => found[key as keyof typeof found] === value);
    for (let look = 0; look < 600 && !isSo(await find(id)); look += 1) await pause(25);
    expect(await find(id)).toMatchObject(expected);
  }

  it('arrives signed, once its transaction is kept, and tells its sender in the transaction that notes it', async () => {
    const undone = db.transaction(async () => {
      await send();
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    const reference = newId();
    const id = await db.transaction(() => send(reference));
    await become(id, { state: 'delivered', attempts: 1, answeredStatus: 200, failure: null, nextAttemptAt: null });
    expect(receiver.taken).toEqual([{ id, body: { name: canary, reference } }]);
    expect(source.ended).toEqual([`${id} {"acknowledged":true} inside`]);
  });

  it('is sent again under the same id when the receiver stumbles', async () => {
    receiver.answers = [500];
    const id = await send();
    await become(id, { state: 'pending', attempts: 1, failure: 'refused', answeredStatus: 500 });
    await advance('PT4S');
    expect(receiver.taken).toHaveLength(1);
    await advance('PT10S');
    await become(id, { state: 'delivered', attempts: 2, failure: null });
    expect(receiver.taken.map((one) => one.id)).toEqual([id, id]);
  });

  it('is given up at once where the receiver says that it is gone for good', async () => {
    receiver.answers = [410];
    const id = await send();
    await become(id, { state: 'dead', attempts: 1, failure: 'gone', answeredStatus: 410 });
    expect(source.ended).toEqual([`${id} dead inside`]);
  });

  it('is given up after eleven attempts over three days, shows, and is sent again when somebody says so', async () => {
    receiver.answers = Array.from({ length: 11 }, () => 503);
    const id = await send();
    for (const [attempt, wait] of [
      'PT10S',
      'PT1M',
      'PT10M',
      'PT1H',
      'PT3H',
      'PT6H',
      'PT11H',
      'PT15H',
      'PT21H',
      'PT25H',
    ].entries()) {
      await become(id, { state: 'pending', attempts: attempt + 1, failure: 'refused' });
      await advance(wait);
    }
    await become(id, { state: 'dead', attempts: 11, failure: 'refused', answeredStatus: 503 });
    await advance('P30D');
    expect((await webhooks.page({ state: 'dead', limit: 100 })).items.map((one) => one.id)).toContain(id);
    await webhooks.replay(id);
    await become(id, { state: 'delivered', attempts: 1 });
    expect(new Set(receiver.taken.map((one) => one.id))).toEqual(new Set([id]));
    expect(receiver.taken).toHaveLength(12);
    await expect(webhooks.replay(id)).rejects.toMatchObject({ code: 'webhook.not_dead' });
    await expect(webhooks.replay(newId())).rejects.toMatchObject({ code: 'webhook.not_found' });
  });

  it('waits and is tried again where its sender cannot put it together, or makes nothing of the answer', async () => {
    source.compose = async () => {
      throw new Error('the key service is away');
    };
    const id = await send();
    await become(id, { state: 'pending', attempts: 1, failure: 'notComposed' });
    source.compose = async (delivery) => composed(delivery);
    source.takesAnswer = false;
    await advance('PT10S');
    await become(id, { state: 'pending', attempts: 2, failure: 'answerNotTaken', answeredStatus: 200 });
    source.takesAnswer = true;
    await advance('PT1M');
    await become(id, { state: 'delivered', attempts: 3 });
  });

  it('does not leave any more where its sender has nothing to say, or its destination was cut off', async () => {
    source.compose = async () => null;
    await become(await send(), { state: 'withdrawn', attempts: 1 });
    source.compose = async (delivery) => composed(delivery);
    receiver.answers = [500];
    const id = await send();
    await become(id, { state: 'pending', attempts: 1 });
    expect(await webhooks.withdrawFor(destination.id)).toBeGreaterThan(0);
    await advance('P1D');
    expect(await find(id)).toMatchObject({ state: 'withdrawn', attempts: 1 });
    expect(receiver.taken).toHaveLength(1);
  });

  it('keeps what it says out of rows and jobs', async () => {
    receiver.answers = [500];
    await become(await send(), { state: 'pending', attempts: 1 });
    const kept = await db.query<{ row: string }>(
      'SELECT row_to_json(kept)::text AS row FROM platform.webhook_deliveries AS kept UNION ALL SELECT row_to_json(job)::text FROM jobs.job',
    );
    expect(kept.length).toBeGreaterThan(1);
    expect(
      kept.filter(({ row }) => row.includes(canary) || row.includes(secret) || row.includes(receiver.url)),
    ).toEqual([]);
  });

  it('forgets after ninety days what has arrived, and keeps what was given up', async () => {
    receiver.answers = [410];
    const dead = await send();
    await become(dead, { state: 'dead' });
    const arrived = await send();
    await become(arrived, { state: 'delivered' });
    await advance('P91D');
    expect([await find(arrived), (await find(dead))?.state]).toEqual([undefined, 'dead']);
  });

  it('lets one receiver that is slow keep nobody else waiting', async () => {
    let release = () => undefined as void;
    const slow = new Promise<void>((done) => (release = done));
    const other = { id: newId(), name: 'The quick one' };
    receiver.beforeAnswer = () => slow;
    const waiting = await Promise.all(Array.from({ length: 12 }, () => send()));
    await eventually(async () => receiver.taken.length === 2, 15);
    receiver.beforeAnswer = async () => undefined;
    const quick = await webhooks.send({ kind: 'test.closed', destination: other, reference: newId() });
    await become(quick, { state: 'delivered' });
    expect(receiver.taken).toHaveLength(3);
    release();
    for (const id of waiting) await become(id, { state: 'delivered' });
  });
});

describe('a process that dies between sending a webhook and noting it', () => {
  it('leaves it to another, which sends it under the same id', async () => {
    await receiver.open();
    receiver.taken.length = 0;
    const test = await createTestApp([SourceModule], platformPersistence, { ABIDE_ROLE: 'web' });
    const proxy = await TcpProxy.before(test.config.get('DATABASE_URL'));
    receiver.beforeAnswer = () => proxy.refuse();
    const dying = await workerOver(proxy.url);
    const id = await test.get(Webhooks).send({ kind: 'test.closed', destination, reference: newId() });
    const state = async () => (await test.get(Webhooks).page({ limit: 1 })).items[0];
    await eventually(async () => receiver.taken.length === 1, 15);
    await dying.close().catch(() => undefined);
    expect(await state()).toMatchObject({ id, state: 'pending', attempts: 1, failure: null });

    receiver.beforeAnswer = async () => undefined;
    const living = await workerOver(test.config.get('DATABASE_URL'));
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT3M' } });
    await eventually(async () => (await state())?.state === 'delivered', 15);
    expect(receiver.taken.map((one) => one.id)).toEqual([id, id]);
    expect(await state()).toMatchObject({ id, attempts: 2 });
    await living.close();
    await test.close();
    await receiver.close();
  });

  /** One more process, on a database that may get out of its reach. */
  async function workerOver(databaseUrl: string) {
    const config = loadConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      ABIDE_ROLE: 'worker',
    });
    @Module({ imports: [PlatformModule.forRoot(config, platformPersistence), SourceModule] })
    class Root {}
    return createHttpApp(Root, config);
  }
});
