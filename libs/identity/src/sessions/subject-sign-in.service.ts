import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault } from '@abide/vault';
import { v4 } from 'uuid';
import { Repository } from 'typeorm';
import { Attempts, subjectAttempts } from '../credentials/attempts.js';
import { hashPassword, isWeakerThanCurrent, verifyPassword } from '../credentials/password-hash.js';
import { requireAcceptablePassword } from '../credentials/password.rules.js';
import { identifierToFind, type Identifier } from '../subjects/identifier.rules.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { Credential } from '../subjects/profile.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { Messenger } from '../verifications/messenger.js';
import type { VerifiedAct } from '../verifications/verification.entity.js';
import { Verifications, type StartedVerification } from '../verifications/verifications.service.js';
import { SubjectSessions, type IssuedTokens } from './subject-sessions.service.js';

const codeWindowMinutes = 60;
const recentSignInMinutes = 5;

/** How subjects prove who they are: by password or by a code, and how they change or reset the password. */
@Injectable()
export class SubjectSignIn implements OnModuleInit {
  constructor(
    @InjectRepository(Credential) private readonly credentialRepository: Repository<Credential>,
    @InjectRepository(Subject) private readonly subjectRepository: Repository<Subject>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attempts: Attempts,
    private readonly identifiers: Identifiers,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
    private readonly sessions: SubjectSessions,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.verifications.register({
      act: 'passwordReset',
      needsPassword: true,
      run: async ({ subjectId, target, passwordHash }) => {
        if (passwordHash === null || target === null || !(await this.identifiers.isConfirmedBy(subjectId, target)))
          throw outdated();
        await this.replacePassword(subjectId, passwordHash, {});
        await this.attempts.forgive(subjectAttempts(subjectId));
        return {};
      },
    });
  }

  /** @throws DomainError `session.invalid_credentials`, the same in the same time whether or not the account exists. */
  async withPassword(typed: Identifier, password: string, client: string): Promise<IssuedTokens> {
    const identifier = identifierToFind(typed);
    const owner = await this.findActiveOwner(identifier);
    const { subjectId, changedAt } = await this.attempts.guard(
      subjectAttempts(owner ?? (await this.nobody(identifier))),
      async () => {
        const credential = owner === null ? null : await this.credentialRepository.findOneBy({ subjectId: owner });
        const isRight = await verifyPassword(password, credential?.passwordHash ?? null);
        if (!credential || !isRight) throw wrong();
        if (isWeakerThanCurrent(credential.passwordHash)) await this.rehash(credential.subjectId, password);
        return credential;
      },
    );
    await this.attempts.forgiveCodes(subjectId);
    return this.sessions.open(subjectId, { method: 'password', client, passwordOf: changedAt });
  }

  /** Sends a code to sign in with, if the identifier is somebody's; the answer does not tell. */
  async requestSignInCode(typed: Identifier): Promise<StartedVerification> {
    return this.requestCode('signIn', typed);
  }

  /** Sends a code to reset the password with, if the identifier is somebody's; the answer does not tell. */
  async requestPasswordReset(typed: Identifier): Promise<StartedVerification> {
    return this.requestCode('passwordReset', typed);
  }

  /** Signs in with a code sent before; without its id, with the newest one. @throws DomainError as `Verifications.confirm`. */
  async withCode(
    typed: Identifier,
    { verificationId, code }: { verificationId: string | undefined; code: string },
    client: string,
  ): Promise<IssuedTokens> {
    const identifier = identifierToFind(typed);
    const expected = (await this.findActiveOwner(identifier)) ?? (await this.nobody(identifier));
    const id = verificationId ?? (await this.verifications.findNewest('signIn', expected));
    if (id === null) throw wrong();
    const credential = await this.credentialRepository.findOneBy({ subjectId: expected });
    const { subjectId, target } = await this.verifications.spend('signIn', id, code);
    if (subjectId !== expected || target === null || !(await this.identifiers.isConfirmedBy(subjectId, target)))
      throw wrong();
    return this.sessions.open(subjectId, { method: 'code', client, passwordOf: credential?.changedAt ?? null });
  }

