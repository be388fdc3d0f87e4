/**
 * Withdrawals per second, until nothing of them is left to be taken away from what is stored. Reference: the grants of the same
 * people and purposes, which withdrawing must not be harder than (PIPL art. 15).
 */
import { batchRequests } from './events.mjs';
import { clientToken, onDatabase, openDemoHouse } from './house.mjs';
import { httpRequest, sendEach } from './load.mjs';
import { consentPurposes, grantConsents, registerPeople } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 1000;
const batches = 50;
const connections = 32;

export async function measure() {
  const house = await openDemoHouse();
  try {
    const people = await registerPeople(house, count);
    await grantConsents(house, people);
    await sendEach({
      url: house.url,
      requests: batchRequests({ people, token: await clientToken(house), requests: batches, size: 100 }),
      connections,
    });
    const result = await inTurn({
      unit: 'a second',
      reference: () => say(house, people, 'granted'),
      subject: () => withdraw(house, people),
    });
    return {
      ...result,
      goal: '>= 0.5',
      rss: house.rss(),
      notes: `${count} subjects with stored events, ${consentPurposes.length} purposes each, ${connections} connections`,
    };
  } finally {
    await house.close();
  }
}

/** Each person says it of each purpose once; the rounds of both sides alternate, so that every request changes something. */
async function say(house, people, state) {
  const requests = consentPurposes.flatMap((purpose) =>
    people.map(({ token }) =>
      httpRequest({ method: 'PUT', path: `/api/v1/me/consents/${purpose}`, token, body: { state } }),
    ),
  );
  const startedAt = performance.now();
  await sendEach({ url: house.url, requests, connections });
  return (requests.length * 1000) / (performance.now() - startedAt);
}

async function withdraw(house, people) {
  const startedAt = performance.now();
  await say(house, people, 'withdrawn');
  await onDatabase(house.databaseUrl, async (client) => {
    while ((await client.query('SELECT FROM consent.purpose_removals LIMIT 1')).rowCount > 0)
      await client.query('SELECT pg_sleep(0.05)');
  });
  return (people.length * consentPurposes.length * 1000) / (performance.now() - startedAt);
}
