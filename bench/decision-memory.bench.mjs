/**
 * How much the API grows over a million decisions, half of them one a request, half a hundred a request. Figure: resident MB
 * at the end over resident MB after the first fifth, when caches are warm. No reference.
 */
import { clientToken, openDemoInstallation } from './installation.mjs';
import { httpRequest, sendEach } from './load.mjs';
import { grantConsents, registerPeople } from './people.mjs';
import { demoQuestions } from './questions.mjs';

const count = 2000;
const legs = 10;
const singles = 50_000;
const batches = 500;
const aBatch = 100;
const megabyte = 2 ** 20;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count);
    await grantConsents(installation, people);
    const { questions, notes } = demoQuestions();
    const question = (index) => ({
      subjectId: people[index % count].subjectId,
      ...questions[index % questions.length],
    });
    const runs = [];
    for (let leg = 0; leg < legs; leg += 1) {
      const token = await clientToken(installation);
      const one = Array.from({ length: singles }, (_, index) =>
        httpRequest({ method: 'POST', path: '/api/v1/decisions', token, body: question(index) }),
      );
      await sendEach({ url: installation.url, requests: one });
      const many = Array.from({ length: batches }, (_, batch) => {
        const items = Array.from({ length: aBatch }, (_, index) => question(batch * aBatch + index));
        return httpRequest({ method: 'POST', path: '/api/v1/decisions/batch', token, body: { items } });
      });
      await sendEach({ url: installation.url, requests: many, connections: 8 });
      runs.push({
        decisions: (leg + 1) * (singles + batches * aBatch),
        megabytes: Math.round(installation.rss() / megabyte),
      });
      console.log(`  ${runs.at(-1).decisions} decisions: ${runs.at(-1).megabytes} MB`);
    }
    const figure = runs.at(-1).megabytes - runs[Math.floor(legs / 5) - 1].megabytes;
    return {
      figure,
      goal: 'flat',
      reference: '–',
      runs,
      rss: installation.rss(),
      notes: `MB from ${runs[1].decisions} to ${runs.at(-1).decisions} decisions; ${count} people, ${notes}`,
    };
  } finally {
    await installation.close();
  }
}
