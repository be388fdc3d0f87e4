/** People for a installation to measure with: registered, signed in, with tokens that live ten minutes. */
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@abide/kernel';
import { loadConfig } from '@abide/platform';
import { Vault } from '@abide/vault';
import { parse } from 'uuid';
import { createServer } from '../apps/api/dist/server.js';
import { callInstallation, onDatabase } from './installation.mjs';
import { rate } from './rounds.mjs';

const parallel = 16;
const registeredThroughApi = 50;
const dayInMilliseconds = 86_400_000;

/** Purposes that the demo's policies rest on consent for. */
export const consentPurposes = ['product.improvement', 'personalisation', 'marketing.push'];

/**
 * `count` adults who accept every policy in force that registration asks for: some registered through the API, the others
 * written as the same rows, without an address and a profile, which no measured path reads.
 * @returns {Promise<{ subjectId: string, token: string }[]>} without tokens where they need not be signed in
 */
export async function registerPeople(installation, count, { isSignedIn = true } = {}) {
  const { items } = await callInstallation(installation, { method: 'GET', path: 'policies' });
  const accepted = items.filter(({ kind }) => kind !== 'service').map(({ revision }) => revision.id);
  const throughApi = Math.min(count, registeredThroughApi);
  const people = [
    ...(await registerThroughApi(installation, throughApi, accepted)),
    ...(await writePeople(installation, count - throughApi, accepted)),
  ];
  if (isSignedIn) await signIn(installation, people);
  return people;
}

async function registerThroughApi(installation, count, acceptedRevisionIds) {
  const people = Array.from({ length: count }, (_, index) => ({
    email: `person-${index}@example.com`,
    address: `10.0.0.${index}`,
  }));
  await inLanes(people, async (person) => {
    const identifier = { type: 'email', value: person.email };
    const body = {
      kind: 'person',
      identifier,
      profile: { name: '林晓' },
      birthDate: '1990-05-04',
      acceptedRevisionIds,
    };
    person.verificationId = (await post(installation, person, 'subjects', body)).verification.id;
  });
  const codes = await codesIn(installation);
  await inLanes(people, async (person) => {
    const { subjectId } = await post(installation, person, `verifications/${person.verificationId}/confirm`, {
      code: codes.get(person.email),
    });
    person.subjectId = subjectId;
  });
  return people.map(({ subjectId, address }) => ({ subjectId, address }));
}

/** Keys by the vault, and the rows of subjects and acceptances as registration writes them. */
async function writePeople(installation, count, acceptedRevisionIds) {
  const people = Array.from({ length: count }, (_, index) => ({
    subjectId: newId(),
    address: `10.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
  }));
  const app = await createServer(loadConfig({ ...installation.env, ABIDE_ROLE: 'web' }));
  const vault = app.get(Vault, { strict: false });
  await inLanes(people, ({ subjectId }) => vault.createKeys(subjectId));
  await app.close();
  const ids = people.map(({ subjectId }) => subjectId);
  await onDatabase(installation.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO identity.subjects (subject_id, kind, status, minor_status, locale, registered_at, version)
       SELECT id, 'person', 'active', 'adult', 'zh-CN', $2::timestamptz, 1 FROM unnest($1::uuid[]) AS id`,
      [ids, new Date()],
    );
    await client.query(
      `INSERT INTO policy.acceptances (subject_id, revision_id, mode, policy_id, at)
       SELECT person.id, revision.id, 'explicit', revision.policy_id, $3::timestamptz FROM unnest($1::uuid[]) AS person (id), policy.revisions revision WHERE revision.id = ANY($2::uuid[])`,
      [ids, acceptedRevisionIds, new Date()],
    );
  });
  return people;
}

/** Grants `consentPurposes` for every one of them, through the API. */
export async function grantConsents(installation, people) {
  for (const purpose of consentPurposes) {
    await inLanes(people, ({ token }) =>
      callInstallation(installation, {
        method: 'PUT',
        path: `me/consents/${purpose}`,
        body: { state: 'granted' },
        token,
      }),
    );
  }
}

