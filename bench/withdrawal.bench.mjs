/**
 * Withdrawals per second, until nothing of them is left to be taken away from what is stored. Reference: the grants of the same
 * people and purposes, which withdrawing must not be harder than (PIPL art. 15).
 */
import { batchRequests } from './events.mjs';
import { clientToken, onDatabase, openDemoInstallation } from './installation.mjs';
import { httpRequest, sendEach } from './load.mjs';
import { consentPurposes, grantConsents, registerPeople } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 1000;
const batches = 50;
const connections = 32;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count);
    await grantConsents(installation, people);
    await sendEach({
      url: installation.url,
      requests: batchRequests({ people, token: await clientToken(installation), requests: batches, size: 100 }),
      connections,
    });
    const result = await inTurn({
      unit: 'a second',
      reference: () => say(installation, people, 'granted'),
      subject: () => withdraw(installation, people),
    });
    return {
      ...result,
      goal: '>= 0.5',
      rss: installation.rss(),
      notes: `${count} subjects with stored events, ${consentPurposes.length} purposes each, ${connections} connections`,
    };
  } finally {
    await installation.close();
  }
}

/** Each person says it of each purpose once; the rounds of both sides alternate, so that every request changes something. */
async function say(installation, people, state) {
  const requests = consentPurposes.flatMap((purpose) =>
    people.map(({ token }) =>
      httpRequest({ method: 'PUT', path: `/api/v1/me/consents/${purpose}`, token, body: { state } }),
    ),
  );
  const startedAt = performance.now();
  await sendEach({ url: installation.url, requests, connections });
  return (requests.length * 1000) / (performance.now() - startedAt);
}

async function withdraw(installation, people) {
  const startedAt = performance.now();
  await say(installation, people, 'withdrawn');
  await onDatabase(installation.databaseUrl, async (client) => {
    while ((await client.query('SELECT FROM consent.purpose_removals LIMIT 1')).rowCount > 0)
      await client.query('SELECT pg_sleep(0.05)');
  });
  return (people.length * consentPurposes.length * 1000) / (performance.now() - startedAt);
}
