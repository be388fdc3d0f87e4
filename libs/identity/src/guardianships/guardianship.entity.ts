import { dayInMilliseconds } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  pendingDays,
  type Awaitable,
  type EndReason,
  type GuardianshipKind,
  type GuardianshipState,
  type KnownBy,
} from './guardian.rules.js';

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
  @Classified({ ...guardianIdentity, sealed: false })
  @Column('bytea', { name: 'guardian_index', nullable: true })
  guardianIndex!: Buffer | null;
  /** The guardian's own subject, once they have an account with this identifier. */
  @Classified({ ...guardianIdentity, sealed: false })
  @Column('uuid', { name: 'guardian_id', nullable: true })
  guardianId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'consented_at', nullable: true }) consentedAt!: Date | null;
  @AboutTheRecord()
  @Column('timestamptz', { name: 'consent_withdrawn_at', nullable: true })
  consentWithdrawnAt!: Date | null;
  /** Since when the guardian is known to be an adult, and by what; their consent counts from then on. */
  @AboutTheRecord() @Column('timestamptz', { name: 'adult_known_at', nullable: true }) adultKnownAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'adult_by', nullable: true }) adultBy!: KnownBy | null;
  /** Of one confirmed before anybody asked for the guardian's age: until when their consent counts without it. */
  @AboutTheRecord() @Column('timestamptz', { name: 'age_due_at', nullable: true }) ageDueAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'age_asked_at', nullable: true }) ageAskedAt!: Date | null;
  /** When that time had gone by in vain, once it is on record. */
  @AboutTheRecord() @Column('timestamptz', { name: 'age_lapsed_at', nullable: true }) ageLapsedAt!: Date | null;
  /** Of a further guardian: when they confirmed with their code, and when a guardian of the child said yes. */
  @AboutTheRecord() @Column('timestamptz', { name: 'code_confirmed_at', nullable: true }) codeConfirmedAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt!: Date | null;
  /** From when until when an officer set the guardian's withdrawal aside, as PostgreSQL writes a multirange. */
  @AboutTheRecord() @Column('tstzmultirange', { name: 'set_aside' }) setAside!: string;
  /** From when until when consent was given before the present one, as PostgreSQL writes a multirange. */
  @AboutTheRecord() @Column('tstzmultirange', { name: 'earlier_consents' }) earlierConsents!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'end_reason', nullable: true }) endReason!: EndReason | null;

  /** What it still waits for before a consent of this guardian counts at `at`; none for one that is over, or that nobody's code confirmed. */
  awaits(at: Date): Awaitable[] {
    if (this.state === 'pending') return this.codeConfirmedAt === null ? [] : ['otherGuardian'];
    return this.state === 'confirmed' && this.kind === 'consent' && !this.isOfAge(at) ? ['age'] : [];
  }

  /** Whether it waited too long to be answered any more at `at`, whether or not it is swept yet. */
  isLapsed(at: Date): boolean {
    return this.state === 'pending' && at.getTime() - this.requestedAt.getTime() > pendingDays * dayInMilliseconds;
  }

  /** Whether the guardian counts as an adult at `at`. */
  isOfAge(at: Date): boolean {
    return this.adultKnownAt !== null || (this.ageDueAt !== null && this.ageDueAt > at);
  }

  /** Whether what the guardian withdrew stands: nobody set it aside since. */
  get withdrawalStands(): boolean {
    return this.consentWithdrawnAt !== null && !this.setAside.endsWith(',)}');
  }

  /** Whether the guardian's consent stands. */
  get hasConsent(): boolean {
    return this.state === 'confirmed' && this.consentedAt !== null && this.consentWithdrawnAt === null;
  }
}
