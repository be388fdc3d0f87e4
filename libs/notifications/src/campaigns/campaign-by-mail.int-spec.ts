import type { AddressInfo } from 'node:net';
import { aSignedInOperator, identityStack } from '@abide/identity/testing';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { SMTPServer } from 'smtp-server';
import { NotificationsModule } from '../notifications.module.js';
import { notificationsPersistence } from '../persistence.js';
import { advance, runDue, start } from '../testing/app.js';

interface Mail {
  readonly to: string;
  readonly content: string;
}

/** A mail relay on this machine that can be told what to answer to a recipient. */
class TestRelay {
  readonly received: Mail[] = [];
  refuse: (to: string) => string | null = () => null;

  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const refusal = this.refuse(address);
      done(
        refusal === null
          ? null
          : Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }),
      );
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        this.received.push({
          to: envelope.rcptTo.map(({ address }) => address).join(),
          content: decoded(Buffer.concat(parts).toString('utf8')),
        });
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

  take(to: string): Mail | undefined {
    const index = this.received.findIndex((mail) => mail.to === to);
    return index < 0 ? undefined : this.received.splice(index, 1)[0];
  }
}

/** Undoes the transfer encodings a mail may use: enough to read plain text. */
function decoded(mail: string): string {
  const [head = '', ...rest] = mail.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return `${head}\n\n${Buffer.from(body, 'base64').toString('utf8')}`;
  if (!/transfer-encoding: quoted-printable/i.test(head)) return mail;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return `${head}\n\n${Buffer.from(bytes, 'latin1').toString('utf8')}`;
}

const password = 'correct horse battery staple';

describe('a campaign by mail to people who registered', () => {
  const relay = new TestRelay();
  let test: TestApp;

  beforeAll(async () => {
    const persistence = joinPersistence(identityStack.persistence, notificationsPersistence);
    test = await createTestApp([...identityStack.modules, NotificationsModule], persistence, {
      ABIDE_ROLE: 'web',
      SMTP_URL: await relay.listen(),
    });
  });
  afterAll(async () => {
    await test.close();
    await relay.close();
  });

  async function register(email: string, locale: string): Promise<string> {
    const body = {
      kind: 'person',
      identifier: { type: 'email', value: email },
      password,
      birthDate: '1990-01-31',
      profile: { name: 'Lin Xiaohe' },
      acceptedRevisionIds: [],
    };
    const started = await test.request({
      method: 'POST',
      path: 'subjects',
      body,
      headers: { 'accept-language': locale },
    });
    const code = /\b\d{6}\b/.exec(relay.take(email)?.content.split('\n\n').at(-1) ?? '')?.[0];
    const confirmed = await test.request({
      method: 'POST',
      path: `verifications/${started.body.verification.id}/confirm`,
      body: { code },
    });
    return confirmed.body.subjectId;
  }

  async function signIn(email: string): Promise<string> {
    const answer = await test.request({
      method: 'POST',
      path: 'sessions',
      body: { identifier: { type: 'email', value: email }, password },
    });
    return answer.body.accessToken;
  }

  it('reaches them in their language, tries again where the relay was busy, and shows all of it to operators and to them', async () => {
    await register('lin.xiaohe@people.example', 'zh-CN');
    const busy = await register('zhou.tinglan@people.example', 'en');
    await register('gone@people.example', 'en');
    const operator = await aSignedInOperator(test, 'auditor');
    relay.refuse = (to) =>
      to.startsWith('zhou') ? '451 4.7.1 Come back later' : to.startsWith('gone') ? '550 5.1.1 User unknown' : null;

    const id = await start(test);
    await runDue(test);
    expect((await operator.get(`operator/campaigns/${id}`)).body).toMatchObject({
      state: 'running',
      audience: 3,
      reachable: 2,
      unreachable: 1,
      attempted: { email: 1 },
      queued: { email: 1 },
    });

    relay.refuse = () => null;
    await advance(test, 'PT2M');
    expect((await operator.get(`operator/campaigns/${id}`)).body).toMatchObject({
      state: 'live',
      coverage: 1,
      attempted: { email: 2 },
      leadEndsAt: expect.any(String),
    });
    expect(relay.take('lin.xiaohe@people.example')?.content).toContain('定位信息的保存期限由30天改为90天。');
    expect(relay.take('zhou.tinglan@people.example')?.content).toContain('Location is kept for 90 instead of 30 days.');
    expect(relay.received).toEqual([]);

    const again = await aSignedInOperator(test, 'supportAgent');
    expect((await again.get(`operator/subjects/${busy}/notices`)).body.items).toMatchObject([
      { campaignId: id, deliveries: [{ channel: 'email', state: 'attempted' }] },
    ]);
    const inbox = await test.request({
      method: 'GET',
      path: 'me/notices',
      token: await signIn('zhou.tinglan@people.example'),
      headers: { 'accept-language': 'en' },
    });
    expect(inbox.body.items).toMatchObject([{ title: 'Our privacy policy changes', banner: true, readAt: null }]);
  });

  it('is refused to a console whose operator may not see campaigns', async () => {
    const agent = await aSignedInOperator(test, 'supportAgent');
    expect((await agent.get('operator/campaigns')).body).toMatchObject({ status: 403, code: 'operator.forbidden' });
  });
});
