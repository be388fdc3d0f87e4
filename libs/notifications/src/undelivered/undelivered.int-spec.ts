import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Database, Jobs, Webhooks } from '@abide/platform';
import { eventually, type TestApp } from '@abide/platform/testing';
import { createNotificationsApp, TestAudience } from '../testing/app.js';

const everything = 'delivery.read,delivery.replay';

describe('what did not arrive', () => {
  let test: TestApp;
  let receiver: Server;
  let answer = 200;
  let fails = false;
  let runs = 0;

  beforeAll(async () => {
    receiver = createServer((_request, response) => response.writeHead(answer).end());
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

    @Module({})
    class TestSource {
      constructor(webhooks: Webhooks, jobs: Jobs) {
        const compose = async () => ({ url, secrets: ['a secret for the test only'], body: { type: 'test.closed' } });
        webhooks.define({ kind: 'test.closed', compose });
        jobs.define('test.work', async () => {
          if (fails) throw new Error('not yet');
          runs += 1;
        });
      }
    }
    test = await createNotificationsApp(new TestAudience(), { ABIDE_ROLE: 'all' }, [TestSource]);
  });
  afterAll(async () => {
    await test.close();
    await new Promise((done) => receiver.close(done));
  });

  const ask = (method: 'GET' | 'POST', path: string, permissions = everything) =>
    test.request({ method, path: `operator/${path}`, headers: { 'x-test-permissions': permissions } });
  const items = async (path: string) => (await ask('GET', path)).body.items as { id: string }[];
  const acts = () =>
    test
      .get(Database)
      .query<{ act: string; object_id: string; details: object }>(
        "SELECT act, object_id, details FROM audit.entries WHERE act LIKE '%.replayed' ORDER BY at, id",
      );

  it('shows a webhook that was given up, and sends it again with evidence', async () => {
    answer = 410;
    const destination = { id: newId(), name: 'The ticket shop' };
    const id = await test.get(Webhooks).send({ kind: 'test.closed', destination, reference: newId() });
    await eventually(async () => (await items('webhooks?state=dead')).length === 1, 15);
    expect(await items('webhooks')).toEqual([
      {
        id,
        kind: 'test.closed',
        destination: 'The ticket shop',
        state: 'dead',
        attempts: 1,
        failure: 'gone',
        answeredStatus: 410,
        nextAttemptAt: null,
        createdAt: expect.any(String),
        settledAt: expect.any(String),
      },
    ]);
    answer = 200;
    expect((await ask('POST', `webhooks/${id}/replay`)).body).toMatchObject({ id, state: 'pending', attempts: 0 });
    await eventually(async () => (await items('webhooks?state=delivered')).length === 1, 15);
    const details = { kind: 'test.closed', destinationId: destination.id };
    expect(await acts()).toEqual([{ act: 'webhook.replayed', object_id: id, details }]);
    expect((await ask('POST', `webhooks/${id}/replay`)).body).toMatchObject({ status: 409, code: 'webhook.not_dead' });
    const unknown = await ask('POST', `webhooks/${newId()}/replay`);
    expect(unknown.body).toMatchObject({ status: 404, code: 'webhook.not_found' });
    expect(await acts()).toHaveLength(1);
  });

  it('shows work that failed every time, and runs it again with evidence', async () => {
    fails = true;
    await test.get(Jobs).send('test.work', {});
    await test.get(Database).execute("UPDATE jobs.job SET retry_limit = 0 WHERE name = 'test.work'");
    await eventually(async () => (await items('dead-jobs')).length === 1, 15);
    const [dead] = await items('dead-jobs');
    expect(dead).toMatchObject({ queue: 'test.work', queuedAt: expect.any(String), failedAt: expect.any(String) });
    fails = false;
    expect((await ask('POST', `dead-jobs/${dead?.id}/replay`)).status).toBe(204);
    await eventually(async () => runs === 1, 15);
    expect(await items('dead-jobs')).toEqual([]);
    expect((await acts()).at(-1)).toMatchObject({ act: 'job.replayed', object_id: dead?.id });
    const gone = await ask('POST', `dead-jobs/${dead?.id}/replay`);
    expect(gone.body).toMatchObject({ status: 404, code: 'job.not_found' });
  });

  it.each(['webhooks', 'dead-jobs'])('shows and replays %s for nobody who may not', async (path) => {
    const answers = [
      await ask('GET', path, 'policy.read'),
      await ask('POST', `${path}/${newId()}/replay`, 'delivery.read'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'operator.forbidden'],
      [403, 'operator.forbidden'],
    ]);
  });
});
