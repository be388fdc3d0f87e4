import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ActorsStanding, Audit } from '@abide/audit';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Database, requestContext } from '@abide/platform';
import { Vault } from '@abide/vault';
import { IsNull, Repository } from 'typeorm';
import { hashToken, newToken } from '../credentials/tokens.js';
import { absoluteHours, idleMinutes, OperatorSession, stepUpMinutes } from './operator-session.entity.js';
import { Operator } from './operator.entity.js';

/** A session with the token that opens it; the token is never kept. */
export interface OpenedSession {
  readonly session: OperatorSession;
  readonly token: string;
}

export type EndReason = 'signedOut' | 'revoked' | 'passwordChanged' | 'rolesChanged' | 'factorChanged' | 'deactivated';

const seenEverySeconds = 20;
const longestUserAgent = 300;

/** Console sessions: an opaque token, 15 minutes idle, 8 hours in all. */
@Injectable()
export class OperatorSessions implements OnModuleInit {
  constructor(
    @InjectRepository(Operator) private readonly operatorRepository: Repository<Operator>,
    @InjectRepository(OperatorSession) private readonly operatorSessionRepository: Repository<OperatorSession>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly standing: ActorsStanding,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.standing.register(({ sessionId }) => this.holdLive(sessionId));
  }

  /**
   * Opens a session for an operator who has just proved who they are; that proof is good for a step-up too.
   * @throws DomainError `session.invalid_credentials` where they were changed or shut out while the proof was looked at.
   */
  async open({ id: operatorId, version }: Pick<Operator, 'id' | 'version'>, userAgent: string): Promise<OpenedSession> {
    const now = this.clock.now();
    const token = newToken();
    const session = this.operatorSessionRepository.create({
      id: newId(),
      operatorId,
      tokenHash: hashToken(token),
      address: requestContext()?.address ?? '',
      userAgent: userAgent.slice(0, longestUserAgent),
      createdAt: now,
      lastSeenAt: now,
      stepUpUntil: stepUpFrom(now),
      endedAt: null,
    });
    await this.db.transaction(async () => {
      const same = await this.db.query(
        'SELECT 1 FROM identity.operators WHERE id = $1 AND version = $2 AND is_active FOR SHARE',
        [operatorId, version],
      );
      if (same.length === 0)
        throw new DomainError('unauthenticated', 'session.invalid_credentials', {
          detail: 'The e-mail address, the password or the code is wrong.',
        });
      await this.operatorSessionRepository.insert(session);
      await this.audit.record({
        act: 'operatorSession.started',
        object: objectOf(session.id),
        actor: { kind: 'operator', id: operatorId },
      });
    });
    return { session, token };
  }

  /** Gives a session a new token and the right to what needs a step-up for five minutes. */
  async stepUp(id: string): Promise<OpenedSession> {
    const token = newToken();
    return this.db.transaction(async () => {
      const session = await this.getLive(id);
      session.tokenHash = hashToken(token);
      session.lastSeenAt = this.clock.now();
      session.stepUpUntil = stepUpFrom(session.lastSeenAt);
      await this.operatorSessionRepository.save(session);
      await this.audit.record({ act: 'operatorSession.steppedUp', object: objectOf(id) });
      return { session, token };
    });
  }

  /** The live session behind a token and its active operator, or null; notes that it was used. */
  async resume(token: string): Promise<{ session: OperatorSession; operator: Operator } | null> {
    const now = this.clock.now();
    const session = await this.operatorSessionRepository.findOneBy({ tokenHash: hashToken(token) });
    if (!session?.isLiveAt(now)) return null;
    const operator = await this.operatorRepository.findOneBy({ id: session.operatorId, isActive: true });
    if (!operator) return null;
    await this.noteUse(session, now);
    return { session, operator };
  }

  /** @throws DomainError `session.expired`. */
  async getLive(id: string): Promise<OperatorSession> {
    const session = await this.operatorSessionRepository.findOneBy({ id });
    if (!session?.isLiveAt(this.clock.now())) throw new DomainError('unauthenticated', 'session.expired');
    return session;
  }

  /** What the console seals the operator's unsaved work with: always the same for one operator, and nobody else's. */
  async draftKeyOf(operatorId: string): Promise<string> {
    return (await this.vault.derivedKey('operatorDrafts', operatorId)).toString('base64url');
  }

  /** The live sessions of one operator, newest first. */
  async listLive(operatorId: string): Promise<OperatorSession[]> {
    const sessions = await this.operatorSessionRepository.find({
      where: { operatorId, endedAt: IsNull() },
      order: { createdAt: 'DESC' },
      take: 100,
    });
    return sessions.filter((session) => session.isLiveAt(this.clock.now()));
  }

  /** Ends one of the operator's own sessions. @throws DomainError `session.not_found`. */
  async endOwn(operatorId: string, id: string, reason: EndReason): Promise<void> {
    await this.db.transaction(async () => {
      const ended = await this.db.execute(
        'UPDATE identity.operator_sessions SET ended_at = $3 WHERE id = $2 AND operator_id = $1 AND ended_at IS NULL',
        [operatorId, id, this.clock.now()],
      );
      if (ended === 0) throw new DomainError('notFound', 'session.not_found');
      await this.audit.record({ act: 'operatorSession.ended', object: objectOf(id), details: { reason } });
    });
  }

  /** Ends every session of an operator; joins the open transaction. */
  async endAllOf(operatorId: string, reason: EndReason): Promise<void> {
    const ended = await this.db.execute(
      'UPDATE identity.operator_sessions SET ended_at = $2 WHERE operator_id = $1 AND ended_at IS NULL',
      [operatorId, this.clock.now()],
    );
    if (ended === 0) return;
    await this.audit.record({
      act: 'operatorSession.allEnded',
      object: { type: 'operator', id: operatorId },
      details: { reason, ended },
    });
  }

  /** Deletes sessions that ended or ran out before `before`. */
  async sweep(before: Date): Promise<void> {
    const oldest = new Date(before.getTime() - absoluteHours * 3_600_000);
    await this.db.execute('DELETE FROM identity.operator_sessions WHERE created_at < $1', [oldest]);
  }

  /** Whether the session has not ended, or only by the open transaction itself; it stays so until that ends. */
  private async holdLive(id: string): Promise<boolean> {
    const held = await this.db.query(
      `SELECT 1 FROM identity.operator_sessions WHERE id = $1 AND (ended_at IS NULL OR xmin = pg_current_xact_id()::xid) FOR SHARE`,
      [id],
    );
    return held.length === 1;
  }

  /** Written at most every twenty seconds, so that a busy page does not write at each request. */
  private async noteUse(session: OperatorSession, now: Date): Promise<void> {
    if (now.getTime() - session.lastSeenAt.getTime() < seenEverySeconds * 1000) return;
    const idleSince = new Date(now.getTime() - idleMinutes * 60_000);
    session.lastSeenAt = now;
    await this.db.execute(
      'UPDATE identity.operator_sessions SET last_seen_at = $2 WHERE id = $1 AND ended_at IS NULL AND last_seen_at > $3',
      [session.id, now, idleSince],
    );
  }
}

function stepUpFrom(now: Date): Date {
  return new Date(now.getTime() + stepUpMinutes * 60_000);
}

function objectOf(id: string): { type: string; id: string } {
  return { type: 'operatorSession', id };
}
