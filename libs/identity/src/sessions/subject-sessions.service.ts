import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, dayInMilliseconds, DomainError, newId } from '@abide/kernel';
import { Database, BatchingLoader, requestContext, UseListeners } from '@abide/platform';
import { Vault } from '@abide/vault';
import { IsNull, MoreThan, MoreThanOrEqual, Repository } from 'typeorm';
import { hashToken } from '../credentials/tokens.js';
import type { SubjectKind } from '../subjects/subject.entity.js';
import { AccessTokens, lifetimeSeconds } from '../tokens/access-tokens.service.js';
import { newSubjectToken, readSubjectToken } from './subject-token.js';
import { SessionSpans } from './session-spans.js';
import { signInPlace } from './sign-in-place.js';
import { SessionToken, SignInRecord, SubjectSession, type SignInMethod } from './subject-session.entity.js';

export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** A session as its subject sees it. */
export interface ListedSession {
  readonly session: SubjectSession;
  /** Null for a device, which never signed in. */
  readonly signIn: OpenedSignIn | null;
}

/** A sign-in record in the open. */
export interface OpenedSignIn {
  readonly id: string;
  readonly at: Date;
  readonly method: SignInMethod;
  readonly address: string;
  /** What the app said of itself. */
  readonly client: string;
}

const idleDays = 30;
const deviceDays = 400;
const absoluteDays = 180;
const longestClientText = 300;

/** Sessions of people, enterprises and devices: short access tokens, refresh tokens that work once, and the record of each sign-in. */
@Injectable()
export class SubjectSessions {
  private readonly liveKinds: BatchingLoader<SubjectKind>;

  constructor(
    @InjectRepository(SessionToken) private readonly sessionTokenRepository: Repository<SessionToken>,
    @InjectRepository(SignInRecord) private readonly signInRecordRepository: Repository<SignInRecord>,
    @InjectRepository(SubjectSession) private readonly subjectSessionRepository: Repository<SubjectSession>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tokens: AccessTokens,
    private readonly uses: UseListeners,
    private readonly spans: SessionSpans,
  ) {
    this.liveKinds = new BatchingLoader(db, (keys) => this.readLive(keys));
  }

  /**
   * Opens a session for a subject who has just proved who they are. `client` is what the app says of itself.
   * @throws DomainError `session.invalid_credentials` where the password was changed, or the account closed, while the proof was looked at.
   */
  async open(
    subjectId: string,
    { method, client, passwordOf }: { method: 'password' | 'code'; client: string; passwordOf: Date | null },
  ): Promise<IssuedTokens> {
    const session = this.newSession(subjectId, method, idleDays);
    return this.db.transaction(async () => {
      if (!(await this.holdCredential(subjectId, passwordOf)))
        throw new DomainError('unauthenticated', 'session.invalid_credentials', {
          detail: 'The identifier, the password or the code is wrong.',
        });
      await this.subjectSessionRepository.insert(session);
      await this.record(session, client);
      await this.uses.tellPrivacyControlOfRequest(subjectId);
      return this.issue(session);
    });
  }

  /** A long-lived token for a device that is not signed in: opaque, kept by its hash, ended like any session. */
  async openForDevice(deviceId: string): Promise<string> {
    const session = this.newSession(deviceId, 'device', deviceDays);
    const token = newSubjectToken('device', deviceId);
    await this.subjectSessionRepository.insert(session);
    await this.keepToken(session, token);
    await this.uses.tellPrivacyControlOfRequest(deviceId);
    return token;
  }

  /**
   * Exchanges a refresh token for a new pair. One that was used before ends its session, for whoever holds it.
   * @throws DomainError `session.invalid_refresh_token`, `session.refresh_reused`.
   */
  async refresh(refreshToken: string): Promise<IssuedTokens> {
    const subjectId = readSubjectToken('refresh', refreshToken);
    if (subjectId === null) throw invalidRefresh();
    const issued = await this.db.transaction(async () => {
      const session = await this.spend(subjectId, hashToken(refreshToken));
      if (session) await this.uses.tellPrivacyControlOfRequest(subjectId);
      return session ? this.issue(await this.prolong(session)) : null;
    });
    if (issued) return issued;
    throw new DomainError('unauthenticated', 'session.refresh_reused', {
      detail: 'This token was used before, so the session has ended. Sign in again.',
    });
  }

  /** What kind of subject the live session is of, or null. Asked at every request. */
  async findLive(subjectId: string, sessionId: string): Promise<SubjectKind | null> {
    return (await this.liveKinds.get(sessionKey(subjectId, sessionId))) ?? null;
  }

