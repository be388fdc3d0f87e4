import { Database, type Channel } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Notifier, type Outgoing } from './notifier.service.js';
import { SendChecks } from './send-checks.service.js';
import { aCheck, createNotificationsApp, TestAudience, type Sent } from './testing/app.js';

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
    checks.register(aCheck());
    expect(await test.get(Notifier).send('marketing', person, message)).toBe('handedOver');
    checks.register({
      name: 'quiet hours',
      allows: async (kind, subjectId) => kind !== 'marketing' || subjectId !== person,
    });
    expect(await test.get(Notifier).send('marketing', person, message)).toBe('notAllowed');
    expect(await test.get(Notifier).send('survey', person, message)).toBe('handedOver');
    expect(audience.handedOver).toHaveLength(2);
  });

  it('asks the checks about the channel', async () => {
    test.get(SendChecks).register(aCheck({ allows: async (_kind, _subjectId, channel) => channel === 'sms' }));
    expect(await test.get(Notifier).send('survey', person, message)).toBe('notAllowed');
    expect(await test.get(Notifier).send('survey', person, { ...message, channel: 'sms' })).toBe('handedOver');
  });

  it('sends no survey and no marketing without a way to unsubscribe', async () => {
    test.get(SendChecks).register({ name: 'consent', allows: async () => true });
    expect([
      await test.get(Notifier).send('survey', person, message),
      await test.get(Notifier).send('marketing', person, message),
    ]).toEqual(['notAllowed', 'notAllowed']);
    expect(audience.handedOver).toEqual([]);
  });

  it('ends surveys and marketing with the link in the subject’s language, without six digits in a row, and nothing else', async () => {
    const [zh] = audience.add(1, { locale: 'zh-CN' });
    const sent: Sent[] = [];
    audience.deliver = async (_id, _channel, one) => void sent.push(one);
    test.get(SendChecks).register(aCheck());
    await test.get(Notifier).send('marketing', person, message);
    await test.get(Notifier).send('survey', zh?.id ?? '', message);
    await test.get(Notifier).send('transactional', person, message);
    expect(sent.map(({ text }) => text)).toEqual([
      'in en\nUnsubscribe with one click: http://localhost:3000/unsubscribe/123%3456?kind=marketing',
      'in zh-CN\n一键退订：http://localhost:3000/unsubscribe/123%3456?kind=survey',
      'in en',
    ]);
    expect(sent.map(({ headers }) => headers)).toEqual([
      {
        'List-Unsubscribe': '<http://localhost:3000/unsubscribe/123%3456?kind=marketing>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      expect.objectContaining({ 'List-Unsubscribe': expect.stringContaining('kind=survey') }),
      undefined,
    ]);
  });

  it('sends on the best channel a subject has: e-mail, else a text message', async () => {
    const [both, phoneOnly, dead, nowhere] = [['email', 'sms'], ['sms'], ['email', 'sms'], []].map(
      (reachable) => audience.add(1, { reachable: reachable as Channel[] })[0]?.id ?? '',
    );
    audience.handOver = (id, channel) => {
      if (id === dead && channel === 'email')
        return Object.assign(new Error('refused'), { response: '550 5.1.1 User unknown' });
      return audience.people.find((one) => one.id === id)?.reachable.includes(channel) ?? false;
    };
    const results = [];
    for (const id of [both, phoneOnly, dead, nowhere])
      results.push(await test.get(Notifier).sendToBest('transactional', id ?? '', message.compose));
    expect(results).toEqual(['handedOver', 'handedOver', 'handedOver', 'notHandedOver']);
    expect(audience.handedOver).toEqual([`${both} email`, `${phoneOnly} sms`, `${dead} sms`]);
  });

  it('leaves it to the caller to try again when the best channel fails', async () => {
    audience.handOver = () => new Error('relay is away');
    await expect(test.get(Notifier).sendToBest('transactional', person, message.compose)).rejects.toThrow(
      'relay is away',
    );
  });

  it('refuses to register a check twice', () => {
    test.get(SendChecks).register(aCheck());
    expect(() => test.get(SendChecks).register(aCheck())).toThrow('already');
  });

  it('sends nothing inside a transaction', async () => {
    const sending = test.get(Database).transaction(() => test.get(Notifier).send('transactional', person, message));
    await expect(sending).rejects.toThrow('inside a transaction');
    expect(audience.handedOver).toEqual([]);
  });
});
