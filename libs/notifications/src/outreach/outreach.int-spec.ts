import { newId, type DomainError } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import { erasedRows, eventually, expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { SendChecks, type SendCheck } from '../send-checks.service.js';
import {
  aCheck,
  advance,
  count,
  createNotificationsApp,
  createSecondApp,
  persistence,
  runDue,
  TestAudience,
  type Sent,
} from '../testing/app.js';
import { OutreachPass } from './outreach-pass.service.js';
import type { OutreachTerms } from './outreach.entity.js';
import { Outreach } from './outreach.service.js';

const anOffer = {
  kind: 'marketing',
  channel: 'email',
  title: { 'zh-CN': '暑期票价优惠', en: 'Summer fares' },
  text: { 'zh-CN': '八月购票立减。', en: 'Less to pay in August.' },
  link: '/offers/summer',
};

describe('an outreach', () => {
  let test: TestApp;
  let audience: TestAudience;

  beforeEach(async () => {
    audience = new TestAudience();
    test = await createNotificationsApp(audience);
  });
  afterEach(() => test.close());

  const registerCheck = (check: Partial<SendCheck> = {}) => test.get(SendChecks).register(aCheck(check));
  const asOperator = (
    method: 'GET' | 'POST',
    path: string,
    {
      body,
      permissions = 'campaign.read,outreach.send',
      ...more
    }: { body?: object; permissions?: string; headers?: Record<string, string> } = {},
  ) =>
    test.request({
      method,
      path: `operator/outreaches${path}`,
      body,
      headers: { 'x-test-permissions': permissions, ...more.headers },
    });
  const send = async (terms: object = {}): Promise<string> =>
    (await asOperator('POST', '', { body: { ...anOffer, ...terms } })).body.id;
  const figures = async (id: string) => (await asOperator('GET', `/${id}`)).body;
  const cancel = (id: string) => asOperator('POST', `/${id}/cancellation`);
  const holder = () => test.get(HolderRegistry).named('notifications');
  const acts = async () =>
    (
      await test
        .get(Database)
        .query<{ act: string; actor: string }>('SELECT act, actor_kind AS actor FROM audit.entries ORDER BY id')
    ).map(({ act, actor }) => `${act} by ${actor}`);

  it('reaches those who allow it, in their language, with its link and the way out, and nobody else', async () => {
    const [en, zh, refusing] = [...audience.add(1), ...audience.add(1, { locale: 'zh-CN' }), ...audience.add(1)].map(
      ({ id }) => id,
    );
    audience.add(1, { reachable: ['sms'] });
    audience.add(1, { status: 'closed' });
    const sent = new Map<string, Sent>();
    audience.deliver = async (id, _channel, message) => void sent.set(id, message);
    registerCheck({ allows: async (_kind, subjectId) => subjectId !== refusing });
    const id = await send();
    await runDue(test);
    expect([...sent.keys()].sort()).toEqual([en, zh].sort());
    expect(sent.get(en ?? '')).toEqual({
      subject: 'Summer fares',
      text: 'Summer fares\nLess to pay in August.\nRead more: http://localhost:3000/offers/summer\nUnsubscribe with one click: http://localhost:3000/unsubscribe/123%3456?kind=marketing',
      headers: {
        'List-Unsubscribe': '<http://localhost:3000/unsubscribe/123%3456?kind=marketing>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    expect(sent.get(zh ?? '')?.text).toContain('一键退订：');
    expect(await figures(id)).toMatchObject({
      state: 'completed',
      audience: 4,
      notAllowed: 1,
      unreachable: 1,
      queued: 0,
      sent: 2,
      dropped: 0,
      failed: 0,
      finishedAt: expect.any(String),
    });
    expect(await count(test, 'outreach_messages')).toBe(2);
  });

  it('reaches nobody while no module can say who allows it', async () => {
    audience.add(3);
    const id = await send({ kind: 'survey' });
    await runDue(test);
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 3, notAllowed: 3, sent: 0 });
    expect(audience.handedOver).toEqual([]);
  });

  it('asks again at the moment of sending', async () => {
    const [first] = audience.add(2).map(({ id }) => id);
    const asked: string[] = [];
    registerCheck({ allows: async (_kind, subjectId) => asked.push(subjectId) < 3 || subjectId !== first });
    const id = await send();
    await runDue(test);
    expect(asked).toHaveLength(4);
    expect(audience.handedOver).not.toContain(`${first} email`);
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 2, sent: 1, dropped: 1, notAllowed: 0 });
  });

  it('drops what waits for a subject who withdraws, of that kind only, with the withdrawal', async () => {
    const [leaving = '', staying = ''] = audience.add(2).map(({ id }) => id);
    registerCheck();
    audience.handOver = () => new Error('relay is away');
    const offer = await send();
    const survey = await send({ kind: 'survey' });
    await runDue(test);
    const outreach = test.get(Outreach);
    const failing = test.get(Database).transaction(async () => {
      expect(await outreach.drop(leaving, 'marketing')).toBe(1);
      throw new Error('no withdrawal after all');
    });
    await expect(failing).rejects.toThrow('after all');
    expect(await figures(offer)).toMatchObject({ queued: 2, dropped: 0 });
    expect(await test.get(Database).transaction(() => outreach.drop(leaving, 'marketing'))).toBe(1);
    expect(await outreach.drop(leaving, 'marketing')).toBe(0);
    expect([await figures(offer), await figures(survey)]).toEqual([
      expect.objectContaining({ queued: 1, dropped: 1 }),
      expect.objectContaining({ queued: 2, dropped: 0 }),
    ]);
    audience.handOver = () => true;
    await advance(test, 'PT2M');
    expect(audience.handedOver.sort()).toEqual([`${leaving} email`, `${staying} email`, `${staying} email`].sort());
    expect(await figures(offer)).toMatchObject({ state: 'completed', sent: 1, dropped: 1 });
  });

  it('counts a message as sent that the channel took while its subject withdrew', async () => {
    const [person = ''] = audience.add(1).map(({ id }) => id);
    registerCheck();
    audience.handOver = async () => {
      await test.get(Outreach).drop(person, 'marketing');
      return true;
    };
    const id = await send();
    await runDue(test);
    expect(await figures(id)).toMatchObject({ state: 'completed', sent: 1, dropped: 0, queued: 0 });
  });

  it('tries a failed message again, and gives it up after four tries', async () => {
    const [unlucky] = audience.add(2);
    registerCheck();
    let tries = 0;
    audience.handOver = (id) => (id === unlucky?.id ? ((tries += 1), new Error('relay is away')) : true);
    const id = await send();
    await runDue(test);
    expect(await figures(id)).toMatchObject({ state: 'running', sent: 1, queued: 1 });
    for (const wait of ['PT2M', 'PT6M', 'PT31M', 'P1D']) await advance(test, wait);
    expect(tries).toBe(4);
    expect(await figures(id)).toMatchObject({ state: 'completed', sent: 1, queued: 0, failed: 1 });
  });

  it('leaves out whose address is dead and who has closed their account since', async () => {
    const [dead, closing] = audience.add(3);
    registerCheck();
    audience.handOver = (id) =>
      id === dead?.id
        ? Object.assign(new Error('refused'), { response: '550 5.1.1 User unknown' })
        : new Error('relay is away');
    const id = await send();
    await runDue(test);
    if (closing) closing.status = 'closed';
    audience.handOver = () => true;
    await advance(test, 'PT2M');
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 3, unreachable: 1, dropped: 1, sent: 1 });
  });

  it('sends nothing more once cancelled', async () => {
    audience.add(35);
    registerCheck();
    const id = await send();
    let isCancelled = false;
    audience.handOver = async () => {
      if (isCancelled || audience.handedOver.length < 10) return true;
      isCancelled = true;
      expect((await cancel(id)).body).toMatchObject({ state: 'cancelled', finishedAt: expect.any(String) });
      return true;
    };
    await runDue(test);
    await advance(test, 'P1D');
    expect(audience.handedOver).toHaveLength(20);
    expect(await figures(id)).toMatchObject({ state: 'cancelled', audience: 35, sent: 20, dropped: 15, queued: 0 });
    expect((await cancel(id)).body).toMatchObject({ status: 409, code: 'outreach.already_finished' });
  });

  it('continues in another process where one was killed among the messages', async () => {
    audience.add(45);
    registerCheck();
    const hung: (() => void)[] = [];
    audience.handOver = () =>
      audience.handedOver.length < 20
        ? true
        : new Promise<boolean>((_resolve, reject) => hung.push(() => reject(new Error('too late'))));
    const id = await send();
    const killed = runDue(test);
    await eventually(() => hung.length === 10);
    const survivors = new TestAudience();
    survivors.people.push(...audience.people);
    survivors.deliver = async () => undefined;
    const second = await createSecondApp(test, survivors);
    try {
      second.get(SendChecks).register(aCheck());
      await second.get(OutreachPass).resumeUnfinished();
      expect(await figures(id)).toMatchObject({ state: 'running', sent: 35, queued: 10 });
      await test
        .get(Database)
        .execute(
          `UPDATE notifications.outreach_messages SET next_try_at = next_try_at - interval '3 minutes' WHERE state = 'queued'`,
        );
      await second.get(OutreachPass).resumeUnfinished();
      expect(new Set([...audience.handedOver, ...survivors.handedOver]).size).toBe(45);
    } finally {
      for (const release of hung) release();
      await killed;
      await second.close();
    }
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 45, sent: 45, queued: 0, failed: 0 });
  });

  it('continues after a kill in the middle of the audience and looks at nobody twice', async () => {
    audience.add(590, { reachable: [] });
    audience.add(20);
    registerCheck();
    audience.beforeReading = (cursor) => {
      if (cursor !== null) throw new Error('killed');
    };
    const id = await send();
    await expect(runDue(test)).rejects.toThrow('killed');
    expect(await figures(id)).toMatchObject({ state: 'running', audience: 200, unreachable: 200 });
    audience.beforeReading = () => undefined;
    await runDue(test);
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 610, unreachable: 590, sent: 20 });
    expect(audience.handedOver).toHaveLength(20);
  });

  it('looks at nobody and writes to nobody twice with two workers at once', async () => {
    audience.add(240);
    let asked = 0;
    const allows = async () => {
      asked += 1;
      await eventually(() => asked >= 2);
      return true;
    };
    registerCheck({ allows });
    audience.handOver = () => new Promise((resolve) => setTimeout(() => resolve(true), 2));
    const second = await createSecondApp(test, audience);
    try {
      second.get(SendChecks).register(aCheck({ allows }));
      const id = await send();
      await Promise.all([test, second].map((app) => app.get(OutreachPass).resumeUnfinished()));
      expect(audience.handedOver).toHaveLength(240);
      expect(await figures(id)).toMatchObject({ state: 'completed', audience: 240, sent: 240 });
    } finally {
      await second.close();
    }
  });

  it('begins by itself after commit, and completes on record as the work of the system', async () => {
    const worker = new TestAudience();
    worker.people.push(...audience.add(2));
    worker.deliver = async () => undefined;
    const second = await createSecondApp(test, worker, { ABIDE_ROLE: 'all' });
    try {
      second.get(SendChecks).register(aCheck());
      const id = await send();
      await eventually(async () => (await figures(id)).state === 'completed');
      const cancelled = await send({ again: true });
      await cancel(cancelled);
      expect(await acts()).toEqual(
        expect.arrayContaining(['outreach.started by operator', 'outreach.completed by system']),
      );
    } finally {
      await second.close();
    }
  });

  it('is listed newest first and page by page, in every language', async () => {
    const older = await send();
    await advance(test, 'PT1M');
    const newer = await send({ kind: 'survey', channel: 'sms', link: undefined });
    const page = await asOperator('GET', '?limit=1');
    expect(page.body.items).toEqual([
      expect.objectContaining({
        id: newer,
        kind: 'survey',
        channel: 'sms',
        link: null,
        title: anOffer.title,
        text: anOffer.text,
        createdBy: expect.any(String),
      }),
    ]);
    const rest = await asOperator('GET', `?limit=1&cursor=${page.body.nextCursor}`);
    expect(rest.body).toEqual({
      items: [expect.objectContaining({ id: older, link: '/offers/summer' })],
      nextCursor: null,
    });
    expect((await asOperator('GET', `/${newId()}`)).body).toMatchObject({ status: 404, code: 'outreach.not_found' });
    expect((await cancel(newId())).body).toMatchObject({ status: 404, code: 'outreach.not_found' });
  });

  it.each([
    ['a language is missing', { title: { 'zh-CN': '优惠', en: ' ' } }],
    ['the kind is none that needs consent', { kind: 'transactional' }],
    ['the link leads to a plain address', { link: 'http://shop.example' }],
    ['the link leads elsewhere without saying so', { link: '//shop.example' }],
  ])('is refused when %s', async (_why, terms) => {
    expect((await asOperator('POST', '', { body: { ...anOffer, ...terms } })).body).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
    expect(await count(test, 'outreaches')).toBe(0);
  });

  it('asks before the same words go to the same people twice within an hour, also where spaces or the link differ', async () => {
    const id = await send();
    const { createdAt, createdBy } = await figures(id);
    const spaced = { title: { 'zh-CN': ' 暑期票价优惠', en: 'Ｓummer  fares' }, link: '/offers/other' };
    for (const body of [anOffer, { ...anOffer, ...spaced }, { ...anOffer, again: false }]) {
      expect((await asOperator('POST', '', { body })).body).toMatchObject({
        status: 409,
        code: 'outreach.sent_lately',
        earlierId: id,
        sentAt: createdAt,
        sentBy: createdBy,
      });
    }
    expect(await count(test, 'outreaches')).toBe(1);
    const others = [
      { kind: 'survey' },
      { channel: 'sms' },
      { text: { ...anOffer.text, en: 'Much less to pay.' } },
      { again: true },
    ];
    for (const other of others)
      expect((await asOperator('POST', '', { body: { ...anOffer, ...other } })).status).toBe(201);
    await advance(test, 'PT61M');
    expect((await asOperator('POST', '', { body: anOffer })).status).toBe(201);
  });

  it('runs once where two processes are told to send it at the same moment', async () => {
    const second = await createSecondApp(test, audience);
    const operatorId = newId();
    const terms = anOffer as OutreachTerms;
    let isSecondOver = false;
    try {
      const { later } = await test.get(Database).transaction(async () => {
        await test.get(Outreach).start(terms, operatorId);
        const started = second
          .get(Outreach)
          .start(terms, operatorId)
          .finally(() => (isSecondOver = true));
        const later = started.then(
          () => 'ran',
          (error: DomainError) => error.code,
        );
        await eventually(async () => isSecondOver || (await waitsForALock(second.get(Database))));
        return { later };
      });
      expect(await later).toBe('outreach.sent_lately');
      expect(await count(test, 'outreaches')).toBe(1);
    } finally {
      await second.close();
    }
  });

  it('is sent and cancelled by nobody without the permission, and sent only after a fresh sign-in', async () => {
    const id = await send();
    const refused = [
      await asOperator('POST', '', { body: anOffer, permissions: 'campaign.read' }),
      await asOperator('POST', `/${id}/cancellation`, { permissions: 'campaign.read' }),
      await asOperator('GET', '', { permissions: 'outreach.send' }),
      await asOperator('GET', `/${id}`, { permissions: 'outreach.send' }),
    ];
    expect(refused.map(({ body }) => [body.code, body.permission])).toEqual([
      ['operator.forbidden', 'outreach.send'],
      ['operator.forbidden', 'outreach.send'],
      ['operator.forbidden', 'campaign.read'],
      ['operator.forbidden', 'campaign.read'],
    ]);
    expect((await asOperator('POST', '', { body: anOffer, headers: { 'x-test-stale': 'yes' } })).body).toMatchObject({
      status: 403,
      code: 'session.step_up_required',
    });
    expect((await test.request({ method: 'POST', path: 'operator/outreaches', body: anOffer })).status).toBe(401);
    expect(await count(test, 'outreaches')).toBe(1);
  });

  it('puts its beginning and its cancelling on record without a word of its text', async () => {
    await cancel(await send());
    expect(await acts()).toEqual(['outreach.started by operator', 'outreach.cancelled by operator']);
    const [{ details }] = (await test
      .get(Database)
      .query<{ details: object }>('SELECT details FROM audit.entries ORDER BY id LIMIT 1')) as [{ details: object }];
    expect(details).toEqual({ kind: 'marketing', channel: 'email', audience: 0, sent: 0 });
  });

  it('forgets a subject who is erased, sends them nothing more, and no longer waits for them', async () => {
    const [leaving = '', staying = ''] = audience.add(2).map(({ id }) => id);
    registerCheck();
    audience.handOver = (subjectId) => (subjectId === leaving ? new Error('relay is away') : true);
    const id = await send();
    await runDue(test);
    const records = [];
    for await (const { values } of holder().export(leaving) ?? []) records.push(values);
    expect(records).toEqual([{ outreachId: id, state: 'queued', at: expect.any(String) }]);
    expect(await holder().describe(leaving)).toEqual([expect.objectContaining({ category: 'none', count: 1 })]);
    expect(await erasedRows(holder(), leaving)).toBe(1);
    expect(await holder().describe(leaving)).toEqual([]);
    expect(await figures(id)).toMatchObject({ state: 'completed', audience: 2, sent: 1, dropped: 1, queued: 0 });
    expect(await count(test, 'outreach_messages', 'subject_id = $1', [staying])).toBe(1);
    expect(
      uncoveredPersonalData(persistence, test.get(HolderRegistry).all()).filter((problem) =>
        problem.includes('notifications'),
      ),
    ).toEqual([]);
  });

  it('keeps for three years what was sent to whom', async () => {
    audience.add(3);
    registerCheck();
    await send();
    await runDue(test);
    const yearsFromNow = (years: number) => new Date(Date.now() + years * 365.25 * 86_400_000);
    expect(await expiredRows(holder(), yearsFromNow(2.9), 100)).toBe(0);
    expect(await expiredRows(holder(), yearsFromNow(3.1), 100)).toBe(3);
  });
});

async function waitsForALock(db: Database): Promise<boolean> {
  return (
    (
      await db.query(
        'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1',
      )
    ).length > 0
  );
}
