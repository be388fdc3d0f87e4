import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from './product.js';

/** Headers that make a request an operator's or a subject's; none for nobody. */
export type Credential = Readonly<Record<string, string>>;

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
  const answer = await fetch(`${product.url}/api/v1/operator/sessions`, { method: 'POST', body, headers: { 'content-type': 'application/json', origin: product.url } });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return { cookie, 'x-abide-csrf': csrfToken, origin: product.url };
}

/** Calls the API and answers status and parsed body. */
export async function call(product: Product, method: string, path: string, { body, headers = {} }: { body?: unknown; headers?: Credential } = {}): Promise<{ status: number; body: any }> {
  const isText = typeof body === 'string';
  const answer = await fetch(`${product.url}/api/v1/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': isText ? 'application/yaml' : 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** Registers a person with the code that the development mailbox holds, then signs in. */
export async function aRegisteredPerson(product: Product, email: string, acceptedRevisionIds: readonly string[]): Promise<{ subjectId: string; headers: Credential }> {
  const password = 'a quiet river in autumn';
  const registration = { kind: 'person', identifier: { type: 'email', value: email }, password, profile: { name: '林晓' }, birthDate: '1990-05-04', acceptedRevisionIds };
  const pending = await call(product, 'POST', 'subjects', { body: registration });
  if (pending.status !== 202) throw new Error(`Registration was refused: ${JSON.stringify(pending.body)}`);
  const { body: mailbox } = await call(product, 'POST', 'dev/messages/query', { body: { to: email } });
  const code = /\b\d{6}\b/.exec(mailbox.items[0].text)?.[0];
  const confirmed = await call(product, 'POST', `verifications/${pending.body.verification.id}/confirm`, { body: { code } });
  const session = await call(product, 'POST', 'sessions', { body: { identifier: { type: 'email', value: email }, password } });
  if (session.status !== 201) throw new Error(`Sign-in was refused: ${JSON.stringify(session.body)}`);
  return { subjectId: confirmed.body.subjectId, headers: { authorization: `Bearer ${session.body.accessToken}` } };
}
