/**
 * How much the API grows over five million telemetry events, a hundred a request. Figure: resident MB at the end over resident MB after the
 * first tenth, when caches are warm. No reference.
 */
import { batchRequests } from './events.mjs';
import { clientToken, openDemoHouse } from './house.mjs';
import { sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';

const count = 20_000;
const legs = 50;
const requests = 1000;
const size = 100;
const megabyte = 2 ** 20;

export async function measure() {
  const house = await openDemoHouse();
  try {
    const people = await registerPeople(house, count, { isSignedIn: false });
    await writeConsents(house, people);
    const runs = [];
    for (let leg = 1; leg <= legs; leg += 1) {
      await sendEach({
        url: house.url,
        requests: batchRequests({ people, token: await clientToken(house), requests, size }),
      });
      runs.push({ events: leg * requests * size, megabytes: Math.round(house.rss() / megabyte) });
      if (leg % 5 === 0) console.log(`  ${runs.at(-1).events} events: ${runs.at(-1).megabytes} MB`);
    }
    const figure = runs.at(-1).megabytes - runs[legs / 10 - 1].megabytes;
    return {
      figure,
      goal: '<= 100 MB, flat',
      reference: '–',
      runs,
      rss: house.rss(),
      notes: `MB from ${runs[legs / 10 - 1].events} to ${runs.at(-1).events} events; ${count} subjects`,
    };
  } finally {
    await house.close();
  }
}
