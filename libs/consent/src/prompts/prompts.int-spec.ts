import { advance, resetClock } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

describe('asking for consent', () => {
  let test: TestApp;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
  });
  beforeEach(async () => {
    await resetClock(test);
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const prompt = (purpose: string, more: object = {}) =>
    person.app.send('POST', 'me/consent-prompts', { purpose, ...more });
  const pass = async (duration: string) => {
    await advance(test, duration);
    await person.app.signIn();
  };

  it('asks once, and not again within ninety days of a no', async () => {
    expect(await prompt('marketing.push')).toMatchObject({ status: 201, body: { purpose: 'marketing.push' } });
    await person.withdraw('marketing.push');
    const { mayAsk, askAgainAt, state } = await person.preference('marketing.push');
    expect([mayAsk, state]).toEqual([false, 'withdrawn']);
    expect(Date.parse(askAgainAt) - Date.now()).toBeGreaterThan(89.9 * 86_400_000);
    expect(await prompt('marketing.push')).toMatchObject({
      status: 409,
      body: { code: 'consent.cooling_off', askAgainAt },
    });
    await pass('P89D');
    expect((await prompt('marketing.push')).status).toBe(409);
    await pass('P2D');
    expect((await person.preference('marketing.push')).mayAsk).toBe(true);
    expect((await prompt('marketing.push')).status).toBe(201);
  });

  it('begins to cool off anew when the answer is no again', async () => {
    await person.withdraw('marketing.push');
    await pass('P91D');
    expect((await prompt('marketing.push')).status).toBe(201);
    expect((await person.withdraw('marketing.push')).body.duplicate).toBe(false);
    await pass('P2D');
    expect(await person.preference('marketing.push')).toMatchObject({ mayAsk: false });
  });

  it('lets the subject open the question whenever they like', async () => {
    await person.withdraw('marketing.push');
    expect((await prompt('marketing.push', { startedBySubject: true })).status).toBe(201);
    expect((await person.grant('marketing.push')).status).toBe(200);
  });

  it('leaves a question that was not answered alone for a day', async () => {
    await prompt('survey.participation');
    expect(await prompt('survey.participation')).toMatchObject({ status: 409, body: { code: 'consent.cooling_off' } });
    await pass('PT25H');
    expect((await prompt('survey.participation')).status).toBe(201);
  });

  it('asks nothing that is granted, unknown or left to nobody', async () => {
    await person.grant('marketing.push');
    expect(await prompt('marketing.push')).toMatchObject({ status: 409, body: { code: 'consent.nothing_to_ask' } });
    expect(await prompt('records.archive')).toMatchObject({ status: 409, body: { code: 'consent.nothing_to_ask' } });
    expect(await prompt('no.such')).toMatchObject({ status: 404, body: { code: 'consent.unknown_purpose' } });
  });

  it('shows a question once, however many devices ask at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => prompt('personalisation').then(() => prompt('survey.participation'))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('ends a consent by itself when its term is over', async () => {
    const granted = await person.grant('marketing.push');
    expect((await person.preference('marketing.push')).expiresAt).not.toBeNull();
    expect(granted.status).toBe(200);
    await pass('P2Y1D');
    expect(await person.preference('marketing.push')).toMatchObject({ state: 'expired', mayAsk: true });
    expect((await person.grant('marketing.push')).body.duplicate).toBe(false);
    expect((await person.preference('marketing.push')).state).toBe('granted');
  });
});
