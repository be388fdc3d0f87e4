import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from './product.js';

/** Headers that make a request an operator's or a subject's; none for nobody. */
export type Credential = Readonly<Record<string, string>>;

interface ServiceSecret {
  readonly id: string;
  readonly secret: string;
}

interface Demo {
  readonly password: string;
  readonly operators: readonly { role: string; email: string }[];
  readonly people: readonly { name: string; identifier: string }[];
}

/** The demo of the product's data folder, as `npm start` prints it. */
export function demoOf(product: Product): Demo {
  return JSON.parse(readFileSync(join(product.folder, 'demo.json'), 'utf8')) as Demo;
}

export function operatorEmail(product: Product, role: string): string {
  return demoOf(product).operators.find((operator) => operator.role === role)?.email ?? '';
}

/** Signs the demo's operator of this role in. */
export async function signInOperator(product: Product, role: string): Promise<Credential> {
  const body = JSON.stringify({ email: operatorEmail(product, role), password: demoOf(product).password });
  const answer = await fetch(`${product.url}/api/v1/operator/sessions`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', origin: product.url },
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie, 'x-abide-csrf': csrfToken, origin: product.url };
}

/** Calls the API and answers status and parsed body. */
export async function call(
  product: Product,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Credential } = {},
): Promise<{ status: number; body: any }> {
  const isText = typeof body === 'string';
  const answer = await fetch(`${product.url}/api/v1/${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': isText ? 'application/yaml' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

const personPassword = 'a quiet river in autumn';

/** Registers a person with the code that the development mailbox holds, then signs in. */
export async function aRegisteredPerson(
  product: Product,
  email: string,
  acceptedRevisionIds: readonly string[],
): Promise<{ subjectId: string; headers: Credential }> {
  const registration = {
    kind: 'person',
    identifier: { type: 'email', value: email },
    password: personPassword,
    profile: { name: '林晓' },
    birthDate: '1990-05-04',
    acceptedRevisionIds,
  };
  const pending = await call(product, 'POST', 'subjects', { body: registration });
  if (pending.status !== 202) throw new Error(`Registration was refused: ${JSON.stringify(pending.body)}`);
  const { body: mailbox } = await call(product, 'POST', 'dev/messages/query', { body: { to: email } });
  const code = /\b\d{6}\b/.exec(mailbox.items[0].text)?.[0];
  const confirmed = await call(product, 'POST', `verifications/${pending.body.verification.id}/confirm`, {
    body: { code },
  });
  return { subjectId: confirmed.body.subjectId, headers: await signInPerson(product, email) };
}

/** Signs a person in whom `aRegisteredPerson` registered. */
export async function signInPerson(product: Product, email: string): Promise<Credential> {
  const { accessToken } = await wanted(product, 'POST', 'sessions', {
    body: { identifier: { type: 'email', value: email }, password: personPassword },
  });
  return { authorization: `Bearer ${accessToken}` };
}

/** Puts a policy file in force as a policy of its own, read and approved by two operators, once its week of notice is over; a next revision is scheduled for `effectiveAt`. */
export async function publish(product: Product, slug: string, text: string, effectiveAt?: Date): Promise<string> {
  const editor = await signInOperator(product, 'policyEditor');
  const draft = await wanted(product, 'PUT', `operator/policies/${slug}/draft`, { body: text, headers: editor });
  const revision = `operator/revisions/${draft.revisionId}`;
  const { warnings } = await wanted(product, 'GET', `${revision}/comparison`, { headers: editor });
  const answers = warnings.map(({ id }: { id: string }) => ({ id, answer: 'As it should be.' }));
  await wanted(product, 'POST', `${revision}/submission`, {
    body: { comment: 'Read and compared.', answers },
    headers: editor,
  });
  const approver = await signInOperator(product, 'policyApprover');
  await wanted(product, 'POST', `${revision}/approval`, {
    body: { comment: 'Read and compared.', contentHash: draft.contentHash },
    headers: approver,
  });
  const now = (await call(product, 'GET', 'dev/clock')).body.now;
  const inAWeek = new Date(Date.parse(now) + 8 * 86_400_000);
  await wanted(product, 'POST', `${revision}/schedule`, {
    body: { effectiveAt: (effectiveAt ?? inAWeek).toISOString() },
    headers: approver,
  });
  if (!effectiveAt) await wanted(product, 'POST', 'dev/clock', { body: { advance: 'P8DT1M' } });
  return draft.revisionId;
}

/** Confirms as the privacy officer what was proposed last. */
export async function confirmWaiting(product: Product): Promise<void> {
  const headers = await signInOperator(product, 'privacyOfficer');
  const { items } = await wanted(product, 'GET', 'operator/changes?state=waiting', { headers });
  await wanted(product, 'POST', `operator/changes/${items[0]?.id}/confirmation`, { body: {}, headers });
}

/** Ends whatever sessions an operator of the demo has, as an administrator. */
export async function endSessionsOf(product: Product, role: string): Promise<void> {
  const headers = await signInOperator(product, 'administrator');
  const { items } = await wanted(product, 'GET', 'operator/operators', { headers });
  const { id } = items.find((one: { email: string }) => one.email === operatorEmail(product, role));
  await wanted(product, 'DELETE', `operator/operators/${id}/sessions`, { headers });
}

/** A back-end service that may ask the gate. */
export async function aServiceThatAsks(product: Product): Promise<Credential> {
  return signInService(product, await aService(product, ['decisions:read']));
}

/** A back-end service that may send events. */
export async function aServiceThatSends(product: Product): Promise<Credential> {
  return signInService(product, await aService(product, ['telemetry:write']));
}

/** A back-end service that may read events. */
export async function aServiceThatReads(product: Product): Promise<Credential> {
  return signInService(
    product,
    await aService(product, ['telemetry:read'], {
      purposes: ['product.improvement', 'personalisation', 'advertising.relevant'],
      services: ['ticketing'],
    }),
  );
}

/** Registers a back-end service, confirmed by the privacy officer where it reads personal data, and answers its secret. */
export async function aService(
  product: Product,
  scopes: readonly string[],
  bounds: { purposes?: readonly string[]; services?: readonly string[] } = {},
): Promise<ServiceSecret> {
  const headers = await signInOperator(product, 'administrator');
  const { change, ...made } = await wanted(product, 'POST', 'operator/clients', {
    body: { name: 'Surveys', scopes, ...bounds },
    headers,
  });
  if (!change) return made;
  await wanted(product, 'POST', `operator/changes/${change.id}/confirmation`, {
    body: {},
    headers: await signInOperator(product, 'privacyOfficer'),
  });
  return wanted(product, 'POST', `operator/clients/${change.object.id}/secret`, { body: {}, headers });
}

/** A token of the service, for ten minutes. */
export async function signInService(product: Product, { id, secret }: ServiceSecret): Promise<Credential> {
  const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  const { access_token } = await wanted(product, 'POST', 'oauth/token', { body });
  return { authorization: `Bearer ${access_token}` };
}

/** An event about a subject that happened a moment ago in a service of the demo. */
export function anEvent(subjectId: string, category: string, parts: { attributes?: unknown; personal?: unknown } = {}) {
  return {
    eventId: randomUUID(),
    subjectId,
    category,
    occurredAt: new Date(Date.now() - 2000).toISOString(),
    service: 'ticketing',
    ...parts,
  };
}

/** Sends events as one batch; answers how many were accepted. */
export async function sendEvents(product: Product, headers: Credential, events: readonly unknown[]): Promise<number> {
  return (await wanted(product, 'POST', 'telemetry/batches', { body: { batchId: randomUUID(), events }, headers }))
    .accepted;
}

/** The answer to a call that has to succeed. */
async function wanted(
  product: Product,
  method: string,
  path: string,
  request: { body?: unknown; headers?: Credential },
): Promise<any> {
  const { status, body } = await call(product, method, path, request);
  if (status >= 400) throw new Error(`${method} ${path} was refused: ${JSON.stringify(body)}`);
  return body;
}
