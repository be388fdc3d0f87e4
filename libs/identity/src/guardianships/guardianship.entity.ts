import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EndReason, GuardianshipKind, GuardianshipState } from './guardian.rules.js';

const guardianIdentity = { category: 'guardian.identity', identifying: true } as const;

/** That somebody is a minor's guardian: asked for, confirmed by a code to the guardian, ended. `subjectId` is the minor. */
@Entity({ schema: 'identity', name: 'guardianships' })
export class Guardianship {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  /** Of one asked for by the minor: also the id of its verification. */
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') state!: GuardianshipState;
  @AboutTheRecord() @Column('text') kind!: GuardianshipKind;
  /** Name and identifier, sealed under the minor's keys; null once the guardian has been erased. */
  @Classified({ ...guardianIdentity, sealed: true }) @Column('bytea', { nullable: true }) guardian!: Buffer | null;
  /** Of the identifier, by which the guardian's own account is found. */
  @Classified({ ...guardianIdentity, sealed: false }) @Column('bytea', { name: 'guardian_index', nullable: true }) guardianIndex!: Buffer | null;
  /** The guardian's own subject, once they have an account with this identifier. */
  @Classified({ ...guardianIdentity, sealed: false }) @Column('uuid', { name: 'guardian_id', nullable: true }) guardianId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'consented_at', nullable: true }) consentedAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'consent_withdrawn_at', nullable: true }) consentWithdrawnAt!: Date | null;
  /** From when until when consent was given before the present one, as PostgreSQL writes a multirange. */
  @AboutTheRecord() @Column('tstzmultirange', { name: 'earlier_consents' }) earlierConsents!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'end_reason', nullable: true }) endReason!: EndReason | null;

  /** Whether the guardian's consent stands. */
  get hasConsent(): boolean {
    return this.state === 'confirmed' && this.consentedAt !== null && this.consentWithdrawnAt === null;
  }
}
