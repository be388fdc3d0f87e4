import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, DomainError, newId, type Locale } from '@abide/kernel';
import { Database, Delivery, requestContext, type Message } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import { Attempts } from '../credentials/attempts.js';
import { hashPassword } from '../credentials/password-hash.js';
import { requireAcceptablePassword } from '../credentials/password.rules.js';
import { channelOf, type Identifier } from '../subjects/identifier.rules.js';
import { codeText } from './code-messages.js';
import { Messenger } from './messenger.js';
import { codeMinutes, mostTries, Verification, type VerifiedAct } from './verification.entity.js';

export interface NewVerification {
  readonly act: VerifiedAct;
  readonly subjectId: string;
  readonly to: Identifier;
  readonly isDecoy: boolean;
  /** How long further codes can be asked for. */
  readonly minutes: number;
  /** In which language it is written, where whoever gets it is not who asks for it, and what is said after the code. */
  readonly wording?: CodeWording;
}

export interface CodeWording {
  readonly locale: Locale;
  /** Without a run of six digits. */
  readonly after: string;
}

/** What a client is told about a code on its way; the same whether or not somebody gets it. */
export interface StartedVerification {
  readonly id: string;
  readonly channel: Verification['channel'];
  readonly expiresAt: Date;
}

/** What the modules behind an act do once its code is right. */
export interface VerifiedActHandler {
  readonly act: VerifiedAct;
  readonly needsPassword: boolean;
  /** Runs in the transaction that spends the code. */
  run(verified: {
    subjectId: string;
    verificationId: string;
    target: Identifier | null;
    passwordHash: string | null;
  }): Promise<Confirmed>;
}

/** How far a registration has come: active, or waiting for the guardian's code, or until when for what proves the guardian's age. */
export interface Registered {
  readonly subjectId: string;
  readonly guardianVerification?: StartedVerification;
  readonly guardianAgeUntil?: Date;
  readonly isAdvised: boolean;
}

/** What came of a confirmation, and whom to tell after it. */
export interface Confirmed {
  readonly registered?: Registered;
  readonly messages?: readonly Message[];
}

type Whose = Pick<Verification, 'act' | 'subjectId' | 'id' | 'isDecoy'>;

/** Holds the keys for decoys of accounts that do not exist; never a subject itself. */
const standInId = '00000000-0000-4000-8000-000000000000';

/** One-time codes: six digits, ten minutes, five tries, bound to one act of one subject. */
@Injectable()
export class Verifications implements OnApplicationBootstrap {
  private readonly handlers = new Map<VerifiedAct, VerifiedActHandler>();

  constructor(
    @InjectRepository(Verification) private readonly verificationRepository: Repository<Verification>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly attempts: Attempts,
    private readonly delivery: Delivery,
    private readonly messenger: Messenger,
  ) {}

  /** The stand-in has keys before anybody asks, so that no request needs a connection besides its own to make them. */
  async onApplicationBootstrap(): Promise<void> {
    await this.vault.createKeys(standInId);
  }

  /** Declares what follows when codes of an act are confirmed. Call it while modules initialise. */
  register(handler: VerifiedActHandler): void {
    this.handlers.set(handler.act, handler);
  }

  /** @throws DomainError `delivery.not_configured` or `session.too_many_attempts`; asked before anything is stored. */
  async requireReachable({ type, value }: Identifier): Promise<void> {
    const channel = channelOf(type);
    if (!this.delivery.isConfigured(channel))
      throw new DomainError('conflict', 'delivery.not_configured', {
        detail: 'Codes cannot be sent this way at present.',
        extra: { channel },
      });
    await this.attempts.takeMessage({ type, value });
  }

