import { newId } from '@abide/kernel';
import { UseListeners } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Campaigns } from '../campaigns/campaigns.service.js';
import { advance, count, createNotificationsApp, runDue, start, TestAudience } from '../testing/app.js';

describe('the notices', () => {
  let test: TestApp;
  let audience: TestAudience;
  let me: string;

  beforeEach(async () => {
    audience = new TestAudience();
    test = await createNotificationsApp(audience);
    me = audience.add(1)[0]?.id ?? '';
  });
  afterEach(() => test.close());

  const feed = (headers: Record<string, string> = {}) => test.request({ method: 'GET', path: 'notices', headers });
  const inbox = (query = '', headers: Record<string, string> = {}) =>
    test.request({ method: 'GET', path: `me/notices${query}`, token: me, headers });
  const read = (id: string, token = me) => test.request({ method: 'POST', path: `me/notices/${id}/read`, token });
  const asOperator = (path: string, ...permissions: string[]) =>
    test.request({ method: 'GET', path, headers: { 'x-test-permissions': permissions.join(',') } });

  it('are read by anybody in the language they ask for', async () => {
    await start(test);
    const en = await feed({ 'accept-language': 'en-GB, zh;q=0.5' });
    expect(en.body).toEqual({
      items: [
        expect.objectContaining({
          kind: 'policyChange',
          title: 'Our privacy policy changes',
          summary: 'Location is kept for 90 instead of 30 days.',
          policySlug: 'general-privacy',
          revisionNumber: 2,
          materiality: 'reductionOfRights',
          link: '/policies/general-privacy/2/changes?from=1',
        }),
      ],
      nextCursor: null,
    });
    const zh = await feed({ 'accept-language': 'zh-CN' });
    expect(zh.body.items[0].title).toBe('隐私政策即将变更');
    expect([zh.headers['content-language'], zh.headers['vary']]).toEqual(['zh-CN', 'accept-language']);
  });

  it('are answered with 304 as long as nothing changed, and at once when something did', async () => {
    const id = await start(test);
    const first = await feed();
    const known = { 'if-none-match': String(first.headers['etag']) };
    const again = await feed(known);
    expect([first.headers['cache-control'], again.status, again.text]).toEqual(['public, no-cache', 304, '']);
    await test.get(Campaigns).cancel(id);
    expect(await feed(known)).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('stand in my inbox until I read them, then without a banner', async () => {
    await start(test);
    const [{ id }] = (await inbox()).body.items;
    expect((await inbox('?unread=true')).body.items).toEqual([
      expect.objectContaining({ id, readAt: null, banner: true }),
    ]);
    expect((await read(id)).status).toBe(204);
    expect((await inbox('?unread=true')).body.items).toEqual([]);
    expect((await inbox()).body.items).toEqual([
      expect.objectContaining({ id, readAt: expect.any(String), banner: false }),
    ]);
  });

  it('are marked as read once, however often I say so', async () => {
    const campaignId = await start(test);
    const [{ id }] = (await inbox()).body.items;
    await read(id);
    const [{ readAt }] = (await inbox()).body.items;
    await advance(test, 'PT1H');
    expect((await read(id)).status).toBe(204);
    expect((await inbox()).body.items[0].readAt).toBe(readAt);
    const campaign = await asOperator(`operator/campaigns/${campaignId}`, 'campaign.read');
    expect(campaign.body.read).toBe(1);
  });

  it('that do not exist cannot be read', async () => {
    expect((await read(newId())).body).toMatchObject({ status: 404, code: 'notice.not_found' });
    expect((await read('nothing')).status).toBe(400);
  });

  it('come page by page, the newest first', async () => {
    const slugs = ['first', 'second', 'third'];
    for (const policySlug of slugs) await start(test, { policySlug });
    const page = await inbox('?limit=2');
    const rest = await inbox(`?limit=2&cursor=${page.body.nextCursor}`);
    expect([...page.body.items, ...rest.body.items].map(({ policySlug }) => policySlug)).toEqual([
      'third',
      'second',
      'first',
    ]);
    expect(rest.body.nextCursor).toBeNull();
  });

  it('of the time before I registered are not mine', async () => {
    const id = await start(test, { channels: ['inApp'] });
    await test.get(Campaigns).markEffective(id, new Date());
    const [later] = audience.add(1, { registeredAt: new Date(Date.now() + 40 * 86_400_000) });
    await advance(test, 'P41D');
    expect((await test.request({ method: 'GET', path: 'me/notices', token: later?.id })).body.items).toEqual([]);
    expect((await inbox()).body.items).toEqual([expect.objectContaining({ banner: false })]);
  });

  it('need a subject for an inbox', async () => {
    expect((await test.request({ method: 'GET', path: 'me/notices' })).body).toMatchObject({
      status: 401,
      code: 'access.unauthenticated',
    });
    expect((await test.request({ method: 'POST', path: `me/notices/${newId()}/read` })).status).toBe(401);
  });

  it('can be read without using the service, so that reading agrees to nothing', async () => {
    const uses: string[] = [];
    test.get(UseListeners).register(async (subjectId) => void uses.push(subjectId));
    await start(test);
    const [{ id }] = (await inbox()).body.items;
    await read(id);
    expect(uses).toEqual([]);
  });

  it('of one subject are shown to support with what was sent, also after they were withdrawn', async () => {
    const campaignId = await start(test);
    await runDue(test);
    await test.get(Campaigns).cancel(campaignId);
    const answer = await asOperator(`operator/subjects/${me}/notices`, 'subject.read');
    expect(answer.body.items).toEqual([
      expect.objectContaining({
        campaignId,
        withdrawnAt: expect.any(String),
        readAt: null,
        deliveries: [{ channel: 'email', state: 'attempted', at: expect.stringMatching(/Z$/) }],
      }),
    ]);
    expect((await asOperator(`operator/subjects/${newId()}/notices`, 'subject.read')).body).toMatchObject({
      status: 404,
      code: 'subject.not_found',
    });
  });

  it('and campaigns are shown to no operator without the permission', async () => {
    const id = await start(test);
    const paths = ['operator/campaigns', `operator/campaigns/${id}`, `operator/subjects/${me}/notices`];
    const refusals = await Promise.all(paths.map((path) => asOperator(path, 'policy.edit')));
    expect(refusals.map(({ body }) => [body.status, body.code, body.permission])).toEqual([
      [403, 'operator.forbidden', 'campaign.read'],
      [403, 'operator.forbidden', 'campaign.read'],
      [403, 'operator.forbidden', 'subject.read'],
    ]);
    expect((await test.request({ method: 'GET', path: 'operator/campaigns' })).status).toBe(401);
  });

  it('have live figures in the list of campaigns, newest first and page by page', async () => {
    audience.add(2);
    audience.add(1, { reachable: [] });
    const older = await start(test, { policySlug: 'older' });
    await runDue(test);
    const [{ id: noticeId }] = (await inbox()).body.items;
    await read(noticeId);
    await start(test, { policySlug: 'newer' });
    const page = await asOperator('operator/campaigns?limit=1', 'campaign.read');
    expect(page.body.items).toEqual([
      expect.objectContaining({ policySlug: 'newer', state: 'running', coverage: 0, leadEndsAt: null }),
    ]);
    const rest = await asOperator(`operator/campaigns?limit=1&cursor=${page.body.nextCursor}`, 'campaign.read');
    expect(rest.body).toEqual({
      items: [
        expect.objectContaining({
          id: older,
          state: 'live',
          title: { 'zh-CN': '隐私政策即将变更', en: 'Our privacy policy changes' },
          channels: ['inApp', 'email'],
          audience: 4,
          noticed: 4,
          read: 1,
          reachable: 3,
          unreachable: 1,
          attemptedSubjects: 3,
          attempted: { inApp: 4, email: 3 },
          queued: { email: 0 },
          failed: { email: 0 },
          coverage: 1,
          leadDays: 7,
          leadEndsAt: expect.any(String),
        }),
      ],
      nextCursor: null,
    });
    expect((await asOperator(`operator/campaigns/${older}`, 'campaign.read')).body).toEqual(rest.body.items[0]);
    expect((await asOperator(`operator/campaigns/${newId()}`, 'campaign.read')).body).toMatchObject({
      status: 404,
      code: 'campaign.not_found',
    });
  });

  it('cost no row until somebody reads them', async () => {
    audience.add(300);
    await start(test, { channels: ['inApp'] });
    for (const { id } of audience.people.slice(0, 20))
      await test.request({ method: 'GET', path: 'me/notices', token: id });
    expect([await count(test, 'notices'), await count(test, 'notice_reads'), await count(test, 'deliveries')]).toEqual([
      1, 0, 0,
    ]);
  });
});
