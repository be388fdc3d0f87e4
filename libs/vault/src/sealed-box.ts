import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';
import { encodeParts, encoderAfter, wellFormed } from './associated-data.js';
import { vaultError } from './vault.errors.js';

/** What a sealed value is sealed under: the second byte of every sealed value. */
export const boxKinds = { ordinary: 1, retained: 2, secret: 3, key: 4, file: 5 } as const;
export type BoxKind = keyof typeof boxKinds;
const kindsByNumber: readonly (BoxKind | undefined)[] = Object.entries(boxKinds).reduce<BoxKind[]>(
  (names, [name, number]) => Object.assign(names, { [number]: name }),
  [],
);

const formatVersion = 1;
const algorithm = 'aes-256-gcm';
const headerLength = 2;
const ivLength = 12;
const tagLength = 16;
const cipherOptions = { authTagLength: tagLength };

/** The key, its kind, and what the value belongs to: opening demands exactly the `belongsTo` of sealing. */
export interface Box {
  readonly key: KeyObject;
  readonly kind: BoxKind;
  readonly belongsTo: readonly string[];
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV: version, kind, IV, ciphertext, 128-bit tag. The version, the
 * kind and `belongsTo` are authenticated. At most 2^32 values per key (SP 800-38D §8.3).
 * @throws DomainError `vault.malformed_text` for text with an unpaired surrogate, which UTF-8 could not give back.
 */
export function sealBytes(box: Box, plaintext: Buffer | string): Buffer {
  const iv = nextIv();
  const cipher = createCipheriv(algorithm, box.key, iv, cipherOptions);
  cipher.setAAD(associatedData(box));
  const ciphertext =
    typeof plaintext === 'string' ? cipher.update(wellFormed(plaintext), 'utf8') : cipher.update(plaintext);
  const sealed = Buffer.allocUnsafe(headerLength + ivLength + ciphertext.length + tagLength);
  sealed[0] = formatVersion;
  sealed[1] = boxKinds[box.kind];
  iv.copy(sealed, headerLength);
  ciphertext.copy(sealed, headerLength + ivLength);
  cipher.final();
  cipher.getAuthTag().copy(sealed, sealed.length - tagLength);
  return sealed;
}

/** @throws DomainError `vault.unreadable` when any byte, the key or `belongsTo` differs from the sealing. */
export function openBytes(box: Box, sealed: Buffer): Buffer {
  if (boxKindOf(sealed) !== box.kind) throw vaultError('vault.unreadable');
  return decrypted(box.key, associatedData(box), sealed);
}

/** `openBytes` for many boxes of one key that differ in the last part of `belongsTo` alone. */
export function boxOpener({ key, kind, belongsTo }: Box): (last: string, sealed: Buffer) => Buffer {
  const associatedWith = encoderAfter(associatedParts(kind, belongsTo));
  return (last, sealed) => {
    if (boxKindOf(sealed) !== kind) throw vaultError('vault.unreadable');
    return decrypted(key, associatedWith(last), sealed);
  };
}

/** Which key a sealed value asks for. @throws DomainError `vault.unreadable` for a length, version or kind of no box of ours. */
export function boxKindOf(sealed: Buffer): BoxKind {
  const kind = kindsByNumber[sealed[1] ?? 0];
  const isOurs = sealed[0] === formatVersion && sealed.length >= headerLength + ivLength + tagLength;
  if (!isOurs || !kind) throw vaultError('vault.unreadable');
  return kind;
}

function decrypted(key: KeyObject, associated: Buffer, sealed: Buffer): Buffer {
  const iv = sealed.subarray(headerLength, headerLength + ivLength);
  const decipher = createDecipheriv(algorithm, key, iv, cipherOptions);
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  try {
    // In this mode all of it is there before the tag is looked at.
    const plaintext = decipher.update(sealed.subarray(headerLength + ivLength, -tagLength));
    decipher.final();
    return plaintext;
  } catch {
    throw vaultError('vault.unreadable');
  }
}

function associatedData({ kind, belongsTo }: Box): Buffer {
  return encodeParts(associatedParts(kind, belongsTo));
}

function associatedParts(kind: BoxKind, belongsTo: readonly string[]): readonly string[] {
  return [`abide.sealed.${formatVersion}`, kind, ...belongsTo];
}

const ivPool = Buffer.alloc(ivLength * 1024);
let ivOffset = ivPool.length;

/** Random IVs are drawn from the system a thousand at a time; each is handed out once. */
function nextIv(): Buffer {
  if (ivOffset === ivPool.length) {
    randomFillSync(ivPool);
    ivOffset = 0;
  }
  ivOffset += ivLength;
  return ivPool.subarray(ivOffset - ivLength, ivOffset);
}
