/** Telemetry events per second, one a request. Reference: one-row INSERT commits of the same rows, over one connection. */
import { insertRows } from './copying.mjs';
import { batchRequests } from './events.mjs';
import { clientToken, openDemoHouse } from './house.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 20_000;
const requests = 25_000;
const connections = 32;
const seconds = 4;

export async function measure() {
  const house = await openDemoHouse();
  try {
    const people = await registerPeople(house, count, { isSignedIn: false });
    await writeConsents(house, people);
    const send = async () => {
      const batch = batchRequests({ people, token: await clientToken(house), requests, size: 1 });
      const startedAt = performance.now();
      await sendEach({ url: house.url, requests: batch, connections });
      return (requests * 1000) / (performance.now() - startedAt);
    };
    await send();
    const result = await inTurn({
      unit: 'events a second',
      reference: () => insertRows(house.databaseUrl, seconds),
      subject: send,
    });
    return { ...result, goal: '>= 3', rss: house.rss(), notes: `${count} subjects, ${connections} connections` };
  } finally {
    await house.close();
  }
}
