import pg from 'pg';
import { newId } from '@abide/kernel';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { joinPersistence } from './persistence-set.js';
import { epochMilliseconds, uuidArray } from './parameters.js';

describe('parameters of busy paths', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase(joinPersistence(platformPersistence));
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('bring ids over as they are: none, one, many', async () => {
    for (const ids of [[], [newId()], Array.from({ length: 3000 }, newId), [newId().toUpperCase()]]) {
      const { rows } = await client.query(
        'SELECT id::text FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, place) ORDER BY place',
        [uuidArray(ids)],
      );
      expect(rows.map(({ id }) => id)).toEqual(ids.map((id) => id.toLowerCase()));
    }
  });

  it.each([
    '',
    'g1a21b4a-f752-7060-b403-07e0225bd940',
    '01a21b4af7527060b40307e0225bd940',
    '01a21b4a-f752-7060-b403-07e0225bd9400',
    '０1a21b4a-f752-7060-b403-07e0225bd940',
  ])('do not take %s for an id', (id) => {
    expect(() => uuidArray([newId(), id])).toThrow('is none');
  });

  it.each(['2026-11-27T08:00:00.123Z', '1969-12-31T23:59:59.999Z', '2026-02-28T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
    'read the instant %s to the millisecond',
    async (at) => {
      const { rows } = await client.query(
        `SELECT ${epochMilliseconds('at')} AS at FROM (SELECT $1::timestamptz AS at) AS given`,
        [at],
      );
      expect(rows[0].at).toBe(Date.parse(at));
    },
  );

  it('tell microseconds apart, in their order', async () => {
    const { rows } = await client.query(
      `SELECT ${epochMilliseconds('at')} AS at FROM unnest('{2026-11-27T08:00:00.123001Z,2026-11-27T08:00:00.123002Z,2026-11-27T08:00:00.123003Z}'::timestamptz[]) AS at`,
    );
    expect(rows.map(({ at }) => at)).toEqual(
      [1, 2, 3].map((more) => Date.parse('2026-11-27T08:00:00.123Z') + more / 1000),
    );
  });
});
