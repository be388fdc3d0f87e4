import { messagesTo } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff, withClause } from '@abide/policy/testing';
import { aServiceToken, createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';
import { ConsentExpiry } from './consent-expiry.js';

const day = 86_400_000;
const forThirtyDays = withClause(aConsentPolicy(), {
  id: 'use.outreach',
  terms: [
    {
      type: 'use',
      categories: ['registration.phone', 'registration.email'],
      purposes: ['survey.participation', 'marketing.push'],
      basis: 'consent',
      validFor: 'P30D',
    },
  ],
});
const pushes = { purpose: 'marketing.push', categories: ['registration.email'] };

describe('a consent with a term', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let person: TestSubject;
  let endsAt: Date;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(forThirtyDays);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
    person = await TestSubject.register(test, [revisionId]);
    await person.grant('marketing.push');
    endsAt = new Date((await person.preference('marketing.push')).expiresAt);
  });

  const moveTo = async (at: Date) => {
    await test.request({ method: 'POST', path: 'dev/clock', body: { at: at.toISOString() } });
    await person.app.signIn();
  };
  const notices = async () =>
    (await person.app.send('GET', 'me/notices')).body.items.filter((notice: any) => notice.kind === 'consentExpiring');
  const mail = async () =>
    (await messagesTo(test, person.app.identifier.value)).filter((text) => text.includes('/policies'));
  const eventsOf = () =>
    db.query<any>('SELECT * FROM consent.events WHERE subject_id = $1 ORDER BY recorded_at, id', [person.id]);
  const stateOf = async () =>
    (await db.query<any>('SELECT * FROM consent.states WHERE subject_id = $1', [person.id]))[0];

  it('is told of fourteen days before, once, in the inbox and by mail', async () => {
    await moveTo(new Date(endsAt.getTime() - 14 * day - 60_000));
    expect(await notices()).toEqual([]);
    await moveTo(new Date(endsAt.getTime() - 14 * day));
    await moveTo(new Date(endsAt.getTime() - 13 * day));
    expect(await notices()).toHaveLength(1);
    expect((await notices())[0]).toMatchObject({ kind: 'consentExpiring', link: expect.stringContaining('/policies') });
    expect(await mail()).toHaveLength(1);
    expect(await eventsOf()).toHaveLength(1);
  });

  it('is refused from that very instant by itself, before anything is put on record', async () => {
    await db.query(`UPDATE consent.states SET expired_at = expires_at WHERE subject_id = $1`, [person.id]);
    await moveTo(new Date(endsAt.getTime() - 60_000));
    expect((await person.decision(await aServiceToken(test), pushes)).allowed).toBe(true);
    await moveTo(endsAt);
    const token = await aServiceToken(test);
    expect((await person.decision(token, pushes)).results[0]).toMatchObject({
      allowed: false,
      code: 'consent.expired',
    });
    const codeAt = async (at: number) =>
      (await person.decision(token, { ...pushes, at: new Date(at).toISOString() })).results[0].code;
    expect([await codeAt(endsAt.getTime() - 1), await codeAt(endsAt.getTime())]).toEqual([null, 'consent.expired']);
    expect(await eventsOf()).toHaveLength(1);
  });

  it('ends with an event, a receipt and evidence, once, however many processes look', async () => {
    await moveTo(endsAt);
    await Promise.all([1, 2, 3].map(() => test.get(ConsentExpiry).expireDue()));
    const [, ended, ...more] = await eventsOf();
    expect(more).toEqual([]);
    expect(ended).toMatchObject({
      act: 'expiry',
      state: 'expired',
      given_by: 'system',
      occurred_at: endsAt,
      policy: 'privacy',
      clause_id: 'use.outreach',
    });
    expect(await stateOf()).toMatchObject({ expired_at: endsAt, expires_at: endsAt });
    const { body: receipt } = await person.app.send('GET', `me/receipts/${ended.receipt_id}`);
    expect(receipt.events[0]).toMatchObject({
      event_state: 'Expired',
      event_type: 'system',
      event_time: endsAt.toISOString(),
    });
    expect(
      await db.query(`SELECT actor_kind FROM audit.entries WHERE act = 'consent.expire' AND object_id = $1`, [
        ended.id,
      ]),
    ).toEqual([{ actor_kind: 'system' }]);
    expect(await person.preference('marketing.push')).toMatchObject({ state: 'expired' });
  });

  it('begins anew with a renewal, of which its subject is told again', async () => {
    await moveTo(new Date(endsAt.getTime() - day));
    await moveTo(endsAt);
    expect((await person.grant('marketing.push')).body).toMatchObject({ duplicate: false });
    expect(await stateOf()).toMatchObject({ expired_at: null, expiry_told_at: null });
    const again = new Date((await person.preference('marketing.push')).expiresAt);
    await moveTo(new Date(again.getTime() - day));
    expect(await notices()).toHaveLength(2);
    await moveTo(again);
    expect((await eventsOf()).map(({ act }) => act)).toEqual(['grant', 'expiry', 'renewal', 'expiry']);
  });

  it('is neither told of nor ended where it was withdrawn before', async () => {
    await person.withdraw('marketing.push');
    await moveTo(new Date(endsAt.getTime() - day));
    await moveTo(endsAt);
    expect(await notices()).toEqual([]);
    expect((await eventsOf()).map(({ act }) => act)).toEqual(['grant', 'withdrawal']);
    expect((await stateOf()).expired_at).toEqual(endsAt);
  });

  it('is neither told of nor ended where it was withdrawn together with more', async () => {
    const narrow = await TestSubject.register(test, [revisionId]);
    await narrow.grant('marketing.push', { categories: ['registration.email'] });
    await narrow.withdraw('marketing.push');
    await moveTo(new Date(endsAt.getTime() - day));
    await moveTo(new Date(endsAt.getTime() + day));
    await narrow.app.signIn();
    expect(
      (await narrow.app.send('GET', 'me/notices')).body.items.filter(
        (notice: any) => notice.kind === 'consentExpiring',
      ),
    ).toEqual([]);
    const acts = await db.query<any>('SELECT act FROM consent.events WHERE subject_id = $1 ORDER BY recorded_at', [
      narrow.id,
    ]);
    expect(acts.map(({ act }) => act)).toEqual(['grant', 'withdrawal']);
    const [held] = await db.query<any>(
      'SELECT expires_at, expired_at FROM consent.states WHERE subject_id = $1 AND granted_at IS NOT NULL',
      [narrow.id],
    );
    expect(held.expired_at).toEqual(held.expires_at);
  });

  it('tells of several that end together in one notice', async () => {
    await person.grant('survey.participation');
    await moveTo(new Date(endsAt.getTime() - day));
    expect(await notices()).toHaveLength(1);
    expect(await mail()).toHaveLength(1);
  });
});
