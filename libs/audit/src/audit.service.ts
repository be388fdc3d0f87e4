import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Database, requestContext, type Principal } from '@abide/platform';
import { ActorsStanding } from './actors-standing.js';
import { evidenceOf, type Act, type Actor, type Evidence } from './evidence.rules.js';
import { evidenceParts, evidenceValues } from './evidence.sql.js';

const statement = `WITH act AS (SELECT 1), ${evidenceParts({ of: 'act', first: 1 })} SELECT 1 FROM act`;

/** Writes the evidence of an act in the transaction of the act: no evidence, no act. */
@Injectable()
export class Audit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly standing: ActorsStanding,
  ) {}

  /**
   * The actor is the one of the request unless given, `system` outside of requests. An operator whose session has ended meanwhile does nothing more.
   * @throws Error when no transaction is open; DomainError `session.expired`. Whatever it throws, the open transaction cannot commit any more.
   */
  async record(act: Act): Promise<void> {
    if (!this.db.isInTransaction) throw new Error(`${act.act} must be recorded inside the transaction of the act`);
    try {
      if (act.actor === undefined) await this.requireStanding();
      await this.db.executePrepared('audit.record', statement, this.valuesOf(act));
    } catch (error) {
      this.db.refuseCommit(error);
      throw error;
    }
  }

  /**
   * The evidence of an act that is one statement: what `evidenceParts` in that statement take as parameters. Whoever puts them there
   * records the act with it, or neither.
   */
  valuesOf(act: Act): readonly unknown[] {
    return evidenceValues(this.evidenceNow(act));
  }

  /** Asked under the lock that ends a session: of an act and of what ends the right to it, one comes first. */
  private async requireStanding(): Promise<void> {
    const principal = requestContext()?.principal;
    if (principal?.kind !== 'operator' || (await this.standing.stands(principal))) return;
    throw new DomainError('unauthenticated', 'session.expired', {
      detail: 'The session has ended. Nothing was changed.',
    });
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
}

function actorOf(principal: Principal | null): Actor {
  if (principal === null) return { kind: 'system', id: 'system' };
  if (principal.kind === 'operator') return { kind: 'operator', id: principal.operatorId, name: principal.name };
  if (principal.kind === 'client') return { kind: 'client', id: principal.clientId };
  return { kind: 'subject', id: principal.subjectId };
}
