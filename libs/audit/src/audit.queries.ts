import { Injectable } from '@nestjs/common';
import { isId } from '@abide/kernel';
import { Database, readCursor, type Position } from '@abide/platform';
import type { AuditQuery } from './audit.dto.js';
import { commitment, verifyEntry, type ActorKind, type Details, type Entry, type Opening } from './entry.rules.js';
import { noSubject } from './opening.entity.js';
import type { ReadEntry } from './read-entry.js';

interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly act: string;
  readonly actor_kind: ActorKind;
  readonly actor_id: string;
  readonly actor_name: string | null;
  readonly object_type: string;
  readonly object_id: string;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly correlation_id: string | null;
  readonly details: Details;
  readonly leaf_hash: Buffer;
}

interface OpeningRow {
  readonly entry_id: string;
  readonly subject_id: string;
  readonly salt: Buffer;
  readonly reason: string | null;
  readonly actor_name: string | null;
}

type Filters = Omit<AuditQuery, 'limit' | 'cursor'>;

/** Reads the trail for operators. */
@Injectable()
export class AuditQueries {
  constructor(private readonly db: Database) {}

  /** Entries that match, newest first; one more than `limit` when there are more. */
  async list({ limit, cursor, ...filters }: AuditQuery): Promise<ReadEntry[]> {
    const { where, parameters } = conditions(filters, readCursor(cursor));
    const rows = await this.db.query<EntryRow>(
      `SELECT e.id, e.at, e.act, e.actor_kind, e.actor_id, e.actor_name, e.object_type, e.object_id, e.subject, e.reason,
         e.correlation_id, e.details, e.leaf_hash
       FROM audit.entries AS e ${where} ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1}`,
      parameters,
    );
    const openings = await this.openingsOf(rows.map(({ id }) => id));
    return rows.map((row) =>
      readEntry(
        row,
        openings.filter(({ entryId }) => entryId === row.id),
      ),
    );
  }

  private async openingsOf(entryIds: readonly string[]): Promise<Opening[]> {
    const rows = await this.db.query<OpeningRow>(
      'SELECT entry_id, subject_id, salt, reason, actor_name FROM audit.openings WHERE entry_id = ANY($1::uuid[])',
      [entryIds],
    );
    return rows.map((row) => ({
      entryId: row.entry_id,
      salt: row.salt,
      subjectId: row.subject_id === noSubject ? null : row.subject_id,
      reason: row.reason,
      actorName: row.actor_name,
    }));
  }
}

/** A subject is found through its openings, everything else by the entry itself. */
function conditions(filters: Filters, after: Position | null): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const opened = (id: string, column: string) =>
    `EXISTS (SELECT 1 FROM audit.openings AS o WHERE o.subject_id = ${bind(id)} AND o.entry_id = e.id AND o.pseudonym = e.${column})`;
  const isOrOpens = (id: string, column: string) =>
    isId(id) ? `(e.${column} = ${bind(id)} OR ${opened(id, column)})` : `e.${column} = ${bind(id)}`;
  const { actorId, act, objectType, objectId, subjectId, from, to } = filters;
  const all = [
    actorId === undefined ? null : isOrOpens(actorId, 'actor_id'),
    act === undefined ? null : `e.act = ${bind(act)}`,
    objectType === undefined ? null : `e.object_type = ${bind(objectType)}`,
    objectId === undefined ? null : isOrOpens(objectId, 'object_id'),
    subjectId === undefined ? null : opened(subjectId, 'subject'),
    from === undefined ? null : `e.at >= ${bind(from)}`,
    to === undefined ? null : `e.at < ${bind(to)}`,
    after === null ? null : `(e.at, e.id) < (${bind(after.at)}, ${bind(after.id)})`,
  ].filter((condition) => condition !== null);
  return { where: all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`, parameters };
}

function readEntry(row: EntryRow, openings: readonly Opening[]): ReadEntry {
  const entry: Entry = {
    id: row.id,
    at: row.at,
    act: row.act,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    object: { type: row.object_type, id: row.object_id },
    subject: row.subject,
    reason: row.reason,
    correlationId: row.correlation_id,
    details: row.details,
  };
  const subjects = new Map(
    openings.map(({ salt, subjectId }) => [
      subjectId === null ? null : commitment(salt, 'subject', subjectId),
      subjectId,
    ]),
  );
  return {
    entry,
    actorId: subjects.get(entry.actor.id) ?? entry.actor.id,
    actorName: openings.find(({ actorName }) => actorName !== null)?.actorName ?? null,
    objectId: subjects.get(entry.object.id) ?? entry.object.id,
    subjectId: entry.subject === null ? null : (subjects.get(entry.subject) ?? null),
    reason: openings.find(({ reason }) => reason !== null)?.reason ?? null,
    isIntact: verifyEntry(entry, row.leaf_hash, openings).length === 0,
  };
}
