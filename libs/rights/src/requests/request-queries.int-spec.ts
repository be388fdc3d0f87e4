import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { createRightsApp } from '../testing/app.js';
import { RequestQueries } from './request.queries.js';

describe('the newest requests', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createRightsApp();
    await test.get(Database).execute(
      `INSERT INTO rights.requests (subject_id, id, number, type, state, channel, locale, categories, opened_at, clock, is_provisional,
         round, closed_at, escalation, version, assignee)
       SELECT gen_random_uuid(), gen_random_uuid(), 'n' || i, 'access', 'closed', 'app', 'zh-CN', '{}', now() - i * interval '1 minute', '{}',
         false, 1, now(), 0, 1, $1 FROM generate_series(1, 5000) AS i`,
      [newId()],
    );
    await test.get(Database).execute('ANALYZE rights.requests');
  });
  afterAll(() => test.close());

  /** How the server would find what the queries last asked it for. */
  async function planOf(ask: () => Promise<unknown>): Promise<string> {
    const db = test.get(Database);
    const query = db.query.bind(db);
    const asked: Parameters<typeof db.query>[] = [];
    db.query = (...args: Parameters<typeof db.query>) => {
      asked.push(args);
      return query(...args) as never;
    };
    try {
      await ask();
    } finally {
      db.query = query;
    }
    const [sql, values] = asked.at(-1) ?? ['Nothing was asked'];
    return JSON.stringify(await query(`EXPLAIN ${sql}`, values));
  }

  it.each([
    ['an operator', { assignee: newId() }, 'requests_newest_of_assignee'],
    ['a kind', { type: 'transfer' as const }, 'requests_newest_of_type'],
  ])('of %s are found without a look at those of others', async (_of, filter, index) => {
    expect(await planOf(() => test.get(RequestQueries).newest(filter, 25, null))).toContain(index);
  });
});