  /**
   * Asks for more than a session before how somebody signs in is changed or sessions are ended, so that a stolen token does not become an account or shut its owner out:
   * the password, or that this session was signed in within the last five minutes.
   * @throws DomainError `access.reauthentication_needed`, `session.invalid_credentials`.
   */
  async reauthenticate(
    { subjectId, sessionId }: { subjectId: string; sessionId: string },
    password: string | undefined,
  ): Promise<void> {
    if (password !== undefined && (await this.credentialRepository.existsBy({ subjectId })))
      return this.requirePassword(subjectId, password);
    const recently = new Date(this.clock.now().getTime() - recentSignInMinutes * 60_000);
    if (await this.sessions.beganSince(subjectId, sessionId, recently)) return;
    throw reauthenticationNeeded(
      'Send the current password with this, or sign in again and repeat it within five minutes. Nothing was changed.',
    );
  }

  /** @throws DomainError `session.invalid_credentials` where it is wrong, or the account has none */
  async requirePassword(subjectId: string, password: string): Promise<void> {
    const credential = await this.credentialRepository.findOneBy({ subjectId });
    await this.attempts.guard(subjectAttempts(subjectId), () =>
      requireRight(password, credential?.passwordHash ?? null),
    );
  }

  /**
   * Sets a new password and ends every other session.
   * @throws DomainError `access.reauthentication_needed`, `session.invalid_credentials`, `password.*`.
   */
  async changePassword(
    whose: { subjectId: string; sessionId: string },
    { current, next }: { current: string | undefined; next: string },
  ): Promise<void> {
    const { subjectId, sessionId } = whose;
    requireAcceptablePassword(next, {
      by: 'subject',
      context: (await this.identifiers.list(subjectId)).map(({ value }) => value),
    });
    if (current === undefined && (await this.credentialRepository.existsBy({ subjectId })))
      throw reauthenticationNeeded('Send the current password with this. Nothing was changed.');
    const credential = await this.credentialRepository.findOneBy({ subjectId });
    await this.reauthenticate(whose, current);
    const passwordHash = await hashPassword(next);
    await this.db.transaction(async () => {
      const isSame = await this.sessions.holdCredential(subjectId, credential?.changedAt ?? null);
      if (!isSame || !(await this.sessions.holdLive(subjectId, sessionId)))
        throw reauthenticationNeeded('The password or the session changed meanwhile. Nothing was changed.');
      await this.replacePassword(subjectId, passwordHash, { except: sessionId });
    });
  }

  private async requestCode(
    act: Extract<VerifiedAct, 'signIn' | 'passwordReset'>,
    typed: Identifier,
  ): Promise<StartedVerification> {
    const to = identifierToFind(typed);
    await this.verifications.requireReachable(to);
    const owner = await this.findActiveOwner(to);
    const { started, message } = await this.verifications.start({
      act,
      subjectId: owner ?? (await this.nobody(to)),
      to,
      isDecoy: owner === null,
      minutes: codeWindowMinutes,
    });
    if (message) await this.messenger.send(message);
    return started;
  }

  /** Who stands in for the owner of an identifier that is nobody's: always the same, so that it is looked up the same way. */
  private async nobody({ type, value }: Identifier): Promise<string> {
    const index = await this.vault.blindIndex('identity.nobody', `${type}|${value}`);
    return v4({ random: index.subarray(0, 16) });
  }

  private async findActiveOwner(identifier: Identifier): Promise<string | null> {
    const owner = await this.identifiers.findOwner(identifier);
    const subject = owner === null ? null : await this.subjectRepository.findOneBy({ subjectId: owner });
    return subject?.isActive ? owner : null;
  }

  private async replacePassword(subjectId: string, passwordHash: string, keep: { except?: string }): Promise<void> {
    await this.credentialRepository.upsert({ subjectId, passwordHash, changedAt: this.clock.now() }, ['subjectId']);
    await this.sessions.endAllOf(subjectId, keep);
    await this.verifications.endAllOf(subjectId);
    await this.audit.record({ act: 'subject.passwordChanged', object: { type: 'subject', id: subjectId }, subjectId });
  }

  private async rehash(subjectId: string, password: string): Promise<void> {
    await this.credentialRepository.update({ subjectId }, { passwordHash: await hashPassword(password) });
  }
}

async function requireRight(password: string, passwordHash: string | null): Promise<void> {
  if (!(await verifyPassword(password, passwordHash))) throw wrong();
}

function reauthenticationNeeded(detail: string): DomainError {
  return new DomainError('forbidden', 'access.reauthentication_needed', { detail });
}

/** The address a code went to is the subject's no more. */
function outdated(): DomainError {
  return new DomainError('conflict', 'verification.expired', {
    detail: 'The contact details have changed since. Start again.',
  });
}

function wrong(): DomainError {
  return new DomainError('unauthenticated', 'session.invalid_credentials', {
    detail: 'The identifier, the password or the code is wrong.',
  });
}
