/** Somebody of whom as many events are kept as wanted, who asked to see them: recorded by an operator, not decided yet. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchRequests } from './events.mjs';
import { clientToken, openDemoInstallation, signInOperator } from './installation.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';

const size = 100;
const requestsPerToken = 1000;

/** A million, unless BENCH_EVENTS says otherwise. */
export const events = Number(process.env.BENCH_EVENTS ?? 1_000_000);

/** Nobody else is registered, so that every event is theirs. */
export async function openAsked() {
  const installation = await openDemoInstallation();
  const people = await registerPeople(installation, 1, { isSignedIn: false });
  await writeConsents(installation, people);
  for (let left = events / size; left > 0; left -= requestsPerToken) {
    const requests = Math.min(left, requestsPerToken);
    const token = await clientToken(installation);
    await sendEach({ url: installation.url, requests: batchRequests({ people, token, requests, size }) });
  }
  const call = await signInOperator(installation, officerOf(installation));
  return { installation, call, subjectId: people[0].subjectId };
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
