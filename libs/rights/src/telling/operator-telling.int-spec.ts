import type { AddressInfo } from 'node:net';
import {
  advance,
  aRegistration,
  aSignedInOperator,
  confirm,
  resetClock,
  TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { SMTPServer } from 'smtp-server';
import { createRightsApp } from '../testing/app.js';
import { OperatorTelling } from './operator-telling.js';

interface Mail {
  readonly to: string;
  readonly text: string;
}

/** A mail relay on this machine. */
class TestRelay {
  readonly received: Mail[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const [head = '', ...body] = Buffer.concat(parts).toString('utf8').split('\r\n\r\n');
        const isBase64 = /transfer-encoding: base64/i.test(head);
        const text = isBase64 ? Buffer.from(body.join(), 'base64').toString('utf8') : unquoted(body.join('\n'));
        this.received.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text });
        done();
      });
    },
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** What has come for an operator since it was last asked. */
  take({ email }: { readonly email: string }): string[] {
    const theirs = this.received.filter(({ to }) => to === email);
    for (const mail of theirs) this.received.splice(this.received.indexOf(mail), 1);
    return theirs.map(({ text }) => text);
  }
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('operators are told by mail', () => {
  const relay = new TestRelay();
  let test: TestApp;
  let officer: TestConsole;
  let agent: TestConsole;
  let auditor: TestConsole;
  let requestId: string;
  let number: string;

  beforeAll(async () => {
    test = await createRightsApp({ SMTP_URL: await relay.listen() });
    const revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy());
    const person = await aPersonByMail(revisionId);
    const made = await person.send('POST', 'me/requests', { type: 'inquiry', text: '你们保存我的什么信息？' });
    ({ id: requestId, number } = made.body);
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    auditor = await aSignedInOperator(test, 'auditor');
  }, 120_000);
  afterEach(() => resetClock(test));
  afterAll(async () => {
    await test.close();
    await relay.close();
  });

  async function aPersonByMail(revisionId: string): Promise<TestClientApp> {
    const body = aRegistration({ acceptedRevisionIds: [revisionId] });
    const { value } = body.identifier;
    const started = await test.request({ method: 'POST', path: 'subjects', body });
    const code = /\b\d{6}\b/.exec(relay.take({ email: value })[0] ?? '')?.[0] ?? '';
    const confirmed = await confirm(test, started.body.verification.id, code);
    const person = new TestClientApp(test, confirmed.body.subjectId, body.identifier);
    await person.signIn();
    return person;
  }

  /** Does what waits in a queue, as a worker would. */
  async function work(queue: string): Promise<void> {
    const jobs = await test
      .get(Database)
      .query<{ id: string; data: { requestId: string; operatorId: string } }>(
        "DELETE FROM jobs.job WHERE name = $1 AND state = 'created' RETURNING id, data",
        [queue],
      );
    const telling = test.get(OperatorTelling);
    for (const { data } of jobs)
      if (queue === 'rights.warn_operator') await telling.sendWarning(data);
      else await telling.sendDigest(data.operatorId);
  }

  it('of a deadline that comes near: first whoever answers it, then the privacy officers', async () => {
    await agent.post(`operator/requests/${requestId}/assignment`, { operatorId: agent.operatorId });
    const { dueAt } = (await agent.get(`operator/requests/${requestId}`)).body;
    const daysAhead = Math.floor((Date.parse(dueAt) - Date.now()) / 86_400_000);
    await advance(test, `P${daysAhead - 4}D`);
    await test.get(ScheduledTasks).runAll();
    await work('rights.warn_operator');
    expect(relay.take(officer)).toEqual([]);
    const [warned = ''] = relay.take(agent);
    expect(warned).toContain(`请求 ${number}（咨询）尚未答复，还剩 4 天。`);
    expect(warned).toContain(`/console/requests/${requestId}`);
    expect(warned).not.toMatch(/林小禾|@example\.com/);
    await advance(test, 'P3D');
    await test.get(ScheduledTasks).runAll();
    await work('rights.warn_operator');
    expect([relay.take(agent).length, relay.take(officer).length, relay.take(auditor).length]).toEqual([0, 1, 0]);
  });

  it('once a day of what waits for them, unless they have switched it off; nobody for whom nothing waits', async () => {
    await work('rights.operator_digest');
    for (const operator of [agent, officer]) relay.take(operator);
    await test.get(Database).execute('UPDATE identity.operators SET digest_at = NULL');
    await test.get(OperatorTelling).queueDigests();
    await test.get(OperatorTelling).queueDigests();
    await work('rights.operator_digest');
    const [digest = '', ...more] = relay.take(agent);
    expect([digest, more]).toEqual([expect.stringContaining('由您经办的请求: 1'), []]);
    expect(digest).toContain('/console/requests?assignee=me');
    expect(digest).not.toMatch(/林小禾|@example\.com/);
    expect([relay.take(officer), relay.take(auditor)]).toEqual([[], []]);
    await advance(test, 'P1D');
    await agent.signIn();
    const off = await agent.request({ method: 'PUT', path: 'operator/settings', body: { digest: false } });
    expect([off.status, (await agent.get('operator/settings')).body]).toEqual([200, { digest: false }]);
    await test.get(OperatorTelling).queueDigests();
    await work('rights.operator_digest');
    expect(relay.take(agent)).toEqual([]);
    await agent.request({ method: 'PUT', path: 'operator/settings', body: { digest: true } });
    await advance(test, 'P1D');
    await test.get(OperatorTelling).queueDigests();
    await work('rights.operator_digest');
    expect(relay.take(agent)).toHaveLength(1);
  });
});
