import { setTimeout } from 'node:timers/promises';
import { aServiceToken, TestSubject, PolicyStaff } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import pg from 'pg';
import { aFix, allowExactly, aTraveller, createLocationApp, locationPolicy, send } from './testing/app.js';

const patienceMilliseconds = 60_000;

describe('what a withdrawal does to positions', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createLocationApp();
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(locationPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await aTraveller(test, revisionId);
  });
  afterAll(() => test.close());

  const rows = () =>
    db.query<any>('SELECT * FROM location.fixes WHERE subject_id = $1 ORDER BY occurred_at, category', [person.id]);
  const purposesOf = ({ lineage }: any): string[] => lineage.map(({ purpose }: { purpose: string }) => purpose);
  const isDue = ({ retain_until: until }: any): boolean => until !== null && until <= new Date();

  async function until(isSo: (found: any[]) => boolean): Promise<any[]> {
    for (const endsAt = Date.now() + patienceMilliseconds; Date.now() < endsAt; await setTimeout(50)) {
      const found = await rows();
      if (isSo(found)) return found;
    }
    throw new Error('It did not become so');
  }

  it('takes the purpose away, makes due at once what has none left, and leaves what another purpose carries', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id)]);
    await person.grant('personalisation', { categories: ['location.gps'] });
    await send(test, service, [aFix(person.id, { occurredAt: new Date(Date.now() + 1000).toISOString() })]);
    await person.withdraw('service.provision');
    const [alone, shared] = await until((found) =>
      found.every((row) => !purposesOf(row).includes('service.provision')),
    );
    expect([purposesOf(alone), isDue(alone)]).toEqual([[], true]);
    expect([purposesOf(shared), isDue(shared)]).toEqual([['personalisation'], false]);
    await allowExactly(person);
    expect(purposesOf((await rows())[0])).toEqual([]);
  });

  it('leaves a position no more exact than the purposes that are left may have it, and opens it for none that was granted again', async () => {
    await person.grant('personalisation', { categories: ['location.gps'] });
    await allowExactly(person);
    const fix = aFix(person.id);
    await send(test, service, [fix]);
    expect((await rows())[0]).toMatchObject({ precision: 'exact' });
    await person.withdraw('service.provision');
    const [row] = await until(([one]) => one.precision !== 'exact');
    const place = JSON.parse(
      await test
        .get(Vault)
        .open({ subjectId: person.id, table: 'location.fixes', column: 'place', rowId: fix['fixId'] }, row.place),
    );
    expect(Object.keys(place)).toEqual(['cell']);
    await allowExactly(person);
    const period = {
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 3_600_000).toISOString(),
    };
    const trailFor = async (purpose: string) =>
      (
        await test.request({
          method: 'POST',
          path: 'location/trails/query',
          token: service,
          body: { subjectId: person.id, purpose, ...period },
        })
      ).body.items;
    expect(await trailFor('service.provision')).toEqual([]);
    expect(await trailFor('personalisation')).toHaveLength(1);
  });

  it('reaches what a transaction stores late that had decided before the withdrawal', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id)]);
    const [example] = await rows();
    const slow = new pg.Client({ connectionString: test.databaseUrl });
    await slow.connect();
    try {
      await slow.query('BEGIN; SELECT pg_current_xact_id()');
      await person.withdraw('service.provision');
      await until((all) => all.every(isDue));
      await setTimeout(1500);
      await slow.query(
        `INSERT INTO location.fixes SELECT subject_id, $2, due_month, category, service, occurred_at, received_at, $3, is_sensitive, coarse_cell, precision, place, $4 FROM location.fixes WHERE fix_id = $1`,
        [example.fix_id, newId(), '2999-01-01', JSON.stringify(example.lineage)],
      );
      await slow.query('COMMIT');
    } finally {
      await slow.end();
    }
    const found = await until((all) => all.length === 2 && all.every(isDue));
    expect(found.flatMap(purposesOf)).toEqual([]);
  });

  it('makes the partitions of what will fall due ahead, and forgets counts after 400 days', async () => {
    await db.execute(`INSERT INTO location.ingest_counts VALUES ('2020-01-01', 'location.gps', '', 1, 0)`);
    await test.get(ScheduledTasks).runAll();
    const due = new Date(Date.now() + 61 * 86_400_000);
    const name = `location.fixes_${due.toISOString().slice(0, 7).replace('-', '_')}`;
    expect(await db.query('SELECT to_regclass($1) IS NOT NULL AS made', [name])).toEqual([{ made: true }]);
    expect(await db.query(`SELECT 1 FROM location.ingest_counts WHERE minute < '2021-01-01'`)).toEqual([]);
  });
});
