import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Global, Module } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { loadConfig } from '../config/config.js';
import { Authenticator } from '../http/access.guard.js';
import { platformPersistence } from '../persistence.js';
import { createTestApp, type TestApp } from '../testing/index.js';
import { Delivery } from './delivery.js';

class NoAuthenticator extends Authenticator {
  bearer = async (): Promise<null> => null;
  operatorSession = async (): Promise<null> => null;
}

@Global()
@Module({ providers: [{ provide: Authenticator, useClass: NoAuthenticator }], exports: [Authenticator] })
class AuthenticatorModule {}

describe('delivery without configured channels, in development', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp([AuthenticatorModule], platformPersistence);
  });
  afterAll(() => test.close());

  it('keeps messages in the mailbox, found by their address', async () => {
    await test.get(Delivery).send({ channel: 'sms', to: '+8610000000001', text: 'Your code is 123456' });
    const answer = await test.request({ method: 'POST', path: 'dev/messages/query', body: { to: '+8610000000001' } });
    expect(answer.body.items).toMatchObject([{ channel: 'sms', text: 'Your code is 123456' }]);
  });

  it('moves the clock by a duration, to an instant and back', async () => {
    const set = async (body: object) =>
      new Date((await test.request({ method: 'POST', path: 'dev/clock', body })).body.now).getTime();
    const jumped = await set({ at: '2030-01-01T00:00:00Z' });
    expect(Math.abs(jumped - Date.parse('2030-01-01T00:00:00Z'))).toBeLessThan(2000);
    expect(Math.abs((await set({ advance: 'P7D' })) - jumped - 7 * 86_400_000)).toBeLessThan(2000);
    expect(Math.abs((await set({ reset: true })) - Date.now())).toBeLessThan(2000);
  });

  it('refuses a duration that is none', async () => {
    const answer = await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'a week' } });
    expect(answer.body).toMatchObject({ status: 400, code: 'clock.bad_duration' });
  });
});

describe('delivery to the outside', () => {
  const mails: string[] = [];
  const posts: { body: string; headers: Record<string, string> }[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void text(stream).then((mail) => (mails.push(mail), done())),
  });
  let webhook: Server;
  let test: TestApp;

  beforeAll(async () => {
    await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done));
    webhook = createServer((request, response) => {
      void text(request).then((body) => {
        posts.push({ body, headers: request.headers as Record<string, string> });
        response.end();
      });
    });
    await new Promise<void>((done) => webhook.listen(0, '127.0.0.1', done));
    test = await createTestApp([AuthenticatorModule], platformPersistence, {
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      SMS_WEBHOOK_URL: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/sms`,
      SMS_WEBHOOK_SECRET: 'a secret for the test only',
    });
  });
  afterAll(async () => {
    await test.close();
    await new Promise<void>((done) => smtp.close(() => done()));
    await new Promise((done) => webhook.close(done));
  });

  it('hands an e-mail to the SMTP server', async () => {
    await test
      .get(Delivery)
      .send({ channel: 'email', to: 'lin@example.com', subject: 'A change', text: 'It takes effect soon.' });
    expect(mails[0]).toContain('To: lin@example.com');
    expect(mails[0]).toContain('It takes effect soon.');
  });

  it('gives an e-mail the further header fields it is told', async () => {
    await test.get(Delivery).send({
      channel: 'email',
      to: 'lin@example.com',
      subject: 'An offer',
      text: 'Ten off.',
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
    expect(mails.at(-1)).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  });

  it('signs what it posts to the SMS webhook', async () => {
    await test.get(Delivery).send({ channel: 'sms', to: '+8610000000002', text: 'A change is coming.' });
    const [post = { body: '', headers: {} }] = posts;
    const words = new Webhook('a secret for the test only', { format: 'raw' });
    expect(words.verify(post.body, post.headers)).toEqual({ to: '+8610000000002', text: 'A change is coming.' });
  });

  it('signs it for receivers of earlier versions too', async () => {
    const [post = { body: '', headers: {} }] = posts;
    const [, time, sent] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(post.headers['x-abide-signature'] ?? '') ?? [];
    const expected = createHmac('sha256', 'a secret for the test only').update(`${time}.${post.body}`).digest('hex');
    expect(sent).toBe(expected);
  });
});

describe('e-mail in production', () => {
  const mails: string[] = [];
  const plain = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void text(stream).then((mail) => (mails.push(mail), done())),
  });
  const upgradable = new SMTPServer({
    authOptional: true,
    onData: (stream, _session, done) => void text(stream).then((mail) => (mails.push(mail), done())),
  });
  beforeAll(() =>
    Promise.all([plain, upgradable].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))),
  );
  afterAll(() =>
    Promise.all([plain, upgradable].map((server) => new Promise<void>((done) => server.close(() => done())))),
  );

  const send = async (server: SMTPServer) => {
    const config = loadConfig({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
      ABIDE_PUBLIC_URL: 'https://privacy.example',
      ABIDE_TRUSTED_PROXY: '127.0.0.1',
      ABIDE_KEY_FILE: '/run/key',
      SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    });
    await new Delivery(config, undefined as never, undefined as never, undefined as never).send({
      channel: 'email',
      to: 'lin@example.com',
      text: 'It takes effect soon.',
    });
  };

  it('goes to no relay without TLS', async () => {
    await expect(send(plain)).rejects.toThrow(/STARTTLS|TLS/);
    expect(mails).toEqual([]);
  });

  it('goes to no relay whose certificate nobody vouches for', async () => {
    await expect(send(upgradable)).rejects.toThrow(/certificate|altnames|self-signed|expired/i);
    expect(mails).toEqual([]);
  });
});
