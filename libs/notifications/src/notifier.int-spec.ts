import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { SMTPServer } from 'smtp-server';
import { Campaigns } from './campaigns/campaigns.service.js';
import { advance, createNotificationsApp, runDue, start, TestAudience } from './testing/house.js';
import { Notifier, SendChecks, type Outgoing } from './notifier.service.js';

const message: Outgoing = { channel: 'email', compose: (locale) => ({ subject: 'Hello', text: `in ${locale}` }) };

describe('the notifier', () => {
  let test: TestApp;
  let audience: TestAudience;
  let person: string;

  beforeEach(async () => {
    audience = new TestAudience();
    test = await createNotificationsApp(audience);
    person = audience.add(1)[0]?.id ?? '';
  });
  afterEach(() => test.close());

  it('sends what is owed without asking, and surveys and marketing to nobody while nobody can say that they may', async () => {
    const kinds = ['policyChange', 'transactional', 'survey', 'marketing'] as const;
    const results = [];
    for (const kind of kinds) results.push(await test.get(Notifier).send(kind, person, message));
    expect(results).toEqual(['handedOver', 'handedOver', 'notAllowed', 'notAllowed']);
  });

  it('sends marketing only where every check allows it', async () => {
    const checks = test.get(SendChecks);
    checks.register({ name: 'consent', allows: async () => true });
    expect(await test.get(Notifier).send('marketing', person, message)).toBe('handedOver');
    checks.register({ name: 'quiet hours', allows: async (kind, subjectId) => kind !== 'marketing' || subjectId !== person });
    expect(await test.get(Notifier).send('marketing', person, message)).toBe('notAllowed');
    expect(await test.get(Notifier).send('survey', person, message)).toBe('handedOver');
    expect(audience.handedOver).toHaveLength(2);
  });

  it('refuses to register a check twice', () => {
    test.get(SendChecks).register({ name: 'consent', allows: async () => true });
    expect(() => test.get(SendChecks).register({ name: 'consent', allows: async () => true })).toThrow('already');
  });

  it('sends nothing inside a transaction', async () => {
    const sending = test.get(Database).transaction(() => test.get(Notifier).send('transactional', person, message));
    await expect(sending).rejects.toThrow('inside a transaction');
    expect(audience.handedOver).toEqual([]);
  });
});

describe('a campaign over a real mail relay', () => {
  const received: { to: string; text: string }[] = [];
  let isAccepting = true;
  let relay: SMTPServer;
  let test: TestApp;
  const audience = new TestAudience();

  beforeAll(async () => {
    relay = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(isAccepting ? null : Object.assign(new Error('Come back later'), { responseCode: 451 })),
      onData: (stream, { envelope }, done) => void text(stream).then((mail) => {
        received.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text: mail });
        done();
      }),
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    test = await createNotificationsApp(audience, { SMTP_URL: `smtp://127.0.0.1:${(relay.server.address() as AddressInfo).port}` });
  });
  afterAll(async () => {
    await test.close();
    await new Promise<void>((resolve) => relay.close(resolve));
  });

  it('reaches every subject by e-mail, again when the relay was busy the first time', async () => {
    const people = audience.add(12);
    isAccepting = false;
    const id = await start(test);
    await runDue(test);
    expect([received.length, await test.get(Campaigns).progress(id)]).toMatchObject([0, { state: 'running', attempted: 0 }]);
    isAccepting = true;
    await advance(test, 'PT2M');
    expect(received.map(({ to }) => to).sort()).toEqual(people.map((person) => audience.addressOf(person.id)).sort());
    expect(received.every(({ text: mail }) => mail.includes('Subject: Our privacy policy changes'))).toBe(true);
    expect(await test.get(Campaigns).progress(id)).toMatchObject({ state: 'live', attempted: 12 });
  });
});
