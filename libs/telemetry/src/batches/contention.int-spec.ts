import { setTimeout as sleep } from 'node:timers/promises';
import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';

/** Each other process is played by a connection of its own, so that every step of the race is in our hands. */
describe('batches that meet what others store at the same time', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let person: TestSubject;
  const others: pg.Client[] = [];

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
    person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.end();
  });
  afterAll(() => test.close());

  async function another(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: test.databaseUrl });
    others.push(client);
    await client.connect();
    await client.query('BEGIN');
    return client;
  }

  /** As another process would: the row is like one that is there, under another id. */
  function storeAs(client: pg.Client, eventId: string, likeId: string): Promise<unknown> {
    return client.query(
      `INSERT INTO telemetry.events SELECT subject_id, $1, due_month, category, service, third_party_service, means, occurred_at, received_at, retain_until, is_sensitive, attributes, personal, lineage
       FROM telemetry.events WHERE event_id = $2`,
      [eventId, likeId],
    );
  }

  async function anEventThatIsStored(changes: Record<string, unknown> = {}): Promise<string> {
    const event = anEvent(person.id, changes);
    expect((await send(test, service, [event])).body.accepted).toBe(1);
    return event['eventId'];
  }

  /** Until this many transactions wait for another one. */
  async function untilWaiting(count: number): Promise<void> {
    for (const endsAt = Date.now() + 60_000; Date.now() < endsAt; await sleep(20)) {
      const [row] = await db.query<{ n: number }>(
        `SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`,
      );
      if (row?.n === count) return;
    }
    throw new Error('Nobody waits');
  }

  const rowsOf = (ids: readonly string[]) => db.query('SELECT FROM telemetry.events WHERE event_id = ANY($1)', [ids]);
  const sortedIds = () => [newId(), newId()].sort() as [string, string];

  it('answers a batch as another process did that stored it while this one was about to', async () => {
    const like = await anEventThatIsStored();
    const [first, second] = sortedIds();
    const batchId = newId();
    const [event, batch] = [await another(), await another()];
    await storeAs(event, first, like);
    await storeAs(batch, second, like);
    const [known] = await db.query<{ owner: string }>('SELECT owner FROM telemetry.batches LIMIT 1');
    await batch.query(
      `INSERT INTO telemetry.batches (owner, batch_id, received_at, accepted, already_stored, refused) VALUES ($1, $2, now(), 2, 1, '[]')`,
      [known?.owner, batchId],
    );
    const sent = send(
      test,
      service,
      [anEvent(person.id, { eventId: first }), anEvent(person.id, { eventId: second })],
      batchId,
    );
    await untilWaiting(1);
    await event.query('COMMIT');
    await sleep(300);
    await untilWaiting(1);
    await batch.query('COMMIT');
    const { status, body } = await sent;
    expect({ status, body }).toEqual({
      status: 200,
      body: { accepted: 2, alreadyStored: 1, refused: [], duplicate: true },
    });
    expect(await rowsOf([first, second])).toHaveLength(2);
  });

  it('stores what is left where another transaction wanted the same events in another order', async () => {
    const [browsing, searching] = [await anEventThatIsStored(), await anEventThatIsStored({ category: 'log.search' })];
    const [first, second] = sortedIds();
    const other = await another();
    await storeAs(other, second, searching);
    const sent = send(test, service, [
      anEvent(person.id, { eventId: first }),
      anEvent(person.id, { eventId: second, category: 'log.search' }),
    ]);
    await untilWaiting(1);
    await other.query(`SET deadlock_timeout = '10s'`);
    await storeAs(other, first, browsing);
    await other.query('COMMIT');
    const { status, body } = await sent;
    expect({ status, body }).toEqual({
      status: 200,
      body: { accepted: 2, alreadyStored: 2, refused: [], duplicate: false },
    });
    expect(await rowsOf([first, second])).toHaveLength(2);
  });

  it('makes a partition again that somebody dropped behind its back', async () => {
    const id = await anEventThatIsStored();
    const [partition] = await db.query<{ name: string }>(
      'SELECT tableoid::regclass::text AS name FROM telemetry.events WHERE event_id = $1',
      [id],
    );
    const owner = await another();
    await owner.query(`DROP TABLE ${partition?.name}`);
    await owner.query('COMMIT');
    expect(await rowsOf([await anEventThatIsStored()])).toHaveLength(1);
  });
});
