import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Database, Delivery, type SubjectPrincipal } from '@abide/platform';
import { channelOf, type Identifier } from '../subjects/identifier.rules.js';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { SubjectSignIn } from '../sessions/subject-sign-in.service.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type StartedVerification } from '../verifications/verifications.service.js';

/** Proof that whoever asks for something about an account can be reached where the account can: a code to an address that it has confirmed. */
@Injectable()
export class RequestCodes {
  constructor(
    private readonly db: Database,
    private readonly delivery: Delivery,
    private readonly identifiers: Identifiers,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
    private readonly signIn: SubjectSignIn,
    private readonly sessions: SubjectSessions,
  ) {}

  /** Declares what follows, in the transaction that spends a code. Call it while modules initialise. */
  whenProven(run: (proven: { subjectId: string; verificationId: string }) => Promise<void>): void {
    this.verifications.register({
      act: 'request',
      needsPassword: false,
      run: async ({ subjectId, verificationId }) => {
        await run({ subjectId, verificationId });
        return {};
      },
    });
  }

  /**
   * Starts a code that can be asked for again for `minutes`, and does `act` in the same transaction; the code leaves after it.
   * @throws DomainError `verification.unreachable` where no confirmed address can be reached, `session.too_many_attempts`
   */
  async start<T>(
    subjectId: string,
    minutes: number,
    act: (started: StartedVerification) => Promise<T>,
  ): Promise<{ readonly started: StartedVerification; readonly done: T }> {
    const to = await this.reachableAt(subjectId);
    await this.verifications.requireReachable(to);
    const { started, message, done } = await this.db.transaction(async () => {
      const begun = await this.verifications.start({ act: 'request', subjectId, to, isDecoy: false, minutes });
      return { ...begun, done: await act(begun.started) };
    });
    if (message) await this.messenger.send(message);
    return { started, done };
  }

  /** A proof beside the code: the password of whoever asks. @throws DomainError `session.invalid_credentials`, `session.too_many_attempts` */
  async requirePassword(subjectId: string, password: string): Promise<void> {
    await this.signIn.requirePassword(subjectId, password);
  }

  /** Whether whoever holds this session signed in at `since` or later; that it was renewed says nothing. */
  signedInSince({ subjectId, sessionId }: SubjectPrincipal, since: Date): Promise<boolean> {
    return this.sessions.beganSince(subjectId, sessionId, since);
  }

  /** @throws DomainError as `Verifications.confirm`, or what follows the proof throws. Must not run in a transaction. */
  async confirm(verificationId: string, code: string): Promise<void> {
    await this.verifications.confirm(verificationId, code);
  }

  private async reachableAt(subjectId: string): Promise<Identifier> {
    const held = await this.identifiers.list(subjectId);
    const reachable = held.find(
      ({ type, confirmedAt }) => confirmedAt !== null && this.delivery.isConfigured(channelOf(type)),
    );
    if (!reachable)
      throw new DomainError('conflict', 'verification.unreachable', {
        detail:
          'No confirmed phone number or e-mail address of this account can be reached. Confirm one, then ask again.',
      });
    return { type: reachable.type, value: reachable.value };
  }
}
