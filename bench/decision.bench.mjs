/**
 * Decisions per second over HTTP, one a request, by an authenticated client about people in turn. Reference: the same bytes
 * sent to a bare Fastify that answers with what it was sent, by the same load generator.
 */
import { clientToken, openDemoInstallation, openEcho } from './installation.mjs';
import { httpRequest, load } from './load.mjs';
import { consentPurposes, grantConsents, registerPeople } from './people.mjs';
import { demoQuestions } from './questions.mjs';
import { inTurn, median } from './rounds.mjs';

const count = 2000;
const connections = 32;
const seconds = 5;

export async function measure() {
  const installation = await openDemoInstallation();
  const echo = await openEcho();
  try {
    const people = await registerPeople(installation, count);
    await grantConsents(installation, people);
    const { questions, notes } = demoQuestions();
    const token = await clientToken(installation);
    const bodies = people.flatMap(({ subjectId }, index) =>
      [0, 1, 2].map((step) => ({ subjectId, ...questions[(index * 3 + step) % questions.length] })),
    );
    const to = (url, path) =>
      loading({ url, requests: bodies.map((body) => httpRequest({ method: 'POST', path, token, body })) });
    const [bare, gate] = [to(echo.url, '/echo'), to(installation.url, '/api/v1/decisions')];
    const result = await inTurn({ unit: 'a second', reference: bare.round, subject: gate.round });
    return {
      ...result,
      goal: '>= 0.40, p99 <= 8 ms',
      rss: installation.rss(),
      notes: `${gate.latency()}; echo ${bare.latency()}; ${count} people with ${consentPurposes.length} consents each, ${notes}, ${connections} connections`,
    };
  } finally {
    await echo.close();
    await installation.close();
  }
}

/** Rounds of load that remember their latencies. */
function loading({ url, requests }) {
  const rounds = [];
  const round = async () => {
    rounds.push(await load({ url, requests, seconds, connections }));
    return rounds.at(-1).perSecond;
  };
  const counted = (of) => median(rounds.slice(1).map(of)).toFixed(1);
  return { round, latency: () => `p50 ${counted(({ p50 }) => p50)} ms, p99 ${counted(({ p99 }) => p99)} ms` };
}
