import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { createNotificationsApp, TestAudience } from './testing/house.js';
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
