/**
 * How much the API grows over five million telemetry events, a hundred a request. Figure: resident MB at the end over resident MB after the
 * first tenth, when caches are warm. No reference.
 */
import { batchRequests } from './events.mjs';
import { clientToken, openDemoInstallation } from './installation.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';

const count = 20_000;
const legs = 50;
const requests = 1000;
const size = 100;
const megabyte = 2 ** 20;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count, { isSignedIn: false });
    await writeConsents(installation, people);
    const runs = [];
    for (let leg = 1; leg <= legs; leg += 1) {
      await sendEach({
        url: installation.url,
        requests: batchRequests({ people, token: await clientToken(installation), requests, size }),
      });
      runs.push({ events: leg * requests * size, megabytes: Math.round(installation.rss() / megabyte) });
      if (leg % 5 === 0) console.log(`  ${runs.at(-1).events} events: ${runs.at(-1).megabytes} MB`);
    }
    const figure = runs.at(-1).megabytes - runs[legs / 10 - 1].megabytes;
    return {
      figure,
      goal: '<= 100 MB, flat',
      reference: '–',
      runs,
      rss: installation.rss(),
      notes: `MB from ${runs[legs / 10 - 1].events} to ${runs.at(-1).events} events; ${count} subjects`,
    };
  } finally {
    await installation.close();
  }
}
