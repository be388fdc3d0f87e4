import { Module, type OnModuleInit } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry, Jobs } from '@abide/platform';
import { erasedRows, eventually, expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import {
  persistence,
  advance,
  count,
  createNotificationsApp,
  createSecondApp,
  runDue,
  start,
  TestAudience,
} from '../testing/app.js';
import { Campaigns } from './campaigns.service.js';
import { FirstPass } from './first-pass.service.js';
import { Notices } from '../notices/notices.service.js';

const told: string[] = [];

/** Somebody who subscribes to the events of campaigns. */
@Module({})
class ListenerModule implements OnModuleInit {
  constructor(private readonly jobs: Jobs) {}

  onModuleInit(): void {
    this.jobs.subscribe(
      'notifications.campaign_started',
      'listener',
      async ({ campaignId }) => void told.push(`started ${campaignId}`),
    );
    this.jobs.subscribe(
      'notifications.campaign_completed',
      'listener',
      async ({ campaignId }) => void told.push(`completed ${campaignId}`),
    );
  }
}

describe('a campaign', () => {
  let test: TestApp;
  let audience: TestAudience;

  beforeEach(async () => {
    audience = new TestAudience();
    test = await createNotificationsApp(audience);
  });
  afterEach(() => test.close());

  const holder = () => test.get(HolderRegistry).named('notifications');
  const progress = (id: string) => test.get(Campaigns).progress(id);
  const outsideOfTransaction = <T>(work: () => Promise<T>): Promise<T> => test.get(Database).outside(work);
  const now = async (): Promise<Date> => new Date((await test.request({ method: 'GET', path: 'dev/clock' })).body.now);

  it('shows its notice to everybody at commit, with one row and none per subject', async () => {
    audience.add(500);
    await test.get(Database).transaction(async () => {
      await start(test, { channels: ['inApp'] });
      expect((await outsideOfTransaction(() => test.request({ method: 'GET', path: 'notices' }))).body.items).toEqual(
        [],
      );
    });
    expect((await test.request({ method: 'GET', path: 'notices' })).body.items).toHaveLength(1);
    await runDue(test);
    expect([await count(test, 'notices'), await count(test, 'notice_reads'), await count(test, 'deliveries')]).toEqual([
      1, 0, 0,
    ]);
  });

  it('leaves nothing behind when the transaction that started it is rolled back', async () => {
    const failing = test.get(Database).transaction(async () => {
      await start(test);
      throw new Error('policy changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect([await count(test, 'campaigns'), await count(test, 'notices')]).toEqual([0, 0]);
    expect(await test.get(Database).query(`SELECT 1 FROM jobs.job WHERE name LIKE 'notifications.%'`)).toEqual([]);
  });

  it('tells every reachable subject once in their language: title, what changes, when, and where to read it', async () => {
    const [en] = audience.add(1);
    const [zh] = audience.add(1, { locale: 'zh-CN' });
    const id = await start(test, { effectiveAt: new Date('2027-03-01T16:00:00Z') });
    await runDue(test);
    const messages = await Promise.all(
      [en, zh].map((person) =>
        test.request({
          method: 'POST',
          path: 'dev/messages/query',
          body: { to: audience.addressOf(person?.id ?? '') },
        }),
      ),
    );
    expect(messages.map(({ body }) => body.items)).toEqual([
      [
        expect.objectContaining({
          channel: 'email',
          subject: 'Our privacy policy changes',
          text: [
            'Our privacy policy changes',
            'Location is kept for 90 instead of 30 days.',
            'Takes effect: 1 March 2027 at 16:00 (UTC)',
            'Read more: http://localhost:3000/policies/general-privacy/2/changes?from=1',
          ].join('\n'),
        }),
      ],
      [
        expect.objectContaining({
          subject: '隐私政策即将变更',
          text: expect.stringContaining('生效时间：2027年3月2日 00:00（北京时间）'),
        }),
      ],
    ]);
    expect(await progress(id)).toMatchObject({ state: 'live', audience: 2, reachable: 2, attempted: 2, coverage: 1 });
  });

  it('counts those who have no address for a promised channel apart', async () => {
    audience.add(3);
    audience.add(2, { reachable: ['sms'] });
    audience.add(1, { reachable: [] });
    const id = await start(test);
    await runDue(test);
    expect(await progress(id)).toMatchObject({
      state: 'live',
      audience: 6,
      reachable: 3,
      unreachable: 3,
      attempted: 3,
      channels: { email: { queued: 0, attempted: 3, failed: 0 } },
    });
  });

  it('sends on every promised channel and counts a subject once', async () => {
    const [person] = audience.add(1, { reachable: ['email', 'sms'] });
    const id = await start(test, { channels: ['inApp', 'email', 'sms'] });
    await runDue(test);
    expect(audience.handedOver.sort()).toEqual([`${person?.id} email`, `${person?.id} sms`]);
    expect(await progress(id)).toMatchObject({ reachable: 1, attempted: 1 });
  });

  it('tells somebody on one of several channels: the first that reaches them, and the next where that does not work', async () => {
    const [both] = audience.add(1, { reachable: ['email', 'sms'] });
    const [dead] = audience.add(1, { reachable: ['email', 'sms'] });
    const [phone] = audience.add(1, { reachable: ['sms'] });
    const [gone] = audience.add(1, { reachable: ['email'] });
    audience.add(1, { reachable: [] });
    audience.handOver = (id, channel) => {
      if (channel === 'email' && (id === dead?.id || id === gone?.id))
        return Object.assign(new Error('refused'), { response: '550 5.1.1 User unknown' });
      return id !== gone?.id;
    };
    const id = await start(test, { channels: ['inApp'], anyOf: [['email', 'sms', 'website']] });
    await runDue(test);
    expect(audience.handedOver.toSorted()).toEqual(
      [`${both?.id} email`, `${dead?.id} sms`, `${phone?.id} sms`].toSorted(),
    );
    expect(await progress(id)).toMatchObject({
      state: 'live',
      audience: 5,
      reachable: 3,
      unreachable: 2,
      attempted: 3,
      coverage: 1,
      channels: { email: { queued: 0, attempted: 1, failed: 0 }, sms: { queued: 0, attempted: 2, failed: 0 } },
    });
  });

  it('reaches everybody who comes by a notice on the website, and waits for nobody then', async () => {
    audience.add(2);
    const id = await start(test, { channels: ['inApp', 'website'] });
    await runDue(test);
    expect(await progress(id)).toMatchObject({ state: 'live', reachable: 0, attempted: 0, coverage: 1 });
    const onWebsite = () => test.get(Notices).onWebsite();
    expect(await onWebsite()).toMatchObject([{ policySlug: 'general-privacy', revisionNumber: 2, inEffectAt: null }]);
    await start(test, { channels: ['inApp', 'email'] });
    const chosen = await start(test, { channels: ['inApp'], anyOf: [['email', 'website']] });
    expect(await onWebsite()).toHaveLength(2);
    await test.get(Campaigns).cancel(chosen);
    await test.get(Campaigns).markEffective(id, await now());
    expect(await onWebsite()).toMatchObject([{ inEffectAt: expect.any(Date) }]);
    await advance(test, 'P31D');
    expect(await onWebsite()).toEqual([]);
  });

  it('tells those for whom it is meant, and shows its notice to them alone', async () => {
    const [child] = audience.add(1, { isOfChildren: true });
    const [other] = audience.add(1);
    const id = await start(test, { meantFor: 'children', channels: ['inApp', 'email', 'website'] });
    await runDue(test);
    expect(audience.handedOver).toEqual([`${child?.id} email`]);
    expect(await progress(id)).toMatchObject({ state: 'live', audience: 1, reachable: 1, attempted: 1 });
    const noticesOf = async (path: string, token?: string) =>
      (await test.request({ method: 'GET', path, ...(token && { token }) })).body.items;
    expect(await noticesOf('me/notices', child?.id)).toHaveLength(1);
    expect(await noticesOf('me/notices', other?.id)).toEqual([]);
    expect(await noticesOf('notices')).toEqual([]);
    expect(await test.get(Notices).onWebsite()).toHaveLength(1);
  });

  it('starts the lead time when the first pass is complete, if that is later than the notice', async () => {
    const [late] = audience.add(3);
    audience.handOver = (id) => (id === late?.id ? new Error('relay is away') : true);
    const id = await start(test);
    await runDue(test);
    expect(await progress(id)).toMatchObject({ state: 'running', attempted: 2, leadStartedAt: null, leadEndsAt: null });
    audience.handOver = () => true;
    await advance(test, 'PT2M');
    const after = await progress(id);
    expect(after).toMatchObject({ state: 'live', attempted: 3 });
    expect(after.leadStartedAt).toEqual(after.firstPassCompletedAt);
    expect(after.leadStartedAt?.getTime()).toBeGreaterThanOrEqual((after.liveAt?.getTime() ?? 0) + 120_000);
    expect((after.leadEndsAt?.getTime() ?? 0) - (after.leadStartedAt?.getTime() ?? 0)).toBe(7 * 86_400_000);
  });

  it('starts the lead time with the notice when nothing but the in-app notice is promised', async () => {
    audience.add(2);
    const id = await start(test, { channels: ['inApp'] });
    const { state, liveAt, leadStartedAt, coverage } = await progress(id);
    expect({ state, leadStartedAt, coverage }).toEqual({ state: 'live', leadStartedAt: liveAt, coverage: 1 });
  });

  it('gives a message up after four tries, says so, and does not complete the pass on it', async () => {
    const [unlucky] = audience.add(2);
    let tries = 0;
    audience.handOver = (id) => {
      if (id !== unlucky?.id) return true;
      tries += 1;
      return new Error('relay is away');
    };
    const id = await start(test);
    await runDue(test);
    for (const wait of ['PT2M', 'PT6M', 'PT31M', 'PT1H']) await advance(test, wait);
    expect(tries).toBe(4);
    expect(await progress(id)).toMatchObject({
      state: 'running',
      attempted: 1,
      coverage: 0.5,
      channels: { email: { queued: 0, attempted: 1, failed: 1 } },
    });
  });

  it('comes back to what it gave up when the channel recovers later', async () => {
    audience.add(1);
    audience.handOver = () => new Error('relay is away');
    const id = await start(test);
    for (const wait of ['PT2M', 'PT6M', 'PT31M']) await advance(test, wait);
    audience.handOver = () => true;
    await advance(test, 'PT7H');
    expect(await progress(id)).toMatchObject({
      state: 'live',
      attempted: 1,
      channels: { email: { queued: 0, attempted: 1, failed: 0 } },
    });
  });

  it('counts a subject as unreachable whose only address is gone or dead, and goes on with the others', async () => {
    const [withoutAddress, dead] = audience.add(3);
    const [other] = audience.add(1, { reachable: ['email', 'sms'] });
    audience.handOver = (id, channel) => {
      if (channel === 'sms' || id === withoutAddress?.id) return channel === 'sms';
      return id === dead?.id || id === other?.id
        ? Object.assign(new Error('refused'), { response: '550 5.1.1 User unknown' })
        : true;
    };
    const id = await start(test, { channels: ['inApp', 'email', 'sms'] });
    await runDue(test);
    expect(await progress(id)).toMatchObject({
      state: 'live',
      audience: 4,
      reachable: 2,
      unreachable: 2,
      attempted: 2,
      channels: { email: { queued: 0, attempted: 1, failed: 0 }, sms: { queued: 0, attempted: 1, failed: 0 } },
    });
  });

  it('does not wait for a subject who has closed their account', async () => {
    const [leaving] = audience.add(2);
    audience.handOver = (id) => (id === leaving?.id ? new Error('relay is away') : true);
    const id = await start(test);
    if (leaving) leaving.status = 'closed';
    await runDue(test);
    expect(await progress(id)).toMatchObject({
      state: 'live',
      reachable: 1,
      attempted: 1,
      channels: { email: { queued: 0, attempted: 1, failed: 0 } },
    });
    expect(await count(test, 'deliveries', 'subject_id = $1', [leaving?.id])).toBe(0);
  });

  it('continues in another process where one was killed among the messages, taking up what was under way once its claim runs out', async () => {
    audience.add(45);
    const hung: (() => void)[] = [];
    audience.handOver = () =>
      audience.handedOver.length < 20
        ? true
        : new Promise<boolean>((_resolve, reject) => hung.push(() => reject(new Error('too late'))));
    const id = await start(test);
    const killed = runDue(test);
    await eventually(() => hung.length === 10);
    const survivors = new TestAudience();
    survivors.people.push(...audience.people);
    survivors.deliver = async () => undefined;
    const second = await createSecondApp(test, survivors);
    try {
      await passAlone(second);
      expect(await progress(id)).toMatchObject({ state: 'running', attempted: 35 });
      await second
        .get(Database)
        .transaction(() =>
          second
            .get(Database)
            .query(
              `UPDATE notifications.deliveries SET next_try_at = next_try_at - interval '3 minutes' WHERE state = 'queued'`,
            ),
        );
      await passAlone(second);
      expect(await progress(id)).toMatchObject({
        state: 'live',
        reachable: 45,
        attempted: 45,
        channels: { email: { queued: 0, attempted: 45, failed: 0 } },
      });
      expect(audience.handedOver.length + survivors.handedOver.length).toBe(45);
      expect(new Set([...audience.handedOver, ...survivors.handedOver]).size).toBe(45);
    } finally {
      for (const release of hung) release();
      await killed;
      await second.close();
    }
    expect(await progress(id)).toMatchObject({
      attempted: 45,
      channels: { email: { queued: 0, attempted: 45, failed: 0 } },
    });
  });

  /** What the scheduled task does, without waiting for the hung one that holds the scheduled task's lock. */
  function passAlone(app: Pick<TestApp, 'get'>): Promise<void> {
    return app.get(FirstPass).resumeUnfinished();
  }

  it('continues after a kill in the middle of the audience and looks at nobody twice', async () => {
    audience.add(2277, { reachable: [] });
    audience.add(23);
    audience.beforeReading = (cursor) => {
      if (cursor !== null) throw new Error('killed');
    };
    const id = await start(test);
    await expect(runDue(test)).rejects.toThrow('killed');
    expect(await progress(id)).toMatchObject({
      state: 'running',
      audience: 2300,
      reachable: 0,
      unreachable: 1000,
      coverage: 0,
    });
    audience.beforeReading = () => undefined;
    await runDue(test);
    expect(await progress(id)).toMatchObject({
      state: 'live',
      audience: 2300,
      reachable: 23,
      unreachable: 2277,
      attempted: 23,
    });
    expect(audience.handedOver).toHaveLength(23);
  });

  it('attempts nobody twice with two workers at once', async () => {
    audience.add(120);
    audience.handOver = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return true;
    };
    const second = await createSecondApp(test, audience, { ABIDE_ROLE: 'all' });
    try {
      const id = await start(test);
      await Promise.all([passAlone(test), passAlone(second)]);
      await eventually(async () => (await progress(id)).state === 'live');
      expect(audience.handedOver).toHaveLength(120);
      expect(await progress(id)).toMatchObject({ reachable: 120, attempted: 120 });
    } finally {
      await second.close();
    }
  });

  it('is seen by those who register later, without starting the clock again or writing to them', async () => {
    audience.add(2);
    const id = await start(test);
    await runDue(test);
    const before = await progress(id);
    const [later] = audience.add(1, { registeredAt: new Date(Date.now() + 3_600_000) });
    await advance(test, 'PT2H');
    const inbox = await test.request({ method: 'GET', path: 'me/notices', token: later?.id });
    expect(inbox.body.items).toEqual([expect.objectContaining({ policySlug: 'general-privacy', banner: true })]);
    expect(await progress(id)).toEqual(before);
    expect(audience.handedOver).toHaveLength(2);
  });

  it('sends nothing more once cancelled, and its notice is gone', async () => {
    audience.add(35);
    const id = await start(test);
    let isCancelled = false;
    audience.handOver = async () => {
      if (!isCancelled && audience.handedOver.length >= 10) {
        isCancelled = true;
        await test.get(Campaigns).cancel(id);
      }
      return true;
    };
    await runDue(test);
    await advance(test, 'P1D');
    expect(audience.handedOver).toHaveLength(20);
    expect(await progress(id)).toMatchObject({
      state: 'cancelled',
      firstPassCompletedAt: null,
      attempted: 20,
      channels: { email: { queued: 0, attempted: 20, failed: 0 } },
    });
    expect((await test.request({ method: 'GET', path: 'notices' })).body.items).toEqual([]);
    expect(await count(test, 'deliveries')).toBe(20);
  });

  it('makes way for another campaign of the revision only when cancelled', async () => {
    const revisionId = newId();
    const id = await start(test, { revisionId });
    await expect(start(test, { revisionId })).rejects.toMatchObject({ code: 'campaign.already_started' });
    await test.get(Campaigns).cancel(id);
    await expect(start(test, { revisionId })).resolves.not.toBe(id);
  });

  it('promises no channel that is not configured', async () => {
    expect(test.get(Campaigns).canPromise('webPush')).toBe(false);
    await expect(start(test, { channels: ['inApp', 'webPush'] })).rejects.toMatchObject({
      code: 'campaign.channel_not_configured',
      details: { extra: { channels: ['webPush'] } },
    });
    await expect(start(test, { channels: ['inApp'], anyOf: [['webPush', 'webPush']] })).rejects.toMatchObject({
      code: 'campaign.channel_not_configured',
    });
    expect(await count(test, 'campaigns')).toBe(0);
    await start(test, { channels: ['inApp'], anyOf: [['webPush', 'website']] });
    expect(await count(test, 'campaigns', `any_of = '[["website"]]'`)).toBe(1);
  });

  it('is completed once the revision is in effect, and shows its banner for thirty more days', async () => {
    audience.add(1);
    const id = await start(test);
    await runDue(test);
    await test.get(Campaigns).markEffective(id, await now());
    expect(await progress(id)).toMatchObject({ state: 'completed' });
    await advance(test, 'P29D');
    expect((await test.request({ method: 'GET', path: 'notices' })).body.items).toHaveLength(1);
    await advance(test, 'P2D');
    expect((await test.request({ method: 'GET', path: 'notices' })).body.items).toEqual([]);
  });

  it('goes on telling by e-mail when the revision is in effect before everybody was told', async () => {
    audience.add(1);
    const id = await start(test, { materiality: 'informational', leadDays: 0 });
    await test.get(Campaigns).markEffective(id, await now());
    expect(await progress(id)).toMatchObject({ state: 'running' });
    await runDue(test);
    expect(await progress(id)).toMatchObject({ state: 'completed', attempted: 1 });
  });

  it('puts its beginning, its completed pass, its end and its cancelling on record', async () => {
    audience.add(1);
    const id = await start(test);
    await runDue(test);
    await test.get(Campaigns).markEffective(id, await now());
    const cancelled = await start(test);
    await test.get(Campaigns).cancel(cancelled);
    const entries = await test.get(Database).query<{ act: string }>('SELECT act FROM audit.entries ORDER BY id');
    expect(entries.map(({ act }) => act)).toEqual([
      'campaign.started',
      'campaign.first_pass_completed',
      'campaign.completed',
      'campaign.started',
      'campaign.cancelled',
    ]);
  });

  it('erases what it holds about a subject and no longer waits for them', async () => {
    const [leaving, staying] = audience.add(2);
    audience.handOver = (subjectId) => (subjectId === leaving?.id ? new Error('relay is away') : true);
    const id = await start(test);
    await runDue(test);
    const [{ id: noticeId }] = (await test.request({ method: 'GET', path: 'notices' })).body.items;
    for (const person of [leaving, staying])
      await test.request({ method: 'POST', path: `me/notices/${noticeId}/read`, token: person?.id });
    const records = [];
    for await (const { category, table } of holder().export(leaving?.id ?? '') ?? []) records.push([category, table]);
    expect(records).toEqual([
      ['none', 'notifications.notice_reads'],
      ['none', 'notifications.deliveries'],
    ]);
    expect((await holder().describe(leaving?.id ?? ''))?.map(({ category, count: rows }) => [category, rows])).toEqual([
      ['none', 1],
      ['none', 1],
    ]);
    expect(await erasedRows(holder(), leaving?.id ?? '')).toBe(2);
    expect(await holder().describe(leaving?.id ?? '')).toEqual([]);
    expect(await progress(id)).toMatchObject({ state: 'live', reachable: 1, attempted: 1 });
    expect(await count(test, 'deliveries', 'subject_id = $1', [staying?.id])).toBe(1);
    expect(await count(test, 'notice_reads', 'subject_id = $1', [staying?.id])).toBe(1);
  });

  it('tells a subject all that it holds about them', async () => {
    const [person] = audience.add(1);
    const campaignId = await start(test);
    await runDue(test);
    const [{ id: noticeId }] = (await test.request({ method: 'GET', path: 'notices' })).body.items;
    await test.request({ method: 'POST', path: `me/notices/${noticeId}/read`, token: person?.id });
    const records = [];
    for await (const record of holder().export(person?.id ?? '') ?? []) records.push(record.values);
    expect(records).toEqual([
      { noticeId, readAt: expect.any(String) },
      { campaignId, channel: 'email', state: 'attempted', at: expect.any(String) },
    ]);
  });

  it('keeps the evidence that a notice was given for three years, and then lets it go in bounded steps', async () => {
    audience.add(5);
    await start(test);
    await runDue(test);
    const started = await now();
    const yearsLater = (years: number) => new Date(started.getTime() + years * 365.25 * 86_400_000);
    expect(await expiredRows(holder(), yearsLater(2.9), 100)).toBe(0);
    expect(await expiredRows(holder(), yearsLater(3.1), 3)).toBe(3);
    expect(await expiredRows(holder(), yearsLater(3.1), 3)).toBe(2);
    expect(await count(test, 'deliveries')).toBe(0);
  });

  it('has a holder and a classification for everything it keeps about subjects', () => {
    const problems = uncoveredPersonalData(persistence, test.get(HolderRegistry).all());
    expect(problems.filter((problem) => problem.includes('notifications'))).toEqual([]);
  });
});

describe('the job of a campaign', () => {
  it('runs the pass by itself after commit and tells subscribers', async () => {
    const audience = new TestAudience();
    const test = await createNotificationsApp(audience, { ABIDE_ROLE: 'all' }, [ListenerModule]);
    try {
      audience.add(3);
      const id = await start(test);
      const campaigns = test.get(Campaigns);
      await eventually(async () => (await campaigns.progress(id)).state === 'live');
      await campaigns.markEffective(id, new Date());
      await eventually(() => told.length === 2);
      expect(told).toEqual([`started ${id}`, `completed ${id}`]);
    } finally {
      await test.close();
    }
  });
});
