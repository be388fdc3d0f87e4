/** Somebody of whom as many events are kept as wanted, who asked to see them: recorded by an operator, not decided yet. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchRequests } from './events.mjs';
import { clientToken, onDatabase, openDemoInstallation, signInOperator } from './installation.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';

const size = 100;
const requestsPerToken = 1000;

/** A million, unless BENCH_EVENTS says otherwise. */
export const events = Number(process.env.BENCH_EVENTS ?? 1_000_000);

/** Nobody else sends events, so that every one is theirs. With BENCH_KEPT, a folder, what an earlier run left there is used again. */
export async function openAsked() {
  const installation = await openDemoInstallation({}, process.env.BENCH_KEPT);
  const subjectId = (await whoSentMost(installation)) ?? (await register(installation));
  const call = await signInOperator(installation, officerOf(installation));
  return { installation, call, subjectId };
}

async function register(installation) {
  const people = await registerPeople(installation, 1, { isSignedIn: false });
  await writeConsents(installation, people);
  for (let left = events / size; left > 0; left -= requestsPerToken) {
    const requests = Math.min(left, requestsPerToken);
    const token = await clientToken(installation);
    await sendEach({ url: installation.url, requests: batchRequests({ people, token, requests, size }) });
  }
  return people[0].subjectId;
}

/** @returns {Promise<string | undefined>} whoever has as many events as are wanted */
async function whoSentMost({ databaseUrl }) {
  const { rows } = await onDatabase(databaseUrl, (client) =>
    client.query('SELECT subject_id FROM telemetry.events GROUP BY subject_id HAVING count(*) >= $1', [events]),
  );
  return rows[0]?.subject_id;
}

/** Records a request of theirs; resolves to its id. */
export async function ask({ call, subjectId }) {
  const evidence = { text: 'Called back on the number that is on file.' };
  const wanted = { subjectId, type: 'access', channel: 'telephone', evidence, reason: 'For the bench.' };
  const { id } = await call('POST', 'operator/requests', { ...wanted, categories: ['log.browsing', 'log.search'] });
  return id;
}

/** The demo's own privacy officer. */
function officerOf({ env }) {
  const { password, operators } = JSON.parse(readFileSync(join(env.ABIDE_DATA_DIR, 'demo.json'), 'utf8'));
  return { email: operators.find(({ role }) => role === 'privacyOfficer').email, password };
}
