import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IdentifierType } from './identifier-claims.service.js';
import type { KeyKind } from './subject-keys.service.js';

/** One of a subject's two data keys, wrapped; a tombstone once it was destroyed. */
@Entity({ schema: 'vault', name: 'subject_keys' })
export class SubjectKeyEntity {
  @AboutTheRecord()
  @PrimaryColumn('uuid', { name: 'subject_id' })
  subjectId!: string;

  @AboutTheRecord()
  @PrimaryColumn('text')
  kind!: KeyKind;

  @AboutTheRecord()
  @Column('integer', { nullable: true })
  epoch!: number | null;

  @AboutTheRecord()
  @Column('bytea', { nullable: true })
  wrapped!: Buffer | null;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'destroyed_at', nullable: true })
  destroyedAt!: Date | null;
}

/** A subject's claim to a phone number or e-mail address, by blind index; exclusive once confirmed. */
@Entity({ schema: 'vault', name: 'identifier_claims' })
export class IdentifierClaimEntity {
  @AboutTheRecord()
  @PrimaryColumn('text')
  type!: IdentifierType;

  /** Keyed hash of a phone number, or of an e-mail address (`registration.email`), by `type`. */
  @Classified({ category: 'registration.phone', identifying: true, sealed: false })
  @PrimaryColumn('bytea', { name: 'blind_index' })
  blindIndex!: Buffer;

  @AboutTheRecord()
  @PrimaryColumn('uuid', { name: 'subject_id' })
  subjectId!: string;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'claimed_at' })
  claimedAt!: Date;

  @AboutTheRecord()
  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;
}
