import fc from 'fast-check';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { finished } from 'node:stream/promises';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import { CopyRows, type CopyType, type CopyValue } from './copy-rows.js';

const types: readonly CopyType[] = ['uuid', 'text', 'timestamptz', 'date', 'jsonb', 'bytea', 'boolean'];
const names = types.map((type) => `a_${type}`);
const earliest = Date.UTC(-4000, 0, 1);
const latest = Date.UTC(275_000, 0, 1);

describe('CopyRows', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase(platformPersistence);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`SET timezone = 'UTC'`);
    await client.query(
      `CREATE TABLE copied (place serial, ${types.map((type, index) => `${names[index]} ${type}`).join(', ')})`,
    );
  });
  beforeEach(() => client.query('TRUNCATE copied RESTART IDENTITY'));
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The rows as PostgreSQL has them after a COPY, each column in the form that it was given in. */
  async function copied(rows: readonly (readonly CopyValue[])[], capacity?: number): Promise<CopyValue[][]> {
    await client.query('TRUNCATE copied RESTART IDENTITY');
    const encoded = new CopyRows(types, capacity === undefined ? undefined : Buffer.alloc(capacity));
    for (const row of rows) encoded.add(row);
    const stream = client.query(copyFrom(`COPY copied (${names.join(', ')}) FROM STDIN (FORMAT binary)`));
    stream.end(encoded.finish());
    await finished(stream);
    const { rows: found } = await client.query<CopyValue[]>({
      text: `SELECT a_uuid, a_text, (extract(epoch FROM a_timestamptz) * 1000)::float8, (a_date - DATE '2000-01-01')::int, a_jsonb::text, a_bytea, a_boolean FROM copied ORDER BY place`,
      rowMode: 'array',
    });
    return found;
  }

  const daysSince2000 = (day: string) => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(2000, 0, 1)) / 86_400_000;

  it('stores every type as it was given, in the past and the far future, in any script', async () => {
    const rows: CopyValue[][] = [
      [
        '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3',
        'Lin "quoted" it\\\t\n',
        Date.UTC(1969, 6, 20, 20, 17, 40, 123),
        '1969-07-20',
        '{"a": "it\'s"}',
        Buffer.from([0, 255, 92]),
        true,
      ],
      [
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        '票签平台隐私政策',
        Date.UTC(9999, 11, 31, 23, 59, 59, 999),
        '9999-12-31',
        '{"文": "港湾之夜音乐会"}',
        Buffer.alloc(0),
        false,
      ],
      [
        '00000000-0000-0000-0000-000000000000',
        '🎫𠮷👩‍👩‍👧',
        0,
        '1999-12-31',
        '[1, 2.5, null, "🎫"]',
        Buffer.from('Ünicode'),
        true,
      ],
      [null, null, null, null, null, null, null],
      [
        '0192F0C1-2F6B-7CC1-A8F0-3C5DE0A1B2C3',
        '',
        Date.UTC(2000, 0, 1),
        '2000-01-01',
        '""',
        Buffer.from('\\x00'),
        false,
      ],
    ];
    const expected = rows.map(([id = null, text = null, at = null, day = null, ...rest]) => [
      id === null ? null : String(id).toLowerCase(),
      text,
      at,
      day === null ? null : daysSince2000(String(day)),
      ...rest,
    ]);
    expect(await copied(rows)).toEqual(expected);
  });

  it('takes a row that ends early as one of NULLs from there', async () => {
    expect(await copied([['0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3', 'and no more']])).toEqual([
      ['0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3', 'and no more', null, null, null, null, null],
    ]);
  });

  it('stores nothing when nothing was added', async () => {
    expect(await copied([])).toEqual([]);
  });

  it('grows, however little room it began with and however long a value is', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 }).map((one) => one.replaceAll('\0', '').toWellFormed());
    const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { freq: 6 });
    const row = fc.tuple(
      orNull(fc.uuid()),
      orNull(text),
      orNull(fc.integer({ min: earliest, max: latest })),
      orNull(
        fc
          .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map((one) => one.toISOString().slice(0, 10)),
      ),
      orNull(text.map((one) => JSON.stringify({ one }))),
      orNull(fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one))),
      orNull(fc.boolean()),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), fc.integer({ min: 19, max: 200 }), async (rows, capacity) => {
        const found = await copied(rows, capacity);
        const given = rows.map(([id, words, at, day, json, bytes, flag]) => [
          id,
          words,
          at,
          day === null ? null : daysSince2000(day),
          json === null ? null : JSON.parse(json),
          bytes,
          flag,
        ]);
        expect(
          found.map(([id, words, at, day, json, bytes, flag]) => [
            id,
            words,
            at,
            day,
            typeof json === 'string' ? JSON.parse(json) : null,
            bytes,
            flag,
          ]),
        ).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });
});