  /** Stores a new code in the open transaction. The message is for the caller to send after it; null for a decoy. */
  async start({
    act,
    subjectId,
    to,
    isDecoy,
    minutes,
    wording,
  }: NewVerification): Promise<{ started: StartedVerification; message: Message | null }> {
    const now = this.clock.now();
    const endsAt = minutesAfter(now, minutes);
    const [id, code, channel] = [newId(), newCode(), channelOf(to.type)];
    const verification = this.verificationRepository.create({
      subjectId,
      id,
      act,
      channel,
      isDecoy,
      tries: 0,
      sends: 1,
      createdAt: now,
      usedAt: null,
      codeHash: await this.hash(id, code),
      target: await this.sealTarget({ act, subjectId, id, isDecoy }, to),
      receiverKey: await this.attempts.receiverKey(to),
      expiresAt: codeEnd(now, endsAt),
      endsAt,
    });
    await this.db.transaction(() => this.verificationRepository.insert(verification));
    return {
      started: startedOf(verification),
      message: isDecoy ? null : messageOf(to, codeText(act, code, wording?.locale ?? currentLocale(), wording?.after)),
    };
  }

  /**
   * Sends a new code for the same act; the old one is worth nothing then, and the tries it cost stay spent. It counts as a message like the first.
   * @throws DomainError as `requireResendable`, or `session.too_many_attempts`.
   */
  async resend(id: string): Promise<StartedVerification> {
    const known = await this.get(id);
    known.requireResendable(this.clock.now());
    await this.attempts.takeMessageFor(known.receiverKey);
    const { started, message } = await this.db.transaction(async () => {
      const verification = await this.getLocked(id);
      verification.requireResendable(this.clock.now());
      const code = newCode();
      const changes = {
        codeHash: await this.hash(id, code),
        sends: verification.sends + 1,
        expiresAt: codeEnd(this.clock.now(), verification.endsAt),
      };
      await this.verificationRepository.update({ subjectId: verification.subjectId, id }, changes);
      const to = await this.targetOf(verification);
      return {
        started: startedOf({ ...verification, ...changes }),
        message: to && messageOf(to, codeText(verification.act, code, currentLocale())),
      };
    });
    if (message) await this.messenger.send(message);
    return started;
  }

  /**
   * Spends a code and does its act, both or neither. Must not run in a transaction: a wrong try is counted whatever happens.
   * @throws DomainError `verification.not_found`, `.wrong_code`, `.expired`, `.exhausted`, `.used`, `.other_route`, or the act's own.
   */
  async confirm(id: string, code: string, password?: string): Promise<Confirmed> {
    const verification = await this.get(id);
    const handler = this.handlers.get(verification.act);
    if (!handler)
      throw new DomainError('conflict', 'verification.other_route', {
        detail: 'This code is for signing in: send it to POST /sessions.',
      });
    if (handler.needsPassword) requireAcceptablePassword(password ?? '', { by: 'subject' });
    await this.attempt(verification, code);
    const target = await this.targetOf(verification);
    // Only after the code: before it, this would tell whether the address has an account.
    if (handler.needsPassword && target !== null)
      requireAcceptablePassword(password ?? '', { by: 'subject', context: [target.value] });
    const passwordHash = handler.needsPassword ? await hashPassword(password ?? '') : null;
    const confirmed = await this.db.transaction(async () => {
      await this.markUsed(verification);
      return handler.run({ subjectId: verification.subjectId, verificationId: id, target, passwordHash });
    });
    for (const message of confirmed.messages ?? []) await this.messenger.send(message);
    return confirmed;
  }

  /** Spends a code of `act` for whoever started it; resolves to the subject and the address it went to. Must not run in a transaction. */
  async spend(act: VerifiedAct, id: string, code: string): Promise<{ subjectId: string; target: Identifier | null }> {
    const verification = await this.get(id);
    if (verification.act !== act) throw notFound();
    await this.attempt(verification, code);
    await this.db.transaction(() => this.markUsed(verification));
    return { subjectId: verification.subjectId, target: await this.targetOf(verification) };
  }

  /**
   * Ends whatever a subject was sent codes for: what was asked for before they changed how they sign in must open nothing
   * after it. Joins the open transaction.
   */
  async endAllOf(subjectId: string): Promise<void> {
    await this.db.execute('UPDATE identity.verifications SET used_at = $2 WHERE subject_id = $1 AND used_at IS NULL', [
      subjectId,
      this.clock.now(),
    ]);
  }

  /** The newest code of `act` on its way for a subject, or null. */
  async findNewest(act: VerifiedAct, subjectId: string): Promise<string | null> {
    const found = await this.verificationRepository.findOne({
      where: { subjectId, act },
      order: { createdAt: 'DESC' },
    });
    return found?.id ?? null;
  }

