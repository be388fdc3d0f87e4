import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Database, requestContext, type Principal } from '@abide/platform';
import { leafHash } from './entry.rules.js';
import { evidenceOf, type Act, type Actor, type Evidence } from './evidence.rules.js';
import { noSubject } from './opening.entity.js';

/** Writes the evidence of an act in the transaction of the act: no evidence, no act. */
@Injectable()
export class Audit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The actor is the one of the request unless given, `system` outside of requests.
   * @throws Error when no transaction is open. Whatever it throws, the open transaction cannot commit any more.
   */
  async record(act: Act): Promise<void> {
    if (!this.db.isInTransaction) throw new Error(`${act.act} must be recorded inside the transaction of the act`);
    try {
      await this.append(this.evidenceNow(act));
    } catch (error) {
      this.db.refuseCommit(error);
      throw error;
    }
  }

  private evidenceNow(act: Act): Evidence {
    const context = requestContext();
    const circumstances = {
      id: newId(),
      at: this.clock.now(),
      actor: act.actor ?? actorOf(context?.principal ?? null),
      correlationId: context?.correlationId ?? null,
    };
    return evidenceOf(act, circumstances);
  }

  private async append({ entry, openings }: Evidence): Promise<void> {
    const { actor, object } = entry;
    await this.db.executePrepared(
      'audit.append',
      `WITH entry AS (
         INSERT INTO audit.entries
           (id, form, at, act, actor_kind, actor_id, actor_name, object_type, object_id, subject, reason, correlation_id, details, leaf_hash)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       )
       INSERT INTO audit.openings (entry_id, subject_id, salt, pseudonym, reason, actor_name)
       SELECT $1, * FROM unnest($14::uuid[], $15::bytea[], $16::text[], $17::text[], $18::text[])`,
      [
        entry.id, entry.at, entry.act, actor.kind, actor.id, actor.name, object.type, object.id,
        entry.subject, entry.reason, entry.correlationId, JSON.stringify(entry.details), leafHash(entry),
        openings.map((opening) => opening.subjectId ?? noSubject),
        openings.map((opening) => opening.salt),
        openings.map((opening) => opening.pseudonym),
        openings.map((opening) => opening.reason),
        openings.map((opening) => opening.actorName),
      ],
    );
  }
}

function actorOf(principal: Principal | null): Actor {
  if (principal === null) return { kind: 'system', id: 'system' };
  if (principal.kind === 'operator') return { kind: 'operator', id: principal.operatorId, name: principal.name };
  if (principal.kind === 'client') return { kind: 'client', id: principal.clientId };
  return { kind: 'subject', id: principal.subjectId };
}
