/**
 * What is held of somebody with a million events (BENCH_EVENTS for fewer), as an operator looks before deciding, in milliseconds. Reference: one
 * `count(*) … group by category` of the same rows.
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
    const runs = [];
    for (let round = 0; round <= rounds; round += 1)
      runs.push({
        reference: await timed(() => counted(installation, subjectId)),
        subject: await timed(() => call('GET', `operator/requests/${id}/findings`)),
      });
    const of = (which) => Math.round(median(runs.slice(1).map((run) => run[which])));
    return {
      figure: of('subject'),
      goal: '<= 1000',
      reference: `${of('reference')} ms to count the rows by category`,
      runs: runs.slice(1),
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
