/**
 * What size costs: the ingest rate with twenty million rows stored over the rate with next to none, and the p99 of decisions among a million subjects
 * over that among a thousand. Reference of each: the same installation before it was filled.
 */
import { batchRequests } from './events.mjs';
import { clientToken, onDatabase, openDemoInstallation } from './installation.mjs';
import { httpRequest, load, sendEach } from './load.mjs';
import { registerPeople, writeConsents } from './people.mjs';
import { demoQuestions } from './questions.mjs';
import { median } from './rounds.mjs';

const count = 1000;
const rounds = 5;
const requests = 500;
const size = 100;
const connections = 32;
const seconds = 5;
const storedRows = 20_000_000;
const storedSubjects = 1_000_000;

export async function measure() {
  const installation = await openDemoInstallation();
  try {
    const people = await registerPeople(installation, count, { isSignedIn: false });
    await writeConsents(installation, people);
    const small = { rate: await ingesting(installation, people), p99: await deciding(installation, people) };
    await fillEvents(installation);
    const everybody = [...people, ...(await fillSubjects(installation, people[0].subjectId))];
    const large = { rate: await ingesting(installation, people), p99: await deciding(installation, everybody) };
    const ratio = (one, other) => Math.round((one / other) * 1000) / 1000;
    return {
      figure: ratio(large.rate, small.rate),
      goal: '>= 0.9 of the rate; p99 <= 1.3',
      reference: `${Math.round(small.rate)} events a second, p99 ${small.p99.toFixed(1)} ms`,
      runs: [small, large],
      rss: installation.rss(),
      notes: `${Math.round(large.rate)} events a second with ${storedRows} rows; decisions p99 ${large.p99.toFixed(1)} ms among ${storedSubjects} subjects, ratio ${ratio(large.p99, small.p99)}`,
    };
  } finally {
    await installation.close();
  }
}

async function ingesting(installation, people) {
  const rates = [];
  for (let round = 0; round <= rounds; round += 1) {
    const batch = batchRequests({ people, token: await clientToken(installation), requests, size });
    const startedAt = performance.now();
    await sendEach({ url: installation.url, requests: batch, connections });
    rates.push((requests * size * 1000) / (performance.now() - startedAt));
  }
  return median(rates.slice(1));
}

async function deciding(installation, people) {
  const { questions } = demoQuestions();
  const latencies = [];
  for (let round = 0; round <= rounds; round += 1) {
    const token = await clientToken(installation);
    const bodies = Array.from({ length: 30_000 }, (_, index) => ({
      subjectId: people[(index * 7919 + round) % people.length].subjectId,
      ...questions[index % questions.length],
    }));
    const asked = bodies.map((body) => httpRequest({ method: 'POST', path: '/api/v1/decisions', token, body }));
    latencies.push((await load({ url: installation.url, requests: asked, seconds, connections })).p99);
  }
  return median(latencies.slice(1));
}

/** Rows like those that were ingested, of as many subjects again and again, under ids of their own. */
function fillEvents({ databaseUrl }) {
  return onDatabase(databaseUrl, async (client) => {
    const columns =
      'due_month, category, service, third_party_service, means, occurred_at, received_at, retain_until, is_sensitive, attributes, personal, lineage';
    await client.query(`CREATE TEMP TABLE stored AS SELECT subject_id, ${columns} FROM telemetry.events LIMIT 100000`);
    for (let filled = 0; filled < storedRows; filled += 1_000_000) {
      await client.query(
        `INSERT INTO telemetry.events (subject_id, event_id, ${columns}) SELECT subject_id, uuidv7(), ${columns} FROM stored, generate_series(1, 10) ORDER BY subject_id`,
      );
    }
    await client.query('ANALYZE telemetry.events');
    await client.query('CHECKPOINT');
  });
}

/** Subjects with the acceptances and the consents of one that there is; nothing is sealed for them. */
function fillSubjects({ databaseUrl }, like) {
  return onDatabase(databaseUrl, async (client) => {
    await client.query(`CREATE TEMP TABLE others AS SELECT uuidv7() AS id FROM generate_series(1, ${storedSubjects})`);
    await client.query(
      `INSERT INTO identity.subjects (subject_id, kind, status, minor_status, locale, registered_at, version)
       SELECT others.id, kind, status, minor_status, locale, registered_at, version FROM others, identity.subjects WHERE subject_id = $1`,
      [like],
    );
    await client.query(
      `INSERT INTO policy.acceptances (subject_id, revision_id, mode, policy_id, at) SELECT others.id, revision_id, mode, policy_id, at FROM others, policy.acceptances WHERE subject_id = $1`,
      [like],
    );
    const scope =
      'scope, purpose, categories, service, recipient, region, changed_at, granted_at, grant_id, grant_policy, grant_revision, grant_clause, expires_at, given_by';
    await client.query(
      `INSERT INTO consent.states (subject_id, ${scope}) SELECT others.id, ${scope} FROM others, consent.states WHERE subject_id = $1`,
      [like],
    );
    await client.query('ANALYZE');
    return (await client.query('SELECT id AS "subjectId" FROM others TABLESAMPLE SYSTEM (10) LIMIT 100000')).rows;
  });
}
