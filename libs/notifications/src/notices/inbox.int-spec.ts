import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import { erasedRows, expiredRows } from '@abide/platform/testing';
import type { TestApp } from '@abide/platform/testing';
import { advance, count, createNotificationsApp, start, TestAudience } from '../testing/app.js';
import { Inbox, type PersonalNoticeText } from './inbox.service.js';

const expiring: PersonalNoticeText = {
  kind: 'consentExpiring',
  title: { 'zh-CN': '您的一项同意即将到期', en: 'A consent of yours runs out soon' },
  summary: { 'zh-CN': '个性化推荐的同意将于30天后到期。', en: 'Your consent to personalisation runs out in 30 days.' },
  link: '/privacy/choices',
};

describe('a notice to one subject alone', () => {
  let test: TestApp;
  let audience: TestAudience;
  let me: string;
  let other: string;

  beforeEach(async () => {
    audience = new TestAudience();
    test = await createNotificationsApp(audience);
    [me = '', other = ''] = audience.add(2).map(({ id }) => id);
  });
  afterEach(() => test.close());

  const inbox = (token: string, query = '') =>
    test.request({ method: 'GET', path: `me/notices${query}`, token, headers: { 'accept-language': 'en' } });
  const read = (id: string, token: string) => test.request({ method: 'POST', path: `me/notices/${id}/read`, token });
  const tell = (subjectId: string, notice: Partial<PersonalNoticeText> = {}) =>
    test.get(Inbox).tell(subjectId, { ...expiring, ...notice });
  const holder = () => test.get(HolderRegistry).named('notifications');

  it('stands in their inbox in their language, in nobody else’s and not on the home page', async () => {
    await tell(me);
    expect((await inbox(me)).body.items).toEqual([
      {
        id: expect.any(String),
        kind: 'consentExpiring',
        title: expiring.title.en,
        summary: expiring.summary.en,
        link: '/privacy/choices',
        policySlug: null,
        revisionNumber: null,
        materiality: null,
        effectiveAt: null,
        publishedAt: expect.any(String),
        readAt: null,
        banner: true,
      },
    ]);
    expect((await inbox(other)).body.items).toEqual([]);
    expect((await test.request({ method: 'GET', path: 'notices' })).body.items).toEqual([]);
  });

  it('stands among the policy changes by its time, page by page and without those already read', async () => {
    await start(test, { policySlug: 'first' });
    await advance(test, 'PT1M');
    await tell(me, { kind: 'handOver' });
    await advance(test, 'PT1M');
    await start(test, { policySlug: 'second' });
    const pages = [];
    for (let cursor = ''; ;) {
      const { body } = await inbox(me, `?limit=1${cursor}`);
      pages.push(...body.items);
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(pages.map(({ kind, policySlug }) => policySlug ?? kind)).toEqual(['second', 'handOver', 'first']);
    await read(pages[1].id, me);
    expect(
      (await inbox(me, '?unread=true')).body.items.map(({ policySlug }: { policySlug: string }) => policySlug),
    ).toEqual(['second', 'first']);
  });

  it('is read once, and only by whom it is for', async () => {
    await tell(me);
    const [{ id }] = (await inbox(me)).body.items;
    expect((await read(id, other)).body).toMatchObject({ status: 404, code: 'notice.not_found' });
    expect((await read(id, me)).status).toBe(204);
    const [{ readAt, banner }] = (await inbox(me)).body.items;
    expect([readAt, banner]).toEqual([expect.any(String), false]);
    await advance(test, 'PT1H');
    expect((await read(id, me)).status).toBe(204);
    expect((await inbox(me)).body.items[0].readAt).toBe(readAt);
  });

  it('is gone when the act that told them is rolled back', async () => {
    const failing = test.get(Database).transaction(async () => {
      await tell(me);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect((await inbox(me)).body.items).toEqual([]);
  });

  it('reaches many at once, each of them once', async () => {
    await test.get(Inbox).tellMany([me, other, me], expiring);
    await test.get(Inbox).tellMany([], expiring);
    expect([(await inbox(me)).body.items.length, (await inbox(other)).body.items.length]).toEqual([1, 1]);
  });

  it('is shown to support beside the policy changes', async () => {
    await tell(me);
    await advance(test, 'PT1M');
    const campaignId = await start(test);
    const ofSubject = (id: string, permission: string) =>
      test.request({
        method: 'GET',
        path: `operator/subjects/${id}/notices`,
        headers: { 'x-test-permissions': permission },
      });
    expect((await ofSubject(me, 'subject.read')).body.items).toEqual([
      expect.objectContaining({ kind: 'policyChange', campaignId, policySlug: 'general-privacy' }),
      expect.objectContaining({
        kind: 'consentExpiring',
        campaignId: null,
        policySlug: null,
        withdrawnAt: null,
        readAt: null,
        deliveries: [],
      }),
    ]);
    expect((await ofSubject(me, 'campaign.read')).body).toMatchObject({ status: 403, code: 'operator.forbidden' });
  });

  it('is described, exported and erased with its subject', async () => {
    await tell(me);
    await tell(other);
    const records = [];
    for await (const { table, values } of holder().export(me) ?? []) records.push({ table, values });
    expect(records).toEqual([
      {
        table: 'notifications.inbox_notices',
        values: expect.objectContaining({ kind: 'consentExpiring', title: expiring.title, readAt: null }),
      },
    ]);
    expect(await holder().describe(me)).toEqual([
      expect.objectContaining({ category: 'none', count: 1, since: expect.any(Date) }),
    ]);
    expect(await erasedRows(holder(), me)).toBe(1);
    expect(await holder().describe(me)).toEqual([]);
    expect(await count(test, 'inbox_notices')).toBe(1);
  });

  it('is kept for three years', async () => {
    await test.get(Inbox).tellMany([me, other, newId()], expiring);
    const yearsFromNow = (years: number) => new Date(Date.now() + years * 365.25 * 86_400_000);
    expect(await expiredRows(holder(), yearsFromNow(2.9), 100)).toBe(0);
    expect(await expiredRows(holder(), yearsFromNow(3.1), 2)).toBe(2);
    expect(await expiredRows(holder(), yearsFromNow(3.1), 2)).toBe(1);
  });
});
