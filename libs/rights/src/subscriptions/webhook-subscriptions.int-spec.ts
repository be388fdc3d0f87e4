import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { aSignedInOperator, aSignedInSubject, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { verifiedWebhookId } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { createRightsApp } from '../testing/app.js';

const path = 'operator/webhook-subscriptions';

/** Another system, which keeps what comes. */
class Receiver {
  readonly taken: { body: string; headers: Record<string, string> }[] = [];
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      this.taken.push({ body, headers: request.headers as Record<string, string> });
      response.writeHead(204).end();
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

  async next(count: number): Promise<void> {
    for (let look = 0; look < 800 && this.taken.length < count; look += 1) await pause(25);
    expect(this.taken).toHaveLength(count);
  }
}

describe('other systems that are told of requests', () => {
  const receiver = new Receiver();
  let test: TestApp;
  let officer: TestConsole;
  let administrator: TestConsole;
  let revisionId: string;

  beforeAll(async () => {
    await receiver.open();
    test = await createRightsApp({ ABIDE_ROLE: 'all' });
    revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy());
    officer = await aSignedInOperator(test, 'privacyOfficer');
    administrator = await aSignedInOperator(test, 'administrator');
    for (const operator of [officer, administrator]) await operator.stepUp();
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('are added by two, learn what a request is called and how it stands, signed, and nothing about a person', async () => {
    const terms = { name: '客服系统', url: receiver.url, events: ['request.opened', 'request.closed'] };
    const proposed = await officer.post(path, terms);
    expect(proposed.status).toBe(202);
    expect((await officer.get(path)).body.items).toEqual([]);
    const { change } = proposed.body;
    expect(change.opens[0].en).toContain('number, kind, state and times');
    expect((await administrator.post(`operator/changes/${change.id}/confirmation`, {})).status).toBe(200);
    const [added] = (await officer.get(path)).body.items;
    expect(added).toMatchObject({ ...terms, secretDue: true });
    expect((await administrator.post(`${path}/${added.id}/secret`, {})).body.code).toBe('request.webhook_not_found');
    const { secret } = (await officer.post(`${path}/${added.id}/secret`, {})).body;
    expect((await officer.post(`${path}/${added.id}/secret`, {})).body.code).toBe('request.webhook_not_found');

    const person = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
    const made = await person.send('POST', 'me/requests', { type: 'inquiry', text: '你们保存我的什么信息？' });
    const { id, number } = made.body;
    await receiver.next(1);
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'grant', text: '见隐私政策。' });
    await receiver.next(2);
    const said = receiver.taken.map(({ body, headers }) => {
      expect(verifiedWebhookId({ headers, body, secrets: [secret] })).not.toBeNull();
      expect(body).not.toMatch(new RegExp(`${person.subjectId}|${person.identifier.value}|林小禾|信息`));
      return JSON.parse(body);
    });
    expect(said[0]).toMatchObject({ type: 'request.opened', request: { id, number, kind: 'inquiry' } });
    expect(said[1]).toMatchObject({ type: 'request.closed', request: { id, number, state: 'closed' } });

    expect((await officer.request({ method: 'DELETE', path: `${path}/${added.id}` })).status).toBe(204);
    expect((await officer.get(path)).body.items).toEqual([]);
    expect((await officer.request({ method: 'DELETE', path: `${path}/${added.id}` })).body.code).toBe(
      'request.webhook_not_found',
    );
  });

  it('have an address that can be told, and are seen and added by those who may', async () => {
    for (const url of ['not an address', 'ftp://example.com/', 'https://name:word@example.com/'])
      expect((await officer.post(path, { name: 'x', url, events: ['request.opened'] })).body.code).toBe(
        'request.bad_webhook_address',
      );
    const agent = await aSignedInOperator(test, 'supportAgent');
    const auditor = await aSignedInOperator(test, 'auditor');
    const terms = { name: 'x', url: receiver.url, events: ['request.opened'] };
    expect((await agent.get(path)).body.code).toBe('operator.forbidden');
    expect((await auditor.get(path)).status).toBe(200);
    expect((await auditor.post(path, terms)).body.code).toBe('operator.forbidden');
    expect((await auditor.request({ method: 'DELETE', path: `${path}/${newId()}` })).body.code).toBe(
      'operator.forbidden',
    );
  });
});
