/**
 * People registered per second over HTTP, start and confirmation both counted: vault keys, sealed profile, indexes,
 * claims, evidence, event. Without a password, so that no hashing is counted. The codes are read from the mailbox
 * between the two, outside the clock. Reference: commits of one-row INSERTs on one connection, same server, same disk.
 */
import { onDatabase, openInstallation } from './installation.mjs';
import { inTurn } from './rounds.mjs';

const people = 400;
const connections = 32;
const commits = 2000;
let registered = 0;

export async function measure() {
  const installation = await openInstallation();
  try {
    const result = await onDatabase(installation.databaseUrl, async (client) => {
      await client.query(
        'CREATE TABLE public.reference (id bigint PRIMARY KEY, at timestamptz NOT NULL, note text NOT NULL)',
      );
      return inTurn({
        unit: 'a second',
        reference: () => insertOneByOne(client),
        subject: () => registerMany(installation, client),
      });
    });
    return {
      ...result,
      goal: '>= 0.5',
      rss: installation.rss(),
      notes: `${people} people a round, ${connections} connections`,
    };
  } finally {
    await installation.close();
  }
}

async function insertOneByOne(client) {
  await client.query('TRUNCATE public.reference');
  const startedAt = performance.now();
  for (let id = 0; id < commits; id += 1)
    await client.query('INSERT INTO public.reference VALUES ($1, $2, $3)', [id, new Date(), 'a row of the reference']);
  return (commits * 1000) / (performance.now() - startedAt);
}

async function registerMany(installation, client) {
  const emails = Array.from({ length: people }, () => `person-${(registered += 1)}@example.com`);
  const verifications = new Map();
  const starting = await secondsFor(emails, async (email, index) => {
    const answer = await post(
      installation,
      'subjects',
      {
        kind: 'person',
        identifier: { type: 'email', value: email },
        profile: { name: '林晓' },
        birthDate: '1990-05-04',
        acceptedRevisionIds: [],
      },
      index,
    );
    verifications.set(email, answer.verification.id);
  });
  const { rows } = await client.query(
    'SELECT recipient, text FROM platform.development_messages WHERE recipient = ANY($1)',
    [emails],
  );
  const codes = new Map(rows.map(({ recipient, text }) => [recipient, /\b\d{6}\b/.exec(text)[0]]));
  const confirming = await secondsFor(emails, (email, index) =>
    post(installation, `verifications/${verifications.get(email)}/confirm`, { code: codes.get(email) }, index),
  );
  return people / (starting + confirming);
}

async function secondsFor(items, work) {
  let next = 0;
  const startedAt = performance.now();
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index], index);
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return (performance.now() - startedAt) / 1000;
}

/** Each person comes from an address of their own, as the limits per address expect. */
async function post(installation, path, body, index) {
  const from = `10.${(registered >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const answer = await fetch(`${installation.url}/api/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `${from}` },
  });
  if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