/** The same as rows: what the first of them granted through the API, written for the others under ids of their own. */
export async function writeConsents(installation, people) {
  const [first, ...others] = people;
  await signIn(installation, [first]);
  await grantConsents(installation, [first]);
  const columns = {
    events:
      'act, state, scope, purpose, categories, service, recipient, region, occurred_at, recorded_at, expires_at, given_by, giver_id, policy, revision, revision_id, clause_id, locale, wording_hash, channel, evidence',
  };
  await onDatabase(installation.databaseUrl, async (client) => {
    const ids = others.map(({ subjectId }) => subjectId);
    await client.query(
      `INSERT INTO consent.events (subject_id, id, receipt_id, ${columns.events})
       SELECT other, uuidv7(), uuidv7(), ${columns.events} FROM unnest($1::uuid[]) AS other, consent.events WHERE subject_id = $2`,
      [ids, first.subjectId],
    );
    await client.query(
      `INSERT INTO consent.states (subject_id, scope, purpose, categories, service, recipient, region, changed_at, granted_at, grant_id, grant_policy, grant_revision, grant_clause, expires_at, given_by)
       SELECT event.subject_id, event.scope, event.purpose, event.categories, event.service, event.recipient, event.region, event.recorded_at, event.occurred_at, event.id, event.policy, event.revision, event.clause_id, event.expires_at, event.given_by
       FROM consent.events event WHERE event.subject_id = ANY($1)`,
      [ids],
    );
    await client.query('ANALYZE');
  });
}

/** Writes the rows that a sign-in by code leaves, since codes are rationed, and exchanges each refresh token through the API. */
async function signIn(installation, people) {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + dayInMilliseconds);
  const sessions = people.map(({ subjectId }) => ({ subjectId, id: newId(), refreshToken: refreshTokenOf(subjectId) }));
  await onDatabase(installation.databaseUrl, async (client) => {
    const columns = [sessions.map(({ subjectId }) => subjectId), sessions.map(({ id }) => id), now];
    await client.query(
      `INSERT INTO identity.subject_sessions (subject_id, id, method, created_at, last_used_at, expires_at)
       SELECT subject_id, id, 'code', $3::timestamptz, $3::timestamptz, $4::timestamptz FROM unnest($1::uuid[], $2::uuid[]) AS session (subject_id, id)`,
      [...columns, expiresAt],
    );
    await client.query(
      `INSERT INTO identity.session_tokens (subject_id, session_id, token_hash, issued_at)
       SELECT subject_id, id, token_hash, $3::timestamptz FROM unnest($1::uuid[], $2::uuid[], $4::bytea[]) AS session (subject_id, id, token_hash)`,
      [...columns, sessions.map(({ refreshToken }) => createHash('sha256').update(refreshToken).digest())],
    );
  });
  await inLanes(people, async (person, index) => {
    person.token = (
      await post(installation, person, 'sessions/refresh', { refreshToken: sessions[index].refreshToken })
    ).accessToken;
  });
}

function refreshTokenOf(subjectId) {
  return `abr_${Buffer.concat([Buffer.from(parse(subjectId)), randomBytes(32)]).toString('base64url')}`;
}

async function codesIn(installation) {
  const { rows } = await onDatabase(installation.databaseUrl, (client) =>
    client.query('SELECT recipient, text FROM platform.development_messages'),
  );
  return new Map(rows.map(({ recipient, text }) => [recipient, /\b\d{6}\b/.exec(text)?.[0]]));
}

function inLanes(items, work) {
  return rate(items.length, parallel, (index) => work(items[index], index));
}

/** Each person comes from an address of their own, as the limits per address expect. */
function post(installation, { address }, path, body) {
  return callInstallation(installation, { method: 'POST', path, body, headers: { 'x-forwarded-for': address } });
}
