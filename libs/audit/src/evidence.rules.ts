import { randomBytes } from 'node:crypto';
import { commitment, type ActorKind, type Details, type Entry, type Opening } from './entry.rules.js';

/** Who did it. `name` is kept as it is now, and never for a subject. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly name?: string;
}

/** What is to be recorded of one act. `details` never hold personal data; `reason` may. */
export interface Act {
  readonly act: string;
  readonly object: { readonly type: string; readonly id: string };
  readonly subjectId?: string;
  readonly reason?: string;
  readonly actor?: Actor;
  readonly details?: Details;
}

/** What only the moment of recording knows. */
export interface Circumstances {
  readonly id: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly correlationId: string | null;
}

interface PreparedOpening extends Opening {
  readonly pseudonym: string | null;
}

/** An entry for ever, and the openings that erasure may take away. */
export interface Evidence {
  readonly entry: Entry;
  readonly openings: readonly PreparedOpening[];
}

const saltLength = 32;

/**
 * Splits an act into what is kept and what is erasable. The entry is about `subjectId`, else about the object when that
 * is a subject, else about the actor when that is one. @throws Error for details that would not survive as JSON.
 */
export function evidenceOf(act: Act, { id, at, actor, correlationId }: Circumstances): Evidence {
  const details = act.details ?? {};
  requireLosslessJson(details);
  const subjects = subjectsOf(act, actor);
  const [about] = subjects;
  const openings = subjects.map((subjectId) => openingFor(id, subjectId, subjectId === about ? act.reason : undefined));
  const general = generalOpening(id, {
    actorName: actor.kind === 'subject' ? undefined : actor.name,
    reason: about ? undefined : act.reason,
  });
  const all = general ? [...openings, general] : openings;
  const hide = (value: string) =>
    openings.find((opening) => opening.subjectId === value.toLowerCase())?.pseudonym ?? value;
  const entry: Entry = {
    id,
    at,
    act: act.act,
    actor: { kind: actor.kind, id: hide(actor.id), name: committedIn(all, 'actorName') },
    object: { type: act.object.type, id: hide(act.object.id) },
    subject: about ? hide(about) : null,
    reason: committedIn(all, 'reason'),
    correlationId,
    details,
  };
  return { entry, openings: all };
}

/** The subjects an act mentions, the one it is about first. */
function subjectsOf(act: Act, actor: Actor): readonly string[] {
  const object = act.object.type === 'subject' ? act.object.id : undefined;
  const acting = actor.kind === 'subject' ? actor.id : undefined;
  const mentioned = [act.subjectId, object, acting].filter((subjectId) => subjectId !== undefined);
  return [...new Set(mentioned.map((subjectId) => subjectId.toLowerCase()))];
}

function openingFor(entryId: string, subjectId: string, reason: string | undefined): PreparedOpening {
  const salt = randomBytes(saltLength);
  return {
    entryId,
    salt,
    subjectId,
    pseudonym: commitment(salt, 'subject', subjectId),
    reason: reason ?? null,
    actorName: null,
  };
}

function generalOpening(
  entryId: string,
  { actorName, reason }: { actorName?: string; reason?: string },
): PreparedOpening | null {
  if (actorName === undefined && reason === undefined) return null;
  return {
    entryId,
    salt: randomBytes(saltLength),
    subjectId: null,
    pseudonym: null,
    reason: reason ?? null,
    actorName: actorName ?? null,
  };
}

function committedIn(openings: readonly Opening[], what: 'reason' | 'actorName'): string | null {
  for (const opening of openings) {
    const value = opening[what];
    if (value !== null) return commitment(opening.salt, what, value);
  }
  return null;
}

/** What PostgreSQL's jsonb would refuse or change: NUL, half characters, numbers that are none. */
function requireLosslessJson(details: Details): void {
  for (const [name, value] of Object.entries(details)) {
    const isText = typeof value === 'string';
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Error(`The detail ${name} is not a finite number`);
    if (isText && (value.includes('\0') || !value.isWellFormed()))
      throw new Error(`The detail ${name} is not well-formed text`);
  }
}
