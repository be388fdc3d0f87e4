import { leafHash } from './entry.rules.js';
import type { Evidence } from './evidence.rules.js';
import { noSubject } from './opening.entity.js';

/** How many parameters evidence takes. */
export const evidenceCount = 18;

/**
 * The parts of a WITH that write evidence once for each row of `of`, which is another part of it. Their parameters are numbered from `first`
 * on, in the order of `evidenceValues`.
 */
export function evidenceParts({ of, first }: { readonly of: string; readonly first: number }): string {
  const at = (index: number, type: string) => `$${first + index}::${type}`;
  return `audit_entry AS (
    INSERT INTO audit.entries (id, form, at, act, actor_kind, actor_id, actor_name, object_type, object_id, subject, reason, correlation_id, details, leaf_hash)
    SELECT ${at(0, 'uuid')}, 1, ${at(1, 'timestamptz')}, ${at(2, 'text')}, ${at(3, 'text')}, ${at(4, 'text')}, ${at(5, 'text')}, ${at(6, 'text')},
      ${at(7, 'text')}, ${at(8, 'text')}, ${at(9, 'text')}, ${at(10, 'text')}, ${at(11, 'jsonb')}, ${at(12, 'bytea')} FROM ${of}
  ), audit_openings AS (
    INSERT INTO audit.openings (entry_id, subject_id, salt, pseudonym, reason, actor_name)
    SELECT ${at(0, 'uuid')}, opening.* FROM ${of}, unnest(${at(13, 'uuid[]')}, ${at(14, 'bytea[]')}, ${at(15, 'text[]')}, ${at(16, 'text[]')}, ${at(17, 'text[]')}) AS opening
  )`;
}

export function evidenceValues({ entry, openings }: Evidence): unknown[] {
  const { actor, object } = entry;
  return [
    entry.id,
    entry.at,
    entry.act,
    actor.kind,
    actor.id,
    actor.name,
    object.type,
    object.id,
    entry.subject,
    entry.reason,
    entry.correlationId,
    JSON.stringify(entry.details),
    leafHash(entry),
    openings.map((opening) => opening.subjectId ?? noSubject),
    openings.map((opening) => opening.salt),
    openings.map((opening) => opening.pseudonym),
    openings.map((opening) => opening.reason),
    openings.map((opening) => opening.actorName),
  ];
}
