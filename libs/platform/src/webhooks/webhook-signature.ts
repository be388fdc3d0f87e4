import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const toleranceSeconds = 5 * 60;
const secretPrefix = 'whsec_';
const secretBytes = 32;

/** The header fields of Standard Webhooks (https://www.standardwebhooks.com, 1.0.0). */
export interface WebhookHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

interface Signed {
  /** The same in every attempt to deliver the same thing. */
  readonly id: string;
  /** The exact bytes that travel. */
  readonly body: string;
  /** While a secret is being replaced, the new and the old one. */
  readonly secrets: readonly string[];
  /** In milliseconds, and true time, since the other side compares it with its own clock. */
  readonly at?: number;
}

/** A secret to share with a receiver: `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(): string {
  return secretPrefix + randomBytes(secretBytes).toString('base64');
}

/** Signs with every secret, so that a receiver who knows one of them can check. */
export function signWebhook({ id, body, secrets, at = Date.now() }: Signed): WebhookHeaders {
  const timestamp = String(Math.floor(at / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`).join(' '),
  };
}

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly at?: number;
}

/** The id of what was received, where somebody who knows one of the secrets signed it within the last five minutes; else null. */
export function verifiedWebhookId({ headers, body, secrets, at = Date.now() }: Received): string | null {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return null;
  if (!/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(at / 1000 - Number(timestamp)) > toleranceSeconds) return null;
  const given = signatures.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice(3)] : []));
  const isSigned = secrets.some((secret) => {
    const expected = signature(secret, `${id}.${timestamp}.${body}`);
    return given.some((one) => isSame(one, expected));
  });
  return isSigned ? id : null;
}

function signature(secret: string, signed: string): string {
  return createHmac('sha256', keyOf(secret)).update(signed).digest('base64');
}

/** `whsec_` and base64, or any other words as they are written. */
function keyOf(secret: string): Buffer {
  const key = secret.startsWith(secretPrefix)
    ? Buffer.from(secret.slice(secretPrefix.length), 'base64')
    : Buffer.from(secret, 'utf8');
  if (key.length === 0) throw new Error('A webhook is signed with a secret that is empty');
  return key;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
