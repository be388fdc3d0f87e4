/**
 * What is held of somebody with a million events (BENCH_EVENTS for fewer), as an operator looks before deciding, in milliseconds: as
 * autovacuum leaves the rows, and just stored. Reference: one `count(*) … group by category` of the same rows.
 */
import { ask, openAsked } from './asked.mjs';
import { onDatabase } from './installation.mjs';
import { median } from './rounds.mjs';

const rounds = 5;

export async function measure() {
  const asked = await openAsked();
  const { installation, call, subjectId } = asked;
  try {
    const id = await ask(asked);
    const measured = async () => {
      const runs = [];
      for (let round = 0; round <= rounds; round += 1)
        runs.push({
          reference: await timed(() => counted(installation, subjectId)),
          subject: await timed(() => call('GET', `operator/requests/${id}/findings`)),
        });
      return runs.slice(1);
    };
    const of = (runs, which) => Math.round(median(runs.map((run) => run[which])));
    const justStored = await measured();
    await onDatabase(installation.databaseUrl, (client) => client.query('VACUUM (ANALYZE) telemetry.events'));
    const runs = await measured();
    return {
      figure: of(runs, 'subject'),
      goal: '<= 1000',
      reference: `${of(runs, 'reference')} ms to count the rows by category`,
      notes: `${of(justStored, 'subject')} ms in the minute before autovacuum has seen what was stored`,
      runs,
      rss: installation.rss(),
    };
  } finally {
    await installation.close();
  }
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function counted({ databaseUrl }, subjectId) {
  return onDatabase(databaseUrl, (client) =>
    client.query('SELECT category, count(*) FROM telemetry.events WHERE subject_id = $1 GROUP BY category', [
      subjectId,
    ]),
  );
}
