/** The slowest page of the queue with 100,000 requests, in milliseconds. Reference: a route of the same session that reads one row. */
import { onDatabase, openInstallation, signInOperator } from './installation.mjs';
import { median } from './rounds.mjs';

const count = 100_000;
const rounds = 7;
const deepPages = 40;
const operator = { email: 'bench@abide.example', password: 'a-password-that-only-the-bench-knows' };
const pages = [
  'sort=due',
  'sort=newest',
  'state=closed',
  'state=lapsed',
  'state=fulfilling',
  'type=transfer',
  'assignee=me',
  'assignee=nobody',
  'due=overdue',
  'due=today',
  'due=week',
  'only=second',
  'only=unreachable',
  'only=appeals',
  'number=261130-0000007',
  'state=open&type=transfer&assignee=nobody',
];

export async function measure() {
  const installation = await openInstallation({ ABIDE_BOOTSTRAP_OPERATOR: `${operator.email}:${operator.password}` });
  try {
    await fillRequests(installation);
    const call = await signInOperator(installation, operator);
    const get = (path) => call('GET', path);
    const paths = [
      ...pages.map((query) => `operator/requests?limit=50&${query}`),
      await deepPage(get),
      'operator/overview',
      'operator/requests/figures?weeks=52',
    ];
    const runs = [];
    for (const path of paths) runs.push({ path, milliseconds: await timed(() => get(path)) });
    const slowest = runs.toSorted((one, other) => other.milliseconds - one.milliseconds)[0];
    return {
      figure: slowest.milliseconds,
      goal: '<= 300',
      reference: `${await timed(() => get('operator/settings'))} ms for a route that reads one row`,
      runs,
      rss: installation.rss(),
      notes: `${count} requests, ${paths.length} pages, slowest ${slowest.path.split('?cursor')[0]}`,
    };
  } finally {
    await installation.close();
  }
}

/** The median, after a first call that does not count. */
async function timed(work) {
  await work();
  const took = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return Math.round(median(took) * 10) / 10;
}

async function deepPage(get) {
  let cursor = '';
  for (let page = 0; page < deepPages; page += 1)
    cursor = (await get(`operator/requests?limit=100${cursor && `&cursor=${cursor}`}`)).nextCursor;
  return `operator/requests?limit=100&cursor=${cursor}`;
}

/** Six in ten closed, the rest in every other state, as they would lie there after two years; each tenth that is being carried out waits for a holder that is gone. */
function fillRequests({ databaseUrl }) {
  return onDatabase(databaseUrl, async (client) => {
    await client.query("UPDATE identity.operators SET roles = '{privacyOfficer}'");
    const [{ id }] = (await client.query('SELECT id FROM identity.operators')).rows;
    const clock = {
      profile: 'pipl-2026',
      utcOffsetHours: 8,
      start: { at: '2026-11-01T00:00:00.000Z', on: 'receipt', article: 'x' },
      answer: { within: { workingDays: 15 }, article: 'PIPL art. 50' },
      extension: null,
      pauses: [],
    };
    await client.query(
      `INSERT INTO rights.requests (subject_id, id, number, type, state, channel, locale, categories, opened_at, clock, due_at, is_provisional,
         assignee, decided_by, round, closed_at, escalation, version, is_in_time)
       SELECT uuidv7(), uuidv7(), '261130-' || lpad(n::text, 7, '0'),
         (ARRAY['access', 'deletion', 'correction', 'inquiry', 'portability', 'transfer'])[1 + n % 6], state, 'app', 'zh-CN', '{}', opened_at, $1,
         CASE WHEN state IN ('open', 'awaitingSecond', 'waiting', 'fulfilling') THEN opened_at + interval '21 days' END, false,
         CASE WHEN n % 7 = 0 THEN $2::uuid WHEN n % 3 = 0 THEN uuidv7() END, CASE WHEN state = 'awaitingSecond' THEN uuidv7() END, 1 + (n % 500 = 0)::int,
         CASE WHEN state IN ('closed', 'lapsed', 'cancelled') THEN opened_at + interval '9 days' END, 0, 1,
         CASE WHEN state = 'closed' THEN n % 20 <> 0 END
       FROM (SELECT n, now() - interval '10 minutes' * n AS opened_at,
               (ARRAY['closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'open', 'open', 'fulfilling', 'awaitingSecond', 'lapsed'])[1 + n % 11] AS state
             FROM generate_series(1, $3::int) AS n) AS made`,
      [JSON.stringify(clock), id, count],
    );
    await client.query(
      `INSERT INTO rights.request_holders (subject_id, request_id, holder, phase, outcome, counts, retained, answered_at)
       SELECT subject_id, id, holder, 'dependents', CASE WHEN holder = 'gone' THEN 'withdrawn' ELSE 'done' END, '[]', '[]', now()
       FROM rights.requests, unnest(ARRAY['identity', 'consent', 'gone']) AS holder
       WHERE state IN ('fulfilling', 'closed') AND (holder <> 'gone' OR (state = 'fulfilling' AND right(number, 1) = '1'))`,
    );
    await client.query('ANALYZE');
  });
}
