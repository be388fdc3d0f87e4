import { aServiceToken, TestSubject, PolicyStaff, moveThePastBack } from '@abide/consent/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { TelemetryHolder } from './telemetry.holder.js';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from './testing/app.js';

const day = 86_400_000;

describe('the holder of events', () => {
  let test: TestApp;
  let service: string;
  let revisionId: string;
  let holder: TelemetryHolder;
  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
    holder = test.get(TelemetryHolder);
  });
  afterAll(() => test.close());

  /** One event by consent, and one that the law has kept for six months. */
  async function seed(words: string): Promise<string> {
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    const { body } = await send(test, person.token, [
      anEvent(person.id, { personal: { url: `https://tickets.example/${words}` } }),
    ]);
    const { body: kept } = await send(test, service, [anEvent(person.id, { category: 'log.device' })]);
    if (body.accepted !== 1 || kept.accepted !== 1) throw new Error(JSON.stringify([body, kept]));
    // No sender gets such words into plain attributes; should they stand there all the same, they go too.
    await test
      .get(Database)
      .execute(`UPDATE telemetry.events SET attributes = jsonb_build_object('model', $2::text) WHERE subject_id = $1`, [
        person.id,
        words,
      ]);
    return person.id;
  }

  keepsTheHolderContract(() => ({
    holder,
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'telemetry',
    seed,
    words: 'exported',
    supplies: { category: 'log.browsing', field: 'url' },
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 366 * day),
  }));

  describe('row by row', () => {
    const rowsOf = (person: TestSubject, category: string, query = '') =>
      person.app.send('GET', `me/holdings/${category}/rows${query}`);

    it('says of each event when it was, in which service, on which clause and consent it is kept, and until when', async () => {
      const person = await TestSubject.register(test, [revisionId]);
      const { consentEventId } = (await person.grant('personalisation')).body;
      const occurredAt = new Date(Date.now() - 60_000);
      await moveThePastBack(test);
      await send(test, service, [anEvent(person.id, { occurredAt: occurredAt.toISOString() })]);
      const { status, body } = await rowsOf(person, 'log.browsing');
      expect(status).toBe(200);
      const [{ until }] = await test
        .get(Database)
        .query<any>('SELECT retain_until AS until FROM telemetry.events WHERE subject_id = $1', [person.id]);
      expect(body).toEqual({
        items: [
          {
            at: occurredAt.toISOString(),
            service: 'ticketing',
            dueAt: until?.toISOString() ?? null,
            grounds: [
              {
                policy: 'privacy',
                revision: 1,
                revisionId,
                clauseId: 'collect.logs',
                heading: expect.objectContaining({ en: expect.any(String) }),
                purpose: { code: 'personalisation', name: expect.objectContaining({ en: expect.any(String) }) },
                consentEventId,
              },
            ],
          },
        ],
        nextCursor: null,
      });
    });

    it('goes on from page to page, newest first, with nothing twice and nothing of others', async () => {
      const person = await TestSubject.register(test, [revisionId]);
      const other = await TestSubject.register(test, [revisionId]);
      await send(test, service, [anEvent(other.id, { category: 'log.device' })]);
      await moveThePastBack(test);
      const at = Date.now();
      const times = [9, 7, 7, 5, 3].map((ago) => new Date(at - ago).toISOString());
      const sent = times.map((occurredAt) => anEvent(person.id, { category: 'log.device', occurredAt }));
      expect((await send(test, service, sent)).body.accepted).toBe(5);
      const seen: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 5; pages += 1) {
        const { body } = await rowsOf(person, 'log.device', `?limit=2${cursor}`);
        expect(body.items.length).toBeLessThanOrEqual(2);
        seen.push(...body.items.map((item: { at: string }) => item.at));
        if (body.nextCursor === null) break;
        cursor = `&cursor=${body.nextCursor}`;
      }
      expect(seen).toEqual(times.toReversed());
      const foreign = (await rowsOf(person, 'log.device', '?limit=2')).body.nextCursor;
      expect((await rowsOf(other, 'log.device', `?cursor=${foreign}`)).body.items).toHaveLength(1);
    });

    it('takes what a withdrawal ended for what serves no purpose any more', async () => {
      const person = await TestSubject.register(test, [revisionId]);
      await person.grant('personalisation');
      await moveThePastBack(test);
      await send(test, service, [anEvent(person.id)]);
      await person.withdraw('personalisation');
      expect((await rowsOf(person, 'log.browsing')).body.items).toMatchObject([{ grounds: [] }]);
    });
  });

  it('keeps what the law has kept, sealed whole, for no purpose, and until the law lets it go', async () => {
    const subjectId = await seed('a telling word');
    const answer = await holder.erase(subjectId);
    expect(answer).toMatchObject({
      outcome: 'done',
      retained: [{ category: 'log.device', count: 1, ground: 'legalMinimum' }],
    });
    const [retained] = answer.retained;
    expect(retained?.article).toContain('network logs');
    await test.get(Vault).destroyKeys(subjectId, 'ordinary');
    const rows = await test
      .get(Database)
      .query('SELECT attributes, lineage, retain_until AS until FROM telemetry.events WHERE subject_id = $1', [
        subjectId,
      ]);
    expect(rows).toEqual([{ attributes: {}, lineage: [], until: retained?.until }]);
    const exported = await Array.fromAsync(holder.export(subjectId));
    expect(exported).toMatchObject([{ category: 'log.device', values: { attributes: { model: 'a telling word' } } }]);
    await holder.expire({ now: new Date(Date.now() + 150 * day), limit: 1000, except: [] });
    expect(await holder.describe(subjectId)).toHaveLength(1);
    await holder.expire({ now: new Date(Date.now() + 190 * day), limit: 1000, except: [] });
    expect(await holder.describe(subjectId)).toEqual([]);
  });

  it('keeps nothing that nobody could open any more', async () => {
    const subjectId = await seed('an unreadable word');
    await test.get(Vault).destroyKeys(subjectId);
    expect(await holder.erase(subjectId)).toMatchObject({ outcome: 'done', retained: [] });
    expect(await holder.describe(subjectId)).toEqual([]);
  });

  it('tells of events that were collected for the same by one and the same list', async () => {
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    await send(test, person.token, [anEvent(person.id), anEvent(person.id)]);
    const [first, second] = await Array.fromAsync(holder.export(person.id, ['log.browsing']));
    expect(first?.values['lineage']).toMatchObject([{ purpose: 'personalisation' }]);
    expect(second?.values['lineage']).toBe(first?.values['lineage']);
  });

  it('supplies a network in place of an address where nothing finer is agreed', async () => {
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    await send(test, service, [anEvent(person.id, { category: 'log.network', personal: { ip: '203.0.113.77' } })]);
    const asked = { subjectIds: [person.id], categories: ['log.network'], fields: ['ip', 'network'] };
    const exact = await Array.fromAsync(holder.supply({ ...asked, precision: 'exact' }));
    expect(exact.map(({ values }) => values)).toEqual([{ ip: '203.0.113.77' }]);
    const truncated = await Array.fromAsync(holder.supply({ ...asked, precision: 'truncated' }));
    expect(truncated.map(({ values }) => values)).toEqual([{ network: '203.0.113.0/24' }]);
  });

  it('supplies nothing that is due or that a withdrawal has taken the purpose from', async () => {
    const person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    await moveThePastBack(test);
    const [due, standing] = [anEvent(person.id), anEvent(person.id)];
    await send(test, service, [due, standing]);
    await test
      .get(Database)
      .execute(`UPDATE telemetry.events SET retain_until = '2020-01-01' WHERE event_id = $1`, [due['eventId']]);
    const asked = { subjectIds: [person.id], categories: ['log.browsing'], fields: null, precision: 'exact' } as const;
    await test
      .get(Database)
      .execute(`UPDATE telemetry.events SET attributes = '{"page": "home"}' WHERE subject_id = $1`, [person.id]);
    expect(await Array.fromAsync(holder.supply(asked))).toMatchObject([{ values: { page: 'home' } }]);
    await person.withdraw('personalisation');
    expect(await Array.fromAsync(holder.supply(asked))).toEqual([]);
  });
});
