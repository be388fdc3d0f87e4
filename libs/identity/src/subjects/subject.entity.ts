import { DomainError, type Locale } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { MinorStatus } from './minor.rules.js';

export const subjectKinds = ['person', 'enterprise', 'device'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
/** What near relatives may ask about somebody who died (PIPL art. 49). */
export const relativesActs = ['access', 'correction', 'deletion'] as const;
export type RelativesAct = (typeof relativesActs)[number];

export type SubjectStatus = 'pendingGuardian' | 'active' | 'deceased' | 'closed';

/** Whom data is about. What is known of them stands in sealed rows of other tables. */
@Entity({ schema: 'identity', name: 'subjects' })
export class Subject {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @Column('text') kind!: SubjectKind;
  @AboutTheRecord() @Column('text') status!: SubjectStatus;
  @Classified({ category: 'registration.birthDate', identifying: false, sealed: false })
  @Column('text', { name: 'minor_status' })
  minorStatus!: MinorStatus;
  @Classified({ category: 'preference.language', identifying: false, sealed: false }) @Column('text') locale!: Locale;
  /** When a subject of 14 to 17 was shown the advice to read the policy with a guardian. */
  @AboutTheRecord()
  @Column('timestamptz', { name: 'guardian_advised_at', nullable: true })
  guardianAdvisedAt!: Date | null;
  @AboutTheRecord()
  @Column('timestamptz', { name: 'guardian_confirmed_at', nullable: true })
  guardianConfirmedAt!: Date | null;
  /** The day on which the minor status was last compared with the birth date, `YYYY-MM-DD` in the zone of the policies in force. */
  @AboutTheRecord()
  @Column({ type: 'date', name: 'minor_checked_on', select: false, insert: false, update: false })
  minorCheckedOn!: string;
  /** Stored only: nothing may be read or changed but by an erasure. */
  @AboutTheRecord() @Column('boolean', { name: 'is_restricted' }) isRestricted!: boolean;
  /** Stored only, where not everything is; changed by `Restrictions` alone. */
  @AboutTheRecord()
  @Column({ type: 'text', name: 'restricted_categories', array: true, insert: false, update: false })
  restrictedCategories!: string[];
  /** Changed by `Objections` alone. */
  @AboutTheRecord()
  @Column({ type: 'text', name: 'objected_purposes', array: true, insert: false, update: false })
  objectedPurposes!: string[];
  /** Changed by `AfterDeath` alone. */
  @AboutTheRecord()
  @Column({ type: 'text', name: 'relatives_may_not', array: true, insert: false, update: false })
  relativesMayNot!: RelativesAct[];
  @AboutTheRecord() @Column('timestamptz', { name: 'registered_at' }) registeredAt!: Date;
  /** When the status or a restriction last changed; null while they are as they were at first. A change that gives none is dated by the database. */
  @AboutTheRecord()
  @Column({ type: 'timestamptz', name: 'state_changed_at', nullable: true, insert: false })
  stateChangedAt!: Date | null;
  @AboutTheRecord() @VersionColumn() version!: number;

  get isActive(): boolean {
    return this.status === 'active';
  }

  get isMinor(): boolean {
    return this.minorStatus === 'under14' || this.minorStatus === 'under18';
  }

  /** @throws DomainError `subject.restricted`. */
  requireUnrestricted(): void {
    if (this.isRestricted)
      throw new DomainError('conflict', 'subject.restricted', {
        detail: 'The data is stored only, until a stated date. Nothing was changed.',
      });
  }
}

/** A state that an account was in until an instant, kept by a trigger. */
@Entity({ schema: 'identity', name: 'earlier_states' })
export class EarlierState {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('bigint') id!: string;
  @AboutTheRecord() @Column('text') status!: SubjectStatus;
  @AboutTheRecord() @Column('boolean', { name: 'is_restricted' }) isRestricted!: boolean;
  @AboutTheRecord()
  @Column({ type: 'text', name: 'restricted_categories', array: true })
  restrictedCategories!: string[];
  @AboutTheRecord()
  @Column({ type: 'text', name: 'objected_purposes', array: true })
  objectedPurposes!: string[];
  @AboutTheRecord() @Column('timestamptz') until!: Date;
}

/** That a person has said: this device is mine, and from when until when it was. Consents do not move with it. */
@Entity({ schema: 'identity', name: 'device_links' })
export class DeviceLink {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @Classified({ category: 'log.deviceIdentifier', identifying: true, sealed: false })
  @PrimaryColumn('uuid', { name: 'device_id' })
  deviceId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'linked_at' }) linkedAt!: Date;
  /** When somebody else said that it is theirs. */
  @AboutTheRecord() @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'end_told_at', nullable: true }) endToldAt!: Date | null;
}
