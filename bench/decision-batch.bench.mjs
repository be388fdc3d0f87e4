/** Decisions per second over HTTP, 100 a request about as many people. Reference: `decide()` in process, on one core. */
import { decidingInProcess } from './decide.bench.mjs';
import { clientToken, openDemoInstallation } from './installation.mjs';
import { httpRequest, load } from './load.mjs';
import { grantConsents, registerPeople } from './people.mjs';
import { demoQuestions } from './questions.mjs';
import { inTurn } from './rounds.mjs';

const count = 2000;
const perRequest = 100;
const connections = 8;
const seconds = 5;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count);
    await grantConsents(installation, people);
    const { questions, notes } = demoQuestions();
    const token = await clientToken(installation);
    const requests = batches(people, questions).map((items) =>
      httpRequest({ method: 'POST', path: '/api/v1/decisions/batch', token, body: { items } }),
    );
    const deciding = decidingInProcess();
    const subject = async () =>
      (await load({ url: installation.url, requests, seconds, connections })).perSecond * perRequest;
    const result = await inTurn({ unit: 'decisions a second', reference: deciding.round, subject });
    return {
      ...result,
      goal: '>= 0.10',
      rss: installation.rss(),
      notes: `${perRequest} a request, ${connections} connections, ${count} people, ${notes}`,
    };
  } finally {
    await installation.close();
  }
}

/** Every person once with each of a few questions, a hundred people to a batch. */
function batches(people, questions) {
  const items = [0, 1, 2].flatMap((step) =>
    people.map(({ subjectId }, index) => ({ subjectId, ...questions[(index * 3 + step) % questions.length] })),
  );
  return Array.from({ length: items.length / perRequest }, (_, index) =>
    items.slice(index * perRequest, (index + 1) * perRequest),
  );
}