  private async attempt(verification: Verification, code: string): Promise<void> {
    verification.requireOpen(this.clock.now());
    await this.attempts.guardCodes(verification.subjectId, () => this.try(verification.id, code));
  }

  /** Counts a try in a statement of its own, so that of many made in parallel five are looked at. */
  private async try(id: string, code: string): Promise<void> {
    const now = this.clock.now();
    const counted = await this.db.execute(
      'UPDATE identity.verifications SET tries = tries + 1 WHERE id = $1 AND used_at IS NULL AND tries < $2 AND expires_at > $3',
      [id, mostTries, now],
    );
    const verification = await this.get(id);
    if (counted === 0) verification.requireOpen(now);
    const isRight = timingSafeEqual(verification.codeHash, await this.hash(id, code)) && !verification.isDecoy;
    if (counted === 1 && isRight) return;
    throw new DomainError('invalid', 'verification.wrong_code', {
      detail: 'The code is wrong. Nothing was changed.',
      errors: [{ pointer: '/code', code: 'verification.wrong_code', message: 'The code is wrong.' }],
      extra: { triesLeft: Math.max(0, mostTries - verification.tries) },
    });
  }

  private async markUsed({ subjectId, id }: Verification): Promise<void> {
    const used = await this.db.execute(
      'UPDATE identity.verifications SET used_at = $3 WHERE subject_id = $1 AND id = $2 AND used_at IS NULL',
      [subjectId, id, this.clock.now()],
    );
    if (used === 0) throw new DomainError('conflict', 'verification.used', { detail: 'This code has been used.' });
  }

  private async sealTarget(whose: Whose, { type, value }: Identifier): Promise<Buffer> {
    const shown = whose.isDecoy ? '*'.repeat(value.length) : value;
    return this.vault.seal(placeOf(await this.keyHolder(whose), whose.id), JSON.stringify({ type, value: shown }));
  }

  /** Null for a decoy, in the same time. */
  private async targetOf(verification: Verification): Promise<Identifier | null> {
    if (verification.target === null) return null;
    const opened = await this.vault.open(
      placeOf(await this.keyHolder(verification), verification.id),
      verification.target,
    );
    return verification.isDecoy ? null : (JSON.parse(opened) as Identifier);
  }

  /** Whose keys seal the address: the subject's, or one stand-in's for those who do not exist and have none. */
  private async keyHolder({ act, subjectId, isDecoy }: Whose): Promise<string> {
    if (!isDecoy || (act !== 'signIn' && act !== 'passwordReset')) return subjectId;
    return standInId;
  }

  private async get(id: string): Promise<Verification> {
    const verification = await this.verificationRepository.findOneBy({ id });
    if (!verification) throw notFound();
    return verification;
  }

  private async getLocked(id: string): Promise<Verification> {
    await this.db.query('SELECT 1 FROM identity.verifications WHERE id = $1 FOR UPDATE', [id]);
    return this.get(id);
  }

  /** Six digits are few, so the hash is keyed: the table alone does not give codes away. */
  private hash(id: string, code: string): Promise<Buffer> {
    return this.vault.blindIndex('verifications.code', `${id}|${code}`);
  }
}

function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function messageOf({ type, value }: Identifier, text: { subject: string; text: string }): Message {
  return { channel: channelOf(type), to: value, ...text };
}

function startedOf({
  id,
  channel,
  expiresAt,
}: Pick<Verification, 'id' | 'channel' | 'expiresAt'>): StartedVerification {
  return { id, channel, expiresAt };
}

function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

/** A code works for ten minutes, and never longer than what it is for can wait. */
function codeEnd(now: Date, endsAt: Date): Date {
  const usual = minutesAfter(now, codeMinutes);
  return usual < endsAt ? usual : endsAt;
}

function currentLocale(): Locale {
  return requestContext()?.locale ?? 'zh-CN';
}

function placeOf(subjectId: string, id: string): Place {
  return { subjectId, table: 'identity.verifications', column: 'target', rowId: id };
}

function notFound(): DomainError {
  return new DomainError('notFound', 'verification.not_found');
}
