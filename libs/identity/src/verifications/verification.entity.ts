import { DomainError } from '@abide/kernel';
import { AboutTheRecord, Classified, type Channel } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type VerifiedAct =
  | 'registration'
  | 'guardianConsent'
  | 'guardianLink'
  | 'signIn'
  | 'passwordReset'
  | 'identifierChange'
  | 'request'
  | 'addressProof'
  | 'mandate';

export const mostTries = 5;
export const mostSends = 5;
export const codeMinutes = 10;

/** A code on its way to an address, good for one act of one subject. */
@Entity({ schema: 'identity', name: 'verifications' })
export class Verification {
  /** Of a decoy: a subject that does not exist. */
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') act!: VerifiedAct;
  @AboutTheRecord() @Column('text') channel!: Channel;
  /** The address it goes to; of a decoy, as many asterisks, so that it costs the same to seal and to open. */
  @Classified({ category: 'registration.phone', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  target!: Buffer | null;
  /** A keyed hash of whom it goes to, also of a decoy, by which messages are counted; null for those of earlier versions. */
  @Classified({ category: 'registration.phone', identifying: true, sealed: false })
  @Column('bytea', { name: 'receiver_key', nullable: true })
  receiverKey!: Buffer | null;
  @AboutTheRecord() @Column('bytea', { name: 'code_hash' }) codeHash!: Buffer;
  @AboutTheRecord() @Column('integer') tries!: number;
  @AboutTheRecord() @Column('integer') sends!: number;
  /** Nobody was told the code: it stands in for an account that does not exist, or one that exists already. */
  @AboutTheRecord() @Column('boolean', { name: 'is_decoy' }) isDecoy!: boolean;
  @AboutTheRecord() @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** When the code stops working. */
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  /** When no further code can be asked for. */
  @AboutTheRecord() @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;

  /** @throws DomainError `verification.used`, `verification.exhausted` or `verification.expired`. */
  requireOpen(at: Date): void {
    if (this.usedAt !== null) throw refusal('verification.used', 'This code has been used.');
    if (this.tries >= mostTries) throw refusal('verification.exhausted', 'Too many wrong codes. Start again.');
    if (at >= this.expiresAt) throw refusal('verification.expired', 'This code is too old. Ask for a new one.');
  }

  /** @throws DomainError `verification.used`, `verification.exhausted`, `verification.expired` or `verification.sent_too_often`. */
  requireResendable(at: Date): void {
    if (this.usedAt !== null) throw refusal('verification.used', 'This code has been used.');
    if (this.tries >= mostTries) throw refusal('verification.exhausted', 'Too many wrong codes. Start again.');
    if (at >= this.endsAt) throw refusal('verification.expired', 'This has taken too long. Start again.');
    if (this.sends >= mostSends)
      throw refusal('verification.sent_too_often', 'No more codes for this one. Start again.');
  }
}

function refusal(code: string, detail: string): DomainError {
  return new DomainError('conflict', code, { detail });
}
