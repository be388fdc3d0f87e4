/**
 * Telemetry events per second through HTTP, a hundred a request, about twenty thousand subjects in turn, acknowledged after commit.
 * Reference: COPY of the very same rows into the same table, 5,000 a commit.
 */
import { copyRows, storedRows } from './copying.mjs';
import { batchRequests } from './events.mjs';
import { clientToken, openDemoInstallation } from './installation.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 20_000;
const size = 100;
const requests = 1000;
const perCommit = 5000;
const connections = 32;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count, { isSignedIn: false });
    await writeConsents(installation, people);
    const send = sending(installation, people);
    await send();
    const result = await inTurn({ unit: 'events a second', reference: () => copying(installation), subject: send });
    const together = await sending(installation, people, { isTogether: true })();
    return {
      ...result,
      goal: '>= 0.60',
      rss: installation.rss(),
      notes: `${count} subjects, each event of a request about another; where all of a request are about one subject, ${Math.round(together)} a second in one round; ${connections} connections`,
    };
  } finally {
    await installation.close();
  }
}

function sending(installation, people, how = {}) {
  return async () => {
    const token = await clientToken(installation);
    const batch = batchRequests({ people, token, requests, size, ...how });
    const startedAt = performance.now();
    await sendEach({ url: installation.url, requests: batch, connections });
    return (requests * size * 1000) / (performance.now() - startedAt);
  };
}

async function copying({ databaseUrl }) {
  const rows = requests * size;
  const chunks = await storedRows(databaseUrl, { rows, perCommit });
  return rows / (await copyRows(databaseUrl, chunks));
}
