/**
 * Rows a second that go into the package of somebody with a million events (BENCH_EVENTS for fewer), counted from the decision until the request is
 * closed, and by how much the API grows meanwhile. Reference: `COPY … TO STDOUT` of the same rows.
 */
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { ask, openAsked } from './asked.mjs';
import { onDatabase } from './installation.mjs';
import { median } from './rounds.mjs';

const rounds = 3;
const megabyte = 2 ** 20;
const betweenLooksMilliseconds = 100;

export async function measure() {
  const asked = await openAsked();
  const { installation } = asked;
  try {
    const runs = [];
    for (let round = 0; round <= rounds; round += 1) {
      const reference = await copied(asked);
      const { perSecond, grownMegabytes } = await packaged(asked);
      runs.push({ reference, subject: perSecond, ratio: perSecond / reference, grownMegabytes });
    }
    const of = (which) => median(runs.slice(1).map((run) => run[which]));
    return {
      figure: Math.round(of('ratio') * 1000) / 1000,
      goal: '>= 0.3, growth <= 200 MB',
      reference: `${Math.round(of('reference'))} rows a second by COPY`,
      runs: runs.slice(1),
      rss: installation.rss(),
      notes: `${Math.round(of('subject'))} rows a second; the API grew by ${Math.max(...runs.map((run) => run.grownMegabytes))} MB at most`,
    };
  } finally {
    await installation.close();
  }
}

/** @returns {Promise<number>} rows a second */
async function copied({ installation, subjectId }) {
  const client = new pg.Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    const startedAt = performance.now();
    const rows = `SELECT * FROM telemetry.events WHERE subject_id = '${subjectId}' AND category IN ('log.browsing', 'log.search')`;
    const copy = client.query(to(`COPY (${rows}) TO STDOUT`));
    for await (const _ of copy);
    return (copy.rowCount * 1000) / (performance.now() - startedAt);
  } finally {
    await client.end();
  }
}

/** Looked at in the database, so that whoever waits costs the API nothing. */
async function packaged(asked) {
  const { installation, call } = asked;
  const id = await ask(asked);
  const { items } = await call('GET', `operator/requests/${id}/findings`);
  const rows = items.reduce((sum, { count }) => sum + count, 0);
  const [before, startedAt] = [installation.rss(), performance.now()];
  await call('POST', `operator/requests/${id}/decision`, { outcome: 'grant' });
  const most = await onDatabase(installation.databaseUrl, (client) => mostUntilClosed(installation, client, id));
  const perSecond = (rows * 1000) / (performance.now() - startedAt);
  return { perSecond, grownMegabytes: Math.round((most - before) / megabyte) };
}

/** @returns {Promise<number>} the most bytes that the API held meanwhile */
async function mostUntilClosed(installation, client, id) {
  for (let most = 0; ;) {
    most = Math.max(most, installation.rss());
    const { rows } = await client.query('SELECT state FROM rights.requests WHERE id = $1', [id]);
    if (rows[0].state === 'closed') return most;
    await new Promise((done) => setTimeout(done, betweenLooksMilliseconds));
  }
}
