import type { Locale } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `refusal`: a no where there was no yes. `expiry`: the term of a grant ran out. */
export const consentActs = ['grant', 'renewal', 'withdrawal', 'refusal', 'expiry'] as const;
export type ConsentAct = (typeof consentActs)[number];
export const givers = ['subject', 'guardian', 'operator', 'system'] as const;
export type Giver = (typeof givers)[number];

const choice = { category: 'client.instruction', identifying: false, sealed: false } as const;

/**
 * One grant, withdrawal or expiry, written once: when it happened and when we learned of it, what for, by whom, and what was
 * on the screen. Kept as evidence after an erasure until `keptUntil`.
 */
@Entity({ schema: 'consent', name: 'events' })
export class ConsentEvent {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @Classified(choice) @Column('text') act!: ConsentAct;
  @Classified(choice) @Column('text') state!: 'granted' | 'withdrawn' | 'expired';
  @AboutTheRecord() @Column('bytea') scope!: Buffer;
  @Classified(choice) @Column('text') purpose!: string;
  @Classified(choice) @Column('text', { array: true, nullable: true }) categories!: string[] | null;
  @Classified(choice) @Column('text', { nullable: true }) service!: string | null;
  @Classified(choice) @Column('text', { nullable: true }) recipient!: string | null;
  @Classified(choice) @Column('text', { nullable: true }) region!: string | null;
  @Classified(choice) @Column('timestamptz', { name: 'occurred_at' }) occurredAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'given_by' }) givenBy!: Giver;
  /** An operator, or the subject that is the guardian. */
  @Classified({ category: 'guardian.identity', identifying: true, sealed: false })
  @Column('text', { name: 'giver_id', nullable: true })
  giverId!: string | null;
  @AboutTheRecord() @Column('text', { nullable: true }) policy!: string | null;
  @AboutTheRecord() @Column('integer', { nullable: true }) revision!: number | null;
  @AboutTheRecord() @Column('uuid', { name: 'revision_id', nullable: true }) revisionId!: string | null;
  @AboutTheRecord() @Column('text', { name: 'clause_id', nullable: true }) clauseId!: string | null;
  @Classified({ category: 'preference.language', identifying: false, sealed: false }) @Column('text') locale!: Locale;
  /** SHA-256 of the words that were shown, hexadecimal. */
  @AboutTheRecord() @Column('text', { name: 'wording_hash', nullable: true }) wordingHash!: string | null;
  @AboutTheRecord() @Column('text') channel!: string;
  /** What an operator noted of how the subject said so; sealed under the retained key, because it outlives an erasure. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  evidence!: Buffer | null;
  @AboutTheRecord() @Column('uuid', { name: 'receipt_id' }) receiptId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'kept_until', nullable: true }) keptUntil!: Date | null;
}

/** Where a subject stands with one scope, derived from its events and written with them. */
@Entity({ schema: 'consent', name: 'states' })
export class ConsentState {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('bytea') scope!: Buffer;
  @Classified(choice) @Column('text') purpose!: string;
  @Classified(choice) @Column('text', { array: true, nullable: true }) categories!: string[] | null;
  @Classified(choice) @Column('text', { nullable: true }) service!: string | null;
  @Classified(choice) @Column('text', { nullable: true }) recipient!: string | null;
  @Classified(choice) @Column('text', { nullable: true }) region!: string | null;
  @Classified(choice) @Column('timestamptz', { name: 'granted_at', nullable: true }) grantedAt!: Date | null;
  @AboutTheRecord() @Column('uuid', { name: 'grant_id', nullable: true }) grantId!: string | null;
  @AboutTheRecord() @Column('text', { name: 'grant_policy', nullable: true }) grantPolicy!: string | null;
  @AboutTheRecord() @Column('integer', { name: 'grant_revision', nullable: true }) grantRevision!: number | null;
  @AboutTheRecord() @Column('text', { name: 'grant_clause', nullable: true }) grantClause!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'expiry_told_at', nullable: true }) expiryToldAt!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'expired_at', nullable: true }) expiredAt!: Date | null;
  @AboutTheRecord() @Column('text', { name: 'given_by', nullable: true }) givenBy!: Giver | null;
  @Classified(choice) @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @AboutTheRecord() @Column('uuid', { name: 'withdrawal_id', nullable: true }) withdrawalId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
