import { jest } from '@jest/globals';
import { advance, messagesTo } from '@abide/identity/testing';
import { Notifier } from '@abide/notifications';
import { Database, Delivery, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

describe('surveys and marketing', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let officer: TestConsole;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const compose = () => ({ subject: 'An offer', text: 'Two tickets for one.' });
  const send = (kind: 'marketing' | 'survey') =>
    test.get(Notifier).send(kind, person.id, { channel: 'email', compose });
  const linkIn = async () => {
    const [newest = ''] = await messagesTo(test, person.app.identifier.value);
    return decodeURIComponent(new URL(/http\S+\/unsubscribe\/\S+/.exec(newest)?.[0] ?? 'http://none').pathname);
  };

  it('go to those only who consented, each kind by itself', async () => {
    expect(await send('marketing')).toBe('notAllowed');
    await person.grant('marketing.push');
    expect(await send('marketing')).toBe('handedOver');
    expect(await send('survey')).toBe('notAllowed');
    await test.request({ method: 'GET', path: 'me/consents', token: person.token, headers: { 'sec-gpc': '1' } });
    expect(await send('marketing')).toBe('notAllowed');
  });

  it('end with one click on the link in the message, which opening alone does not do', async () => {
    await person.grant('marketing.push');
    await send('marketing');
    const path = await linkIn();
    const shown = await test.request({ method: 'GET', path, headers: { 'accept-language': 'en' } });
    expect(shown).toMatchObject({ status: 200, text: expect.stringContaining('marketing messages') });
    expect(shown.text).not.toContain(person.id);
    expect((await person.preference('marketing.push')).state).toBe('granted');
    const done = await test.request({
      method: 'POST',
      path,
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(done).toMatchObject({ status: 200, text: expect.stringContaining('已退订') });
    expect((await person.preference('marketing.push')).state).toBe('withdrawn');
    expect((await test.request({ method: 'POST', path })).status).toBe(200);
    const events = await db.query(
      `SELECT act, channel FROM consent.events WHERE subject_id = $1 AND state = 'withdrawn'`,
      [person.id],
    );
    expect(events).toEqual([{ act: 'withdrawal', channel: 'unsubscribe-link' }]);
    expect(await send('marketing')).toBe('notAllowed');
  });

  it.each([
    [
      'multipart/form-data; boundary=one',
      '--one\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--one--\r\n',
    ],
    ['text/plain', 'List-Unsubscribe=One-Click'],
    ['application/json', '{ not json'],
  ])('end whatever a mail program sends with the click: %s', async (type, body) => {
    await person.grant('marketing.push');
    await send('marketing');
    const done = await test.request({ method: 'POST', path: await linkIn(), body, headers: { 'content-type': type } });
    expect(done).toMatchObject({ status: 200, text: expect.stringContaining('已退订') });
    expect((await person.preference('marketing.push')).state).toBe('withdrawn');
  });

  it.each([
    '/unsubscribe/abc',
    '/unsubscribe/AQMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '/unsubscribe/%F0%9F%98%80',
  ])('answer %s with a page that says that nothing was changed', async (path) => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await test.request({ method, path, headers: { 'accept-language': 'en' } });
      expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('Nothing was changed') });
    }
  });

  it('are dropped while they wait, in the transaction of the withdrawal', async () => {
    await person.grant('marketing.push');
    await officer.signIn();
    const started = await officer.post('operator/outreaches', {
      kind: 'marketing',
      channel: 'email',
      title: { 'zh-CN': '优惠', en: 'An offer' },
      text: { 'zh-CN': '买一送一。', en: 'Two tickets for one.' },
    });
    expect(started.status).toBe(201);
    const relay = jest.spyOn(test.get(Delivery), 'send').mockRejectedValue(new Error('the relay is away'));
    await test.get(ScheduledTasks).runAll();
    relay.mockRestore();
    const stateOf = async () =>
      (
        await db.query<{ state: string }>(
          'SELECT state FROM notifications.outreach_messages WHERE subject_id = $1 AND outreach_id = $2',
          [person.id, started.body.id],
        )
      )[0]?.state;
    expect(await stateOf()).toBe('queued');
    expect((await person.withdraw('marketing.push')).status).toBe(200);
    expect(await stateOf()).toBe('dropped');
    await advance(test, 'PT1H');
    expect(
      (await messagesTo(test, person.app.identifier.value)).filter((text) => text.includes('Two tickets')),
    ).toEqual([]);
  });

  it('reach everybody who consented and nobody else when an operator sends them', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    await person.grant('survey.participation');
    await officer.signIn();
    const body = {
      kind: 'survey',
      channel: 'email',
      title: { 'zh-CN': '一个问题', en: 'One question' },
      text: { 'zh-CN': '您满意吗？', en: 'Are you content?' },
    };
    expect((await officer.post('operator/outreaches', body)).status).toBe(201);
    await test.get(ScheduledTasks).runAll();
    expect(
      (await messagesTo(test, person.app.identifier.value)).some(
        (text) => text.includes('Are you content?') || text.includes('您满意吗'),
      ),
    ).toBe(true);
    expect(
      (await messagesTo(test, other.app.identifier.value)).some(
        (text) => text.includes('Are you content?') || text.includes('您满意吗'),
      ),
    ).toBe(false);
  });
});
