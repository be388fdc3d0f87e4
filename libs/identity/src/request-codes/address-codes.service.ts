import { Injectable } from '@nestjs/common';
import { Database, Delivery } from '@abide/platform';
import { Vault } from '@abide/vault';
import { Attempts } from '../credentials/attempts.js';
import { Identifiers } from '../identifiers/identifiers.service.js';
import { channelOf, normaliseIdentifier, type Identifier } from '../subjects/identifier.rules.js';
import { Subjects } from '../subjects/subjects.service.js';
import { Messenger } from '../verifications/messenger.js';
import { Verifications, type CodeWording, type StartedVerification } from '../verifications/verifications.service.js';

/** What a right code proves: that somebody reads what goes to this address, and nothing else. */
export interface ProvenAddress {
  readonly verificationId: string;
  readonly owner: AddressOwner;
}

/** Whose account has confirmed an address; `ended`: whoever reads it now is not whose account it is, since they died or it is closed. */
export type AddressOwner =
  { readonly kind: 'account'; readonly subjectId: string } | { readonly kind: 'ended' | 'nobody' };

/**
 * Codes to an address that somebody without an account says is theirs. Whether anybody here has it is looked up after the code, never
 * before: until then everything is the same for every address, because nothing depends on it.
 */
@Injectable()
export class AddressCodes {
  constructor(
    private readonly db: Database,
    private readonly delivery: Delivery,
    private readonly vault: Vault,
    private readonly attempts: Attempts,
    private readonly identifiers: Identifiers,
    private readonly subjects: Subjects,
    private readonly verifications: Verifications,
    private readonly messenger: Messenger,
  ) {}

  /** Declares what follows, in the transaction that spends a code. Call it while modules initialise. */
  whenProven(run: (proven: ProvenAddress) => Promise<void>): void {
    this.verifications.register({
      act: 'addressProof',
      needsPassword: false,
      run: async ({ verificationId, target }) => {
        if (target === null) throw new Error('A code for an address was sent to nobody');
        await run({ verificationId, owner: await this.ownerOf(target) });
        return {};
      },
    });
  }

  /** Never to be asked before a code of the address was right: it tells whether anybody here has it. */
  async ownerOf(address: Identifier): Promise<AddressOwner> {
    const subjectId = await this.identifiers.findOwner(address);
    if (subjectId === null) return { kind: 'nobody' };
    const status = (await this.subjects.find(subjectId))?.status;
    return status === 'active' || status === 'pendingGuardian' ? { kind: 'account', subjectId } : { kind: 'ended' };
  }

  /** The form in which an address is kept. @throws DomainError `identifier.bad_phone`, `identifier.bad_email` */
  normal(typed: Identifier): Identifier {
    return normaliseIdentifier(typed);
  }

  /**
   * Sends a code and does `act` in the transaction that stores it. It is kept under the keys of `holderId`, made where there are none.
   * @throws DomainError `delivery.not_configured`, `session.too_many_attempts`
   */
  async start(
    { holderId, to, wording }: { readonly holderId: string; readonly to: Identifier; readonly wording?: CodeWording },
    act: (started: StartedVerification) => Promise<void>,
  ): Promise<StartedVerification> {
    await this.verifications.requireReachable(to);
    const { started, message } = await this.db.transaction(async () => {
      await this.vault.createKeys(holderId);
      const begun = await this.verifications.start({
        act: 'addressProof',
        subjectId: holderId,
        to,
        isDecoy: false,
        minutes: codeMinutes,
        ...(wording ? { wording } : {}),
      });
      await act(begun.started);
      return begun;
    });
    if (message) await this.messenger.send(message);
    return started;
  }

  /**
   * Wrong codes count for the address as well, however many requests they are tried on from one network. From all together it is bounded by the codes
   * that may be sent to an address, and the tries of each: who tries elsewhere shuts nobody out.
   * @throws DomainError as `Verifications.confirm`, or what follows the proof throws. Must not run in a transaction.
   */
  async confirm(verificationId: string, { type, value }: Identifier, code: string): Promise<void> {
    await this.attempts.guardFromNetwork(`address-codes|${type}|${value}`, async () => {
      await this.verifications.confirm(verificationId, code);
    });
  }

  /** Writes to an address that was proven. @throws what the channel throws when the hand-over fails */
  async write(
    { type, value }: Identifier,
    message: { readonly subject: string; readonly text: string },
  ): Promise<void> {
    const channel = channelOf(type);
    if (this.delivery.isConfigured(channel)) await this.delivery.send({ channel, to: value, ...message });
  }
}

const codeMinutes = 60;
