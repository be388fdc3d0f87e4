import { isDeepStrictEqual } from 'node:util';
import { compactVerify, errors, importJWK, type CryptoKey, type JWK } from 'jose';
import { receiptRecordSchema, type ReceiptRecord } from './receipt-record.schema.js';

const algorithm = 'EdDSA';
const receiptType = 'consent-receipt+jws';
const signatureBytes = 64;

const messages = {
  'receipt.malformed': 'This is no receipt: neither the JSON that the product answers, whole, nor a compact JWS.',
  'receipt.unsigned': 'The record has no signature beside it.',
  'receipt.wrong_algorithm': 'It is not signed with EdDSA, as receipts are.',
  'receipt.wrong_type': 'What is signed is not a receipt, but something else.',
  'receipt.wrong_header': 'The header of the signature says more, or less, than that of a receipt.',
  'receipt.unknown_key':
    'None of the keys at hand signed it: it comes from somewhere else, or the keys are older than the receipt.',
  'receipt.wrong_key': 'The key that it names does not sign receipts.',
  'receipt.bad_signature':
    'The signature does not fit: the receipt was changed after it was issued, or another key signed it.',
  'receipt.record_differs': 'The record beside the signature is not the one that was signed.',
  'receipt.incomplete': 'A member that every receipt has is missing or has no usable value',
} as const;

export type ReceiptErrorCode = keyof typeof messages;

export interface ReceiptError {
  readonly code: ReceiptErrorCode;
  readonly message: string;
}

/** `receipt` is what was signed, whatever stood beside it; null where no signature vouches for anything. */
export interface ReceiptVerification {
  readonly valid: boolean;
  readonly errors: readonly ReceiptError[];
  readonly receipt: Readonly<Record<string, unknown>> | null;
}

/** A public key as the product publishes it; `signs` says what for. */
export type PublishedKey = JWK & { readonly signs?: unknown };

/** Ends a verification: it is not good. */
class Refusal extends Error {
  constructor(readonly code: ReceiptErrorCode) {
    super(code);
  }
}

/**
 * Checks a receipt without asking anybody: the JSON answer of the product or its compact JWS (RFC 7515), against the keys
 * that the product publishes. Everything that is not exactly what the product issued is refused.
 */
export async function verifyReceipt(file: Uint8Array, keys: readonly PublishedKey[]): Promise<ReceiptVerification> {
  try {
    const { jws, record, text } = readReceipt(file);
    const receipt = parseObject(await signedText(jws, keys));
    if (record && !(isDeepStrictEqual(record, receipt) && namesEachMemberOnce(text, { ...record, signature: jws }))) {
      return { valid: false, errors: [errorOf('receipt.record_differs')], receipt };
    }
    const missing = missingMembers(receipt);
    return { valid: missing.length === 0, errors: missing, receipt };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { valid: false, errors: [errorOf(error.code)], receipt: null };
  }
}

/** The record as far as a verification found it complete. */
export function recordOf({ valid, receipt }: ReceiptVerification): ReceiptRecord | null {
  return valid ? receiptRecordSchema.parse(receipt) : null;
}

interface ReceiptFile {
  readonly jws: string;
  /** What stands beside the signature; null when the signature came alone. */
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

function readReceipt(file: Uint8Array): ReceiptFile {
  const text = utf8(file).trim();
  if (!text.startsWith('{')) return { jws: text, record: null, text };
  const { signature, ...record } = parseObject(text);
  if (typeof signature !== 'string') throw new Refusal('receipt.unsigned');
  return { jws: signature, record, text };
}

/** The payload, once its signature has been found good. */
async function signedText(jws: string, keys: readonly PublishedKey[]): Promise<string> {
  const parts = jws.split('.').map(decodePart);
  const [header, payload, signature] = parts;
  if (!header || !payload || !signature || parts.length !== 3) throw new Refusal('receipt.malformed');
  const kid = kidOf(parseObject(utf8(header)));
  if (signature.length !== signatureBytes) throw new Refusal('receipt.malformed');
  const key = await findKey(kid, keys);
  try {
    await compactVerify(jws, key, { algorithms: [algorithm] });
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) throw new Refusal('receipt.bad_signature');
    throw new Refusal('receipt.malformed');
  }
  return utf8(payload);
}

/** The bytes of a part in the one spelling that base64url has for them. */
function decodePart(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new Refusal('receipt.malformed');
  return bytes;
}

/** The header of a receipt is three members long, so that no key, and no wish of how to check, can come with it. */
function kidOf({ alg, typ, kid, ...more }: Readonly<Record<string, unknown>>): string {
  if (alg !== algorithm) throw new Refusal('receipt.wrong_algorithm');
  if (typ !== receiptType) throw new Refusal('receipt.wrong_type');
  if (typeof kid !== 'string' || Object.keys(more).length > 0) throw new Refusal('receipt.wrong_header');
  return kid;
}

async function findKey(kid: string, keys: readonly PublishedKey[]): Promise<CryptoKey> {
  const key = keys.find((one) => one.kid === kid);
  if (!key) throw new Refusal('receipt.unknown_key');
  const { kty, crv, x, use = 'sig', signs = 'receipt' } = key;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || use !== 'sig' || signs !== 'receipt')
    throw new Refusal('receipt.wrong_key');
  const imported = await importJWK({ kty, crv, x }, algorithm).catch(() => null);
  if (!imported || imported instanceof Uint8Array) throw new Refusal('receipt.wrong_key');
  return imported;
}

/** Of a member that is written twice, one reader takes the first and another the last. */
function namesEachMemberOnce(text: string, record: object): boolean {
  const written = [...text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
  return written.length === memberCount(record);
}

function memberCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + memberCount(member), own);
}

function missingMembers(record: Readonly<Record<string, unknown>>): ReceiptError[] {
  const { error } = receiptRecordSchema.safeParse(record);
  return (error?.issues ?? []).map(({ path }) => ({
    code: 'receipt.incomplete',
    message: `${messages['receipt.incomplete']}: ${path.join('.')}.`,
  }));
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('receipt.malformed');
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw new Refusal('receipt.malformed');
}

function errorOf(code: ReceiptErrorCode): ReceiptError {
  return { code, message: messages[code] };
}
