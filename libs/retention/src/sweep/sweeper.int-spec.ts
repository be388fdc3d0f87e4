import {
  aSignedInOperator,
  aSignedInSubject,
  resetClock,
  type TestClientApp,
  type TestConsole,
} from '@abide/identity/testing';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { eventually, killedAt, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { createRetentionApp } from '../testing/app.js';
import { SparedScopes } from './spared-scopes.js';
import { SweeperStates } from './sweeper-state.queries.js';
import { Sweeper } from './sweeper.service.js';

const hour = 3_600_000;
const day = 24 * hour;

const policy = aPolicy({
  clauses: [
    aClause({
      id: 'keep.logs',
      terms: [{ type: 'retention', categories: ['log.device'], period: 'P6M', then: 'restrict' }],
    }),
  ],
});

/** Codes that were sent to people are over within minutes: they stand for all that falls due. */
describe('the sweeper', () => {
  let test: TestApp;
  let db: Database;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeEach(async () => {
    test = await createRetentionApp({ ABIDE_ROLE: 'web', ABIDE_UNSEEN_OVERDUE: '6' });
    db = test.get(Database);
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(policy)] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterEach(async () => {
    await resetClock(test);
    await test.close();
  });

  const work = () => test.get(Sweeper).work();
  const people = (count: number): Promise<TestClientApp[]> =>
    Array.fromAsync({ length: count }, () => aSignedInSubject(test, accepted));
  const codes = async () => (await db.query<{ id: string }>('SELECT id FROM identity.verifications')).length;
  const codesOf = async ({ subjectId }: TestClientApp) =>
    (await db.query('SELECT 1 FROM identity.verifications WHERE subject_id = $1', [subjectId])).length;
  const runs = async () => (await officer.get('operator/retention/runs')).body.items;
  const standing = async () => (await officer.get('operator/retention')).body;
  const start = (dryRun: boolean, by = officer) => by.post('operator/retention/runs', { dryRun });
  const approve = (id: string, by = officer) => by.post(`operator/retention/runs/${id}/approval`, {});
  /** Moves the clock alone, which in development runs what is due as well, and signs in again. */
  const pass = async (milliseconds: number) => {
    const clock = test.get(Clock) as Clock & { setTo(at: Date): Promise<void> };
    const { lookedAt } = await test.get(SweeperStates).now();
    await clock.setTo(new Date(clock.now().getTime() + milliseconds));
    if (lookedAt) await test.get(SweeperStates).looked(clock.now());
    officer = await aSignedInOperator(test, 'privacyOfficer');
  };
  const itsHourComes = () => test.get(SweeperStates).looked(new Date(0));
  /** Codes fall due, and are not overdue yet. */
  const codesFallDue = () => pass(26 * hour);
  const overdue = () => pass(5 * day);
  const hold = ({ subjectId }: TestClientApp) =>
    officer.post('operator/holds', {
      subjectId,
      ground: 'litigation',
      article: '民事诉讼法第八十四条',
      until: new Date(Date.now() + 90 * day).toISOString(),
    });
  const content = () => db.query('SELECT count(*)::int AS n FROM identity.verifications');

  it('leaves no record of a look that found nothing', async () => {
    await work();
    expect(await runs()).toEqual([]);
    expect((await standing()).sweptAt).not.toBeNull();
  });

  it('deletes what is due every hour, but for what a hold covers, and keeps a record and evidence of it', async () => {
    await work();
    const [held, other] = await people(2);
    if (!held || !other) throw new Error('nobody');
    await hold(held);
    const before = [await codesOf(held), await codesOf(other)];
    await codesFallDue();
    await itsHourComes();
    await work();
    expect([await codesOf(held), await codesOf(other)]).toEqual([before[0], 0]);
    const [run] = await runs();
    expect(run).toMatchObject({ isDry: false, state: 'done', reason: 'schedule', askedBy: null, failed: [] });
    expect(run.records).toBeGreaterThan(0);
    expect(run.spared).toBe(before[0]);
    const entries = await db.query<{ details: { holder: string; records: number } }>(
      "SELECT details FROM audit.entries WHERE act = 'retention.swept' AND object_id = $1",
      [run.id],
    );
    expect(entries.reduce((sum, { details }) => sum + details.records, 0)).toBe(run.records);
    await work();
    expect(await runs()).toHaveLength(1);
  });

  it('waits for somebody to look where much is overdue the first time, and then deletes what it had counted', async () => {
    await people(2);
    await overdue();
    const before = await codes();
    await itsHourComes();
    await work();
    const [waiting] = await runs();
    expect(waiting).toMatchObject({ isDry: true, state: 'waiting', reason: 'overdue' });
    expect(await codes()).toBe(before);
    expect(await standing()).toMatchObject({
      sweptAt: null,
      waitingRunId: waiting.id,
      waitingRecords: waiting.records,
    });
    expect((await standing()).overdue.length).toBeGreaterThan(0);
    const overview = async (by: TestConsole) =>
      (await by.get('operator/overview')).body.fragments.find((one: { name: string }) => one.name === 'retention');
    expect(await overview(officer)).toMatchObject({
      mine: [{ waitingRunId: waiting.id }],
      standing: [expect.anything()],
    });
    const auditor = await aSignedInOperator(test, 'auditor');
    expect(await overview(auditor)).toMatchObject({ mine: [], others: [{ waitingRunId: waiting.id }] });
    expect((await start(false)).body.code).toBe('retention.awaits_approval');
    await itsHourComes();
    await work();
    expect(await runs()).toHaveLength(1);
    expect((await approve(waiting.id, auditor)).status).toBe(403);
    expect((await approve(waiting.id)).status).toBe(202);
    expect((await approve(waiting.id)).body.code).toBe('retention.not_waiting');
    await work();
    const [done, seen] = (await runs()).filter((one: { reason: string }) => one.reason !== 'schedule');
    expect(seen).toMatchObject({ id: waiting.id, state: 'approved', approvedBy: expect.any(String) });
    expect(done).toMatchObject({ isDry: false, state: 'done', reason: 'approval', categories: waiting.categories });
    expect(await codes()).toBe(0);
    expect(await standing()).toMatchObject({ waitingRunId: null, overdue: [] });
  });

  it('waits also later where more is overdue than may go unseen', async () => {
    await work();
    await people(7);
    await overdue();
    await itsHourComes();
    await work();
    expect((await runs())[0]).toMatchObject({ isDry: true, state: 'waiting' });
  });

  it('counts in a dry run what a run does, and changes nothing', async () => {
    await work();
    const [held] = await people(3);
    if (!held) throw new Error('nobody');
    await hold(held);
    await codesFallDue();
    const before = await content();
    const asked = await start(true);
    expect(asked).toMatchObject({ status: 202, body: { state: 'asked', isDry: true, reason: 'operator' } });
    expect((await start(true)).body.code).toBe('retention.run_under_way');
    await work();
    expect(await content()).toEqual(before);
    const dry = (await officer.get(`operator/retention/runs/${asked.body.id}`)).body;
    expect(dry).toMatchObject({ state: 'done', askedBy: expect.any(String) });
    expect(dry.records).toBeGreaterThan(0);
    expect(dry.spared).toBeGreaterThan(0);
    await start(false);
    await work();
    const [real] = await runs();
    expect(real).toMatchObject({ isDry: false, state: 'done', categories: dry.categories });
  });

  it('goes on where it was killed: nothing is counted twice, nothing stays', async () => {
    await work();
    await people(3);
    await codesFallDue();
    const before = await codes();
    await itsHourComes();
    for (let at = 1; ; at += 1) {
      const { isKilled } = await killedAt({ counts: 'commits', at, isDone: at % 2 === 0 }, work);
      if (!isKilled) break;
      await eventually(async () => (await db.query('SELECT 1')).length === 1);
    }
    expect(await codes()).toBe(0);
    const counted = await db.query<{ records: number }>(
      "SELECT sum(records)::int AS records FROM retention.run_counts WHERE table_name = 'identity.verifications'",
    );
    expect(counted).toEqual([{ records: before }]);
    expect((await runs()).every(({ state }: { state: string }) => state === 'done')).toBe(true);
  });

  it('counts each record once where two are at it at once', async () => {
    await work();
    await people(3);
    await codesFallDue();
    await itsHourComes();
    const before = await codes();
    await Promise.all([work(), work()]);
    expect(await codes()).toBe(0);
    const counted = await db.query<{ records: number }>(
      "SELECT sum(records)::int AS records FROM retention.run_counts WHERE table_name = 'identity.verifications'",
    );
    expect(counted).toEqual([{ records: before }]);
  });

  it('passes over kinds of data that a term has stored only once their time is over', async () => {
    expect(await test.get(SparedScopes).now()).toEqual([{ category: 'log.device' }]);
  });

  it('looks again at once where the clock was ahead', async () => {
    await work();
    await test.get(SweeperStates).looked(new Date(Date.now() + 90 * day));
    await work();
    const { lookedAt } = await test.get(SweeperStates).now();
    expect(Number(lookedAt)).toBeLessThanOrEqual(Date.now());
  });

  it('says how long each kind of data stays, and under which clause', async () => {
    const { items } = (await officer.get('operator/retention/schedules')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]).toMatchObject({ policy: 'privacy', revision: 1, clauseId: expect.any(String), then: 'delete' });
    expect((await officer.get('operator/retention/forecast')).body).toMatchObject({ months: [] });
    const agent = await aSignedInOperator(test, 'supportAgent');
    expect((await agent.get('operator/retention/schedules')).status).toBe(403);
  });
});
