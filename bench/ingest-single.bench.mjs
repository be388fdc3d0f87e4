/** Telemetry events per second, one a request. Reference: one-row INSERT commits of the same rows, over one connection. */
import { insertRows } from './copying.mjs';
import { batchRequests } from './events.mjs';
import { clientToken, openDemoInstallation } from './installation.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 20_000;
const requests = 25_000;
const connections = 32;
const seconds = 4;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count, { isSignedIn: false });
    await writeConsents(installation, people);
    const send = async () => {
      const batch = batchRequests({ people, token: await clientToken(installation), requests, size: 1 });
      const startedAt = performance.now();
      await sendEach({ url: installation.url, requests: batch, connections });
      return (requests * 1000) / (performance.now() - startedAt);
    };
    await send();
    const result = await inTurn({
      unit: 'events a second',
      reference: () => insertRows(installation.databaseUrl, seconds),
      subject: send,
    });
    return { ...result, goal: '>= 3', rss: installation.rss(), notes: `${count} subjects, ${connections} connections` };
  } finally {
    await installation.close();
  }
}
