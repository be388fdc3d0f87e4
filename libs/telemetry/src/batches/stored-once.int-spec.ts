import { aServiceToken, TestSubject, moveThePastBack } from '@abide/consent/testing';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';

describe('an event that falls due in another month when it is sent again', () => {
  let test: TestApp;
  let db: Database;
  let staff: PolicyStaff;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const now = new Date();
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 3, 12));
    await test.request({ method: 'POST', path: 'dev/clock', body: { at: at.toISOString() } });
    staff = await PolicyStaff.open(test);
    person = await TestSubject.register(test, [await staff.inForce(telemetryPolicy)]);
    await person.grant('personalisation');
    await moveThePastBack(test);
  });
  afterAll(() => test.close());

  const stored = async () =>
    (
      await db.query<{ month: string }>(`SELECT due_month::text AS month FROM telemetry.events WHERE subject_id = $1`, [
        person.id,
      ])
    ).map(({ month }) => month);
  const instant = async (days: number) => staff.inDays(days);

  it('is stored once at the turn of a month, whichever instant it is sent with', async () => {
    const token = await aServiceToken(test);
    const event = anEvent(person.id, { occurredAt: await instant(-5) });
    expect((await send(test, token, [event])).body).toMatchObject({ accepted: 1, alreadyStored: 0 });
    expect((await send(test, token, [{ ...event, occurredAt: await instant(0) }])).body).toMatchObject({
      accepted: 1,
      alreadyStored: 1,
    });
    expect(await stored()).toHaveLength(1);
    await db.execute('DELETE FROM telemetry.events WHERE subject_id = $1', [person.id]);
  });

  it('is stored once when the promise is another by then', async () => {
    const event = anEvent(person.id, { occurredAt: await instant(0) });
    expect((await send(test, await aServiceToken(test), [event])).body).toMatchObject({
      accepted: 1,
      alreadyStored: 0,
    });
    const [first] = await stored();
    const shorter = telemetryPolicy.clauses.map((clause) =>
      clause.id === 'keep.periods'
        ? {
            ...clause,
            terms: clause.terms.map((term) =>
              term.type === 'retention' && term.period ? { ...term, period: 'P2M' } : term,
            ),
          }
        : clause,
    );
    await staff.inForce({ ...aPolicy(), clauses: shorter });
    const token = await aServiceToken(test);
    const other = anEvent(person.id, { occurredAt: event['occurredAt'] });
    expect((await send(test, token, [event, other])).body).toMatchObject({ accepted: 2, alreadyStored: 1 });
    const months = await stored();
    expect(months.filter((month) => month === first)).toHaveLength(1);
    expect(months).toHaveLength(2);
  });
});