  /** Whether the account is active and its password still the one of `passwordOf`, null for none; it stays so until the open transaction ends. */
  async holdCredential(subjectId: string, passwordOf: Date | null): Promise<boolean> {
    const active = await this.db.query(
      "SELECT 1 FROM identity.subjects WHERE subject_id = $1 AND status = 'active' FOR SHARE",
      [subjectId],
    );
    const [credential] = await this.db.query<{ changed_at: Date }>(
      'SELECT changed_at FROM identity.credentials WHERE subject_id = $1 FOR SHARE',
      [subjectId],
    );
    return active.length === 1 && (credential?.changed_at.getTime() ?? null) === (passwordOf?.getTime() ?? null);
  }

  /** Whether the session is live, and keeps it so until the open transaction ends; of several who ask, one at a time. */
  async holdLive(subjectId: string, id: string): Promise<boolean> {
    const held = await this.db.query(
      `SELECT 1 FROM identity.subject_sessions session JOIN identity.subjects subject ON subject.subject_id = session.subject_id
       WHERE session.subject_id = $1 AND session.id = $2 AND session.ended_at IS NULL AND session.expires_at > $3 AND subject.status = 'active' FOR UPDATE OF session`,
      [subjectId, id, this.clock.now()],
    );
    return held.length === 1;
  }

  /** Whether the session began by a sign-in at `since` or later; refreshing it does not count. */
  async beganSince(subjectId: string, id: string, since: Date): Promise<boolean> {
    return this.subjectSessionRepository.existsBy({ subjectId, id, createdAt: MoreThanOrEqual(since) });
  }

  /** The session behind a device's token, or null. */
  async findByDeviceToken(token: string): Promise<{ subjectId: string; sessionId: string } | null> {
    const subjectId = readSubjectToken('device', token);
    if (subjectId === null) return null;
    const found = await this.sessionTokenRepository.findOneBy({
      subjectId,
      tokenHash: hashToken(token),
      usedAt: IsNull(),
    });
    return found && { subjectId, sessionId: found.sessionId };
  }

  /** The live sessions of a subject, newest first. */
  async listLive(subjectId: string): Promise<ListedSession[]> {
    const sessions = await this.subjectSessionRepository.find({
      where: { subjectId, endedAt: IsNull() },
      order: { createdAt: 'DESC' },
      take: 100,
    });
    const listed: ListedSession[] = [];
    for (const session of sessions.filter((candidate) => candidate.isLiveAt(this.clock.now()))) {
      const record = await this.signInRecordRepository.findOneBy({ subjectId, id: session.id });
      listed.push({ session, signIn: record && (await this.openRecord(record)) });
    }
    return listed;
  }

  async countLive(subjectId: string): Promise<number> {
    const rows = await this.db.query(
      'SELECT 1 FROM identity.subject_sessions WHERE subject_id = $1 AND ended_at IS NULL AND expires_at > $2',
      [subjectId, this.clock.now()],
    );
    return rows.length;
  }

  /** Sign-in records by id after `after`, opened. */
  async signInsAfter(subjectId: string, after: string | null, limit: number): Promise<OpenedSignIn[]> {
    const where = after === null ? { subjectId } : { subjectId, id: MoreThan(after) };
    const records = await this.signInRecordRepository.find({ where, order: { id: 'ASC' }, take: limit });
    const opened: OpenedSignIn[] = [];
    for (const record of records) opened.push(await this.openRecord(record));
    return opened;
  }

  /** @throws DomainError `session.not_found`. */
  async end(subjectId: string, id: string): Promise<void> {
    const ended = await this.endWhere('subject_id = $2 AND id = $3', [subjectId, id]);
    if (ended === 0) throw new DomainError('notFound', 'session.not_found');
  }

  /** Ends every session of a subject but the one to keep; joins the open transaction. */
  async endAllOf(subjectId: string, { except }: { except?: string } = {}): Promise<void> {
    await this.endWhere('subject_id = $2 AND ($3::uuid IS NULL OR id <> $3)', [subjectId, except ?? null]);
  }

  /** Ends every session of a person and of the devices that are theirs; joins the open transaction. */
  async endAllAround(personId: string): Promise<void> {
    await this.endWhere(
      '(subject_id = $2 OR subject_id IN (SELECT device_id FROM identity.device_links WHERE subject_id = $2 AND ended_at IS NULL))',
      [personId],
    );
  }

  /** `condition` in SQL, by the parameters from `$2` on. Answers how many there were. */
  private endWhere(condition: string, parameters: readonly unknown[]): Promise<number> {
    return this.db.transaction(async () => {
      const ended = await this.db.query<{ subjectId: string; id: string }>(
        `UPDATE identity.subject_sessions SET ended_at = $1 WHERE ended_at IS NULL AND ${condition} RETURNING subject_id AS "subjectId", id`,
        [this.clock.now(), ...parameters],
      );
      for (const [subjectId, own] of Map.groupBy(ended, (one) => one.subjectId))
        await this.spans.tellEnded(
          subjectId,
          own.map(({ id }) => id),
        );
      return ended.length;
    });
  }

