import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  namedTooLongBefore,
  type MandateEndReason,
  type MandateRole,
  type MandateState,
  type MemberAct,
} from './mandate.rules.js';

/** That somebody may act for an enterprise: named, confirmed by a code to their own address, ended. `subjectId` is the enterprise. */
@Entity({ schema: 'identity', name: 'mandates' })
export class Mandate {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') role!: MandateRole;
  /** A person with an account of their own, or noted for this alone until they confirm. */
  @Classified({ category: 'enterprise.contactPerson', identifying: true, sealed: false })
  @Column('uuid', { name: 'person_id' })
  personId!: string;
  /** What a member may do; the contact person may do everything. */
  @AboutTheRecord() @Column('text', { array: true }) acts!: MemberAct[];
  @AboutTheRecord() @Column('timestamptz', { name: 'named_at' }) namedAt!: Date;
  /** The newest code that was sent for it. */
  @AboutTheRecord() @Column('uuid', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  /** Of a member. */
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'end_reason', nullable: true }) endReason!: MandateEndReason | null;

  stateAt(now: Date): MandateState {
    if (this.endedAt !== null) return 'ended';
    if (this.expiresAt !== null && this.expiresAt <= now) return 'expired';
    if (this.confirmedAt !== null) return 'acting';
    return this.namedAt <= namedTooLongBefore(now) ? 'lapsed' : 'named';
  }

  lets(act: MemberAct): boolean {
    return this.role === 'contact' || this.acts.includes(act);
  }
}
