/**
 * Rows per second that the sweeper deletes when they fall due, among as many that are not: in batches, holds and rulebook asked for, each batch with its
 * count and its evidence. Reference: one raw DELETE of the due rows of as many.
 */
import { onDatabase, openDemoInstallation } from './installation.mjs';
import { inTurn } from './rounds.mjs';

const rows = 200_000;
const people = 20_000;

export async function measure() {
  const installation = await openDemoInstallation({ ABIDE_UNSEEN_OVERDUE: String(10 * rows) });
  try {
    return await onDatabase(installation.databaseUrl, async (client) => {
      const result = await inTurn({
        unit: 'rows a second',
        reference: () => timed(client, () => client.query('DELETE FROM telemetry.events WHERE retain_until <= now()')),
        subject: () =>
          timed(
            client,
            () => untilSwept(client),
            () => ask(client),
          ),
      });
      const notes = `${rows} due rows among as many that are not`;
      return { ...result, goal: '>= 0.5', rss: installation.rss(), notes };
    });
  } finally {
    await installation.close();
  }
}

/** Due rows that `work` deletes per second; `before` is not measured. */
async function timed(client, work, before = async () => undefined) {
  await fill(client);
  await before();
  const startedAt = performance.now();
  await work();
  const rate = (rows * 1000) / (performance.now() - startedAt);
  const left = await client.query('SELECT count(*)::int AS n FROM telemetry.events WHERE retain_until <= now()');
  if (left.rows[0].n > 0) throw new Error(`${left.rows[0].n} due rows are still there`);
  return rate;
}

/** Half of them due within the last days, half in the next ones, in the partitions of their months. */
async function fill(client) {
  await client.query('TRUNCATE telemetry.events');
  await client.query(
    'SELECT telemetry.add_month((now() + make_interval(months => n))::date) FROM generate_series(-1, 1) AS n',
  );
  await client.query(
    `INSERT INTO telemetry.events (subject_id, event_id, due_month, category, service, means, occurred_at, received_at, retain_until, is_sensitive, attributes, personal, lineage)
     SELECT md5((n % $2)::text)::uuid, gen_random_uuid(), date_trunc('month', due AT TIME ZONE 'UTC')::date, 'log.device', 'ticketing', 'app', due - interval '6 months',
       due - interval '6 months', due, false, '{"model": "One", "appVersion": "5.2.1"}', decode(repeat('00', 120), 'hex'),
       '[{"purpose": "security.protection", "policy": "general", "revision": 1, "clause": "collect.traces", "basis": "legalObligation"}]'
     FROM generate_series(1, $1::int * 2) AS n, LATERAL (SELECT now() + make_interval(mins => CASE WHEN n % 2 = 0 THEN -1 ELSE 1 END * (60 + n % 10000)) AS due) AS term`,
    [rows, people],
  );
  await client.query('VACUUM ANALYZE telemetry.events');
}

/** Waits until the sweeper has taken up what it is asked for. */
async function ask(client) {
  await client.query(
    `INSERT INTO retention.runs (id, is_dry, state, reason, asked_at, due_at) VALUES (gen_random_uuid(), false, 'asked', 'operator', now(), now())`,
  );
  await untilNone(client, ['asked']);
}

const untilSwept = (client) => untilNone(client, ['asked', 'running']);

async function untilNone(client, states) {
  while ((await client.query('SELECT FROM retention.runs WHERE state = ANY($1) LIMIT 1', [states])).rowCount > 0)
    await client.query('SELECT pg_sleep(0.01)');
}