  /** The end is compared outside of WHERE, so that no plan begins with all sessions that have not ended. */
  private async readLive(keys: readonly string[]): Promise<ReadonlyMap<string, SubjectKind>> {
    const pairs = keys.map((key) => key.split(' '));
    const rows = await this.db.prepared<{ subject_id: string; id: string; kind: SubjectKind; is_live: boolean }>(
      'identity.live_sessions',
      `SELECT session.subject_id, session.id, subject.kind, session.expires_at > $3 AS is_live
       FROM unnest($1::uuid[], $2::uuid[]) AS asked (subject_id, id)
       JOIN identity.subject_sessions session ON session.subject_id = asked.subject_id AND session.id = asked.id
       JOIN identity.subjects subject ON subject.subject_id = session.subject_id
       WHERE session.ended_at IS NULL AND subject.status = 'active'`,
      [pairs.map(([subjectId]) => subjectId), pairs.map(([, id]) => id), this.clock.now()],
    );
    return new Map(
      rows.filter((row) => row.is_live).map(({ subject_id, id, kind }) => [sessionKey(subject_id, id), kind]),
    );
  }

  private newSession(subjectId: string, method: SignInMethod, days: number): SubjectSession {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + days * dayInMilliseconds);
    return this.subjectSessionRepository.create({
      subjectId,
      id: newId(),
      method,
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
      endedAt: null,
    });
  }

  private async record({ subjectId, id, method, createdAt }: SubjectSession, client: string): Promise<void> {
    const where = { subjectId, id };
    await this.signInRecordRepository.insert({
      ...where,
      method,
      at: createdAt,
      address: await this.vault.seal(signInPlace(where, 'address'), requestContext()?.address ?? ''),
      client: await this.vault.seal(signInPlace(where, 'client'), client.slice(0, longestClientText).toWellFormed()),
    });
  }

  private async openRecord(record: SignInRecord): Promise<OpenedSignIn> {
    const { id, at, method } = record;
    const address = await this.vault.open(signInPlace(record, 'address'), record.address);
    return { id, at, method, address, client: await this.vault.open(signInPlace(record, 'client'), record.client) };
  }

  private async issue(session: SubjectSession): Promise<IssuedTokens> {
    const { subjectId, id } = session;
    const refreshToken = newSubjectToken('refresh', subjectId);
    await this.keepToken(session, refreshToken);
    const accessToken = await this.tokens.issue({ sub: subjectId, kind: 'subject', sid: id, scope: '' });
    return { accessToken, refreshToken, expiresIn: lifetimeSeconds };
  }

  private async keepToken({ subjectId, id }: SubjectSession, token: string): Promise<void> {
    await this.sessionTokenRepository.insert({
      subjectId,
      tokenHash: hashToken(token),
      sessionId: id,
      issuedAt: this.clock.now(),
      usedAt: null,
    });
  }

  /** The live session of an unused token, which is used now; null, with the session ended, when it was used before. */
  private async spend(subjectId: string, tokenHash: Buffer): Promise<SubjectSession | null> {
    const now = this.clock.now();
    const spent = await this.db.execute(
      'UPDATE identity.session_tokens SET used_at = $3 WHERE subject_id = $1 AND token_hash = $2 AND used_at IS NULL',
      [subjectId, tokenHash, now],
    );
    const token = await this.sessionTokenRepository.findOneBy({ subjectId, tokenHash });
    const session = token && (await this.subjectSessionRepository.findOneBy({ subjectId, id: token.sessionId }));
    if (!session?.isLiveAt(now) || (await this.findLive(subjectId, session.id)) === null) throw invalidRefresh();
    if (spent === 1) return session;
    await this.end(subjectId, session.id);
    return null;
  }

  private async prolong(session: SubjectSession): Promise<SubjectSession> {
    const now = this.clock.now();
    const latest = session.createdAt.getTime() + absoluteDays * dayInMilliseconds;
    const expiresAt = new Date(Math.min(now.getTime() + idleDays * dayInMilliseconds, latest));
    await this.subjectSessionRepository.update(
      { subjectId: session.subjectId, id: session.id },
      { lastUsedAt: now, expiresAt },
    );
    return session;
  }
}

function sessionKey(subjectId: string, sessionId: string): string {
  return `${subjectId} ${sessionId}`;
}

function invalidRefresh(): DomainError {
  return new DomainError('unauthenticated', 'session.invalid_refresh_token', {
    detail: 'This token is not valid, or not any more. Sign in again.',
  });
}
