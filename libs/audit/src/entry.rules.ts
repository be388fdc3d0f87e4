import { createHash, timingSafeEqual } from 'node:crypto';

export const actorKinds = ['operator', 'subject', 'client', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

export type Details = Readonly<Record<string, string | number | boolean | null>>;

/**
 * An entry as it is kept for ever. Nothing in it tells who it is about: a subject's id, wherever it would stand
 * (`subject`, `actor.id`, `object.id`), the reason and the actor's name are salted commitments.
 */
export interface Entry {
  readonly id: string;
  readonly at: Date;
  readonly act: string;
  readonly actor: { readonly kind: ActorKind; readonly id: string; readonly name: string | null };
  readonly object: { readonly type: string; readonly id: string };
  readonly subject: string | null;
  readonly reason: string | null;
  readonly correlationId: string | null;
  readonly details: Details;
}

/** What opens the commitments of an entry, and can be erased: one per subject it mentions, and one for what is about none. */
export interface Opening {
  readonly entryId: string;
  readonly salt: Buffer;
  /** Null in the opening that is about no subject. */
  readonly subjectId: string | null;
  readonly reason: string | null;
  readonly actorName: string | null;
}

export type Committed = 'subject' | 'reason' | 'actorName';

/** Which part of the evidence does not match: the entry itself, or something an opening claims. */
export type Mismatch = 'entry' | Committed;

const canonicalForm = 1;

/**
 * The bytes an entry stands for: JSON canonicalised as RFC 8785 (no white space, members sorted by UTF-16 code unit,
 * ECMAScript numbers), UTF-8, times in ISO 8601 UTC with milliseconds.
 */
export function canonicalEntry(entry: Entry): Buffer {
  const { id, at, act, actor, object, subject, reason, correlationId, details } = entry;
  const members = {
    act,
    actor: { id: actor.id, kind: actor.kind, name: actor.name },
    at: at.toISOString(),
    correlationId,
    details,
    form: canonicalForm,
    id,
    object: { id: object.id, type: object.type },
    reason,
    subject,
  };
  return Buffer.from(canonicalJson(members), 'utf8');
}

/** The hash of the entry as a leaf of a Merkle tree: SHA-256 over 0x00 and the canonical bytes (RFC 6962 §2.1). */
export function leafHash(entry: Entry): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(canonicalEntry(entry)).digest();
}

/** SHA-256 over salt, the name of what is committed to, a zero byte and the value; as `sha256:` and 64 hex digits. */
export function commitment(salt: Buffer, committed: Committed, value: string): string {
  return `sha256:${createHash('sha256').update(salt).update(`${committed}\0${value}`).digest('hex')}`;
}

/**
 * Checks an entry against the leaf hash it was stored with, and every opening that is left against the entry. An entry
 * whose openings were erased is as good as before. Resolves to what does not match; empty when all is well.
 */
export function verifyEntry(entry: Entry, storedLeafHash: Buffer, openings: readonly Opening[] = []): Mismatch[] {
  const isSame = storedLeafHash.length === 32 && timingSafeEqual(leafHash(entry), storedLeafHash);
  const mismatches = openings.flatMap((opening) => mismatchesOf(entry, opening));
  return isSame ? mismatches : ['entry', ...mismatches];
}

function mismatchesOf(entry: Entry, { entryId, salt, subjectId, reason, actorName }: Opening): Mismatch[] {
  if (entryId !== entry.id) return ['entry'];
  const places = [entry.subject, entry.actor.id, entry.object.id];
  const mismatches: Mismatch[] = [];
  if (subjectId !== null && !places.includes(commitment(salt, 'subject', subjectId))) mismatches.push('subject');
  if (reason !== null && entry.reason !== commitment(salt, 'reason', reason)) mismatches.push('reason');
  if (actorName !== null && entry.actor.name !== commitment(salt, 'actorName', actorName)) mismatches.push('actorName');
  return mismatches;
}

function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
