import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import { scopeHash } from '../events/scope.rules.js';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { aConsentPolicy } from '../testing/policies.js';
import { DailyStatistics } from './daily-statistics.js';
import { dayOf } from './days.js';

const purpose = 'advertising.relevant';

interface Said {
  readonly state: 'granted' | 'withdrawn' | 'expired';
  /** Beijing time, as `09-01 08:00`. */
  readonly at: string;
  readonly learned?: string;
  readonly categories?: string[];
  readonly expires?: string;
  readonly keptUntil?: string;
}

const instant = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);

describe('consent rates', () => {
  let test: TestApp;
  let db: Database;
  let auditor: TestConsole;
  /** The product may not delete evidence. */
  let owner: pg.Client;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    await test.request({ method: 'POST', path: 'dev/clock', body: { at: instant('09-10 20:00').toISOString() } });
    await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    auditor = await aSignedInOperator(test, 'auditor');
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  beforeEach(async () => {
    await db.outside(() => db.query('DELETE FROM consent.daily_figures'));
    await owner.query('DELETE FROM consent.events');
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  async function say(subjectId: string, ...history: Said[]): Promise<void> {
    for (const { state, at, learned = at, categories = null, expires, keptUntil } of history) {
      const act = { granted: 'grant', withdrawn: 'withdrawal', expired: 'expiry' }[state];
      const scope = scopeHash({ purpose, categories, service: null, recipient: null, region: null });
      await db.query(
        `INSERT INTO consent.events (subject_id, id, act, state, scope, purpose, categories, occurred_at, recorded_at, expires_at, given_by, locale, channel, receipt_id, kept_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'subject', 'en', 'app', $2, $11)`,
        [
          subjectId,
          newId(),
          act,
          state,
          scope,
          purpose,
          categories,
          instant(at),
          instant(learned),
          expires ? instant(expires) : null,
          keptUntil ? new Date(keptUntil) : null,
        ],
      );
    }
  }

  async function figures(): Promise<Record<string, string>> {
    await test.get(DailyStatistics).bringUpToDate();
    const { body } = await auditor.get(`operator/consents/rates?purpose=${purpose}&from=2026-09-01&to=2026-09-10`);
    return Object.fromEntries(
      body.items[0].points.map(({ day, granted, withdrawn }: any) => [day.slice(5), `${granted} ${withdrawn}`]),
    );
  }

  it('say how many stood where at the end of each day, as it was known then', async () => {
    await say(newId(), { state: 'granted', at: '09-02 23:59' }, { state: 'withdrawn', at: '09-04 00:00' });
    await say(
      newId(),
      { state: 'granted', at: '09-02 08:00' },
      { state: 'granted', at: '09-02 09:00', categories: ['log.browsing'] },
    );
    await say(newId(), { state: 'granted', at: '09-03 08:00', learned: '09-05 12:00' });
    await say(
      newId(),
      { state: 'withdrawn', at: '09-06 08:00' },
      { state: 'granted', at: '09-05 08:00', learned: '09-07 08:00' },
    );
    await say(
      newId(),
      { state: 'granted', at: '09-05 08:00', expires: '09-08 12:00' },
      { state: 'expired', at: '09-08 12:00', learned: '09-09 12:00' },
    );
    expect(await figures()).toEqual({
      '09-01': '0 0',
      '09-02': '2 0',
      '09-03': '2 0',
      '09-04': '1 1',
      '09-05': '3 1',
      '09-06': '3 2',
      '09-07': '3 2',
      '09-08': '2 2',
      '09-09': '2 2',
      '09-10': '2 2',
    });
  });

  it('end a narrow grant with the wider withdrawal, and keep one that was given after it', async () => {
    await say(
      newId(),
      { state: 'granted', at: '09-02 08:00', categories: ['log.browsing'] },
      { state: 'withdrawn', at: '09-03 08:00' },
    );
    await say(
      newId(),
      { state: 'withdrawn', at: '09-03 08:00' },
      { state: 'granted', at: '09-04 08:00', categories: ['log.browsing'] },
    );
    expect(await figures()).toMatchObject({ '09-02': '1 0', '09-03': '0 2', '09-04': '1 2' });
  });

  it('count whoever was erased only until then', async () => {
    await say(newId(), { state: 'granted', at: '09-02 08:00', keptUntil: '2029-09-04T04:00:00Z' });
    expect(await figures()).toMatchObject({ '09-03': '1 0', '09-04': '0 0' });
  });

  it('leave a day that is over as it was, and count today anew', async () => {
    await say(newId(), { state: 'granted', at: '09-02 08:00' });
    await figures();
    await say(newId(), { state: 'granted', at: '09-02 08:00' });
    expect(await figures()).toMatchObject({ '09-02': '1 0', '09-09': '1 0', '09-10': '2 0' });
  });

  it('count a day once more after it is over', async () => {
    await figures();
    await say(newId(), { state: 'granted', at: '09-10 22:00' });
    await db.query(`UPDATE consent.daily_figures SET counted_at = $1 WHERE day = '2026-09-09'`, [
      instant('09-09 23:50'),
    ]);
    await say(newId(), { state: 'granted', at: '09-09 23:55' });
    expect(await figures()).toMatchObject({ '09-08': '0 0', '09-09': '1 0' });
  });

  it('fill sixty days and show thirty, with the zone and what has no consents yet', async () => {
    await figures();
    const [row] = await db.query<{ days: number; first: string }>(
      'SELECT count(DISTINCT day)::int AS days, min(day)::text AS first FROM consent.daily_figures',
    );
    expect(row).toEqual({ days: 60, first: '2026-07-13' });
    const { body } = await auditor.get('operator/consents/rates');
    expect(body).toMatchObject({ utcOffsetHours: 8, asOf: expect.stringMatching(/^2026-09-10T12:0/) });
    expect(body.items.map((item: any) => [item.purpose, item.points.length])).toEqual(
      expect.arrayContaining([
        [purpose, 30],
        ['marketing.push', 30],
      ]),
    );
  });

  it('refuse turned days, too many of them, and whoever may not see the overview', async () => {
    expect((await auditor.get('operator/consents/rates?from=2026-09-03&to=2026-09-02')).body).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
    expect((await auditor.get('operator/consents/rates?from=2024-09-03&to=2026-09-02')).status).toBe(400);
    expect((await test.request({ method: 'GET', path: 'operator/consents/rates' })).status).toBe(401);
    expect((await test.request({ method: 'GET', path: 'operator/consents/reconsent' })).status).toBe(401);
  });

  it('begin a day where the profile does', () => {
    expect(dayOf(new Date('2026-09-01T16:00:00Z'), 8)).toBe('2026-09-02');
    expect(dayOf(new Date('2026-09-01T15:59:59Z'), 8)).toBe('2026-09-01');
  });

  it('count days back from today as the profile has it, wherever whoever asks may be', async () => {
    await figures();
    const daysAt = async (at: string) => {
      await test.request({ method: 'POST', path: 'dev/clock', body: { at: instant(at).toISOString() } });
      await auditor.signIn();
      const { body } = await auditor.get(`operator/consents/rates?purpose=${purpose}&days=3`);
      return body.items[0].points.map(({ day }: { day: string }) => day);
    };
    expect(await daysAt('09-10 23:59')).toEqual(['2026-09-08', '2026-09-09', '2026-09-10']);
    expect(await daysAt('09-11 00:01')).toEqual(['2026-09-09', '2026-09-10', '2026-09-11']);
  });
});
