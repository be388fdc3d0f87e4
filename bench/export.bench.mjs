/**
 * Rows a second into the finished package of somebody with a million events (BENCH_EVENTS for fewer), from the decision until it is answered, over
 * `COPY … TO STDOUT` of the same rows; and how much the API grows meanwhile.
 */
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { ask, openAsked } from './asked.mjs';
import { median } from './rounds.mjs';

const rounds = 3;
const megabyte = 2 ** 20;
const kinds = `subject_id = $1 AND category IN ('log.browsing', 'log.search')`;

export async function measure() {
  const asked = await openAsked();
  const { installation } = asked;
  try {
    const runs = [];
    for (let round = 0; round <= rounds; round += 1)
      runs.push({ reference: await copied(asked), subject: await packaged(asked) });
    const counted = runs
      .slice(1)
      .map(({ reference, subject }) => ({ reference, ...subject, ratio: subject.perSecond / reference }));
    const grown = Math.max(...runs.map(({ subject }) => subject.grownMegabytes));
    return {
      figure: Math.round(median(counted.map(({ ratio }) => ratio)) * 1000) / 1000,
      goal: '>= 0.3; growth <= 200 MB',
      reference: `${Math.round(median(counted.map(({ reference }) => reference)))} rows a second by COPY`,
      runs: counted,
      rss: installation.rss(),
      notes: `${Math.round(median(counted.map(({ perSecond }) => perSecond)))} rows a second into the package; the API grew by ${grown} MB at most`,
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
    const rows = `SELECT * FROM telemetry.events WHERE ${kinds.replace('$1', `'${subjectId}'`)}`;
    let lines = 0;
    for await (const part of client.query(to(`COPY (${rows}) TO STDOUT`)))
      for (const byte of part) if (byte === 10) lines += 1;
    return (lines * 1000) / (performance.now() - startedAt);
  } finally {
    await client.end();
  }
}

async function packaged(asked) {
  const { installation, call } = asked;
  const id = await ask(asked);
  const { items } = await call('GET', `operator/requests/${id}/findings`);
  const rows = items.reduce((sum, { count }) => sum + count, 0);
  const [before, startedAt] = [installation.rss(), performance.now()];
  await call('POST', `operator/requests/${id}/decision`, { outcome: 'grant' });
  let most = before;
  while ((await call('GET', `operator/requests/${id}`)).state !== 'closed') {
    most = Math.max(most, installation.rss());
    await new Promise((done) => setTimeout(done, 100));
  }
  const perSecond = (rows * 1000) / (performance.now() - startedAt);
  return { perSecond, grownMegabytes: Math.round((most - before) / megabyte) };
}
