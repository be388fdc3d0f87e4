import { AboutTheRecord, Classified } from '@abide/platform';
import type { IdentifierType } from '@abide/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProfileField } from './profile.rules.js';

/** A phone number or e-mail address that a subject signs in with and is reached at. */
@Entity({ schema: 'identity', name: 'identifiers' })
export class SubjectIdentifier {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('text') type!: IdentifierType;
  /** The category is `registration.phone` or `registration.email`, by type. */
  @Classified({ category: 'registration.phone', identifying: true, sealed: true }) @Column('bytea') value!: Buffer;
  @AboutTheRecord() @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** In the form of today; what earlier versions kept is brought into it. */
  @AboutTheRecord() @Column('boolean', { name: 'is_normal' }) isNormal!: boolean;
  /** Null until the subject has proved that it is theirs. */
  @AboutTheRecord() @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
}

/** A number or address that came into its form of today and was found to be somebody else's already: which people have to be told apart. */
@Entity({ schema: 'identity', name: 'shared_identifiers' })
export class SharedIdentifier {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('text') type!: IdentifierType;
  /** The subject whose it is already. */
  @Classified({ category: 'registration.phone', identifying: true, sealed: false })
  @Column('uuid', { name: 'other_id' })
  otherId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'found_at' }) foundAt!: Date;
}

/** One thing a subject gave at registration or later, sealed. */
@Entity({ schema: 'identity', name: 'profile_fields' })
export class ProfileFieldRow {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('text') field!: ProfileField;
  @AboutTheRecord() @Column('text') category!: string;
  /** The row names its own category. */
  @Classified({ category: 'registration.name', identifying: true, sealed: true }) @Column('bytea') value!: Buffer;
  /** For exact search; only ID numbers have one. */
  @Classified({ category: 'registration.idNumber', identifying: true, sealed: false })
  @Column('bytea', { name: 'blind_index', nullable: true })
  blindIndex!: Buffer | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}

/** What a subject proves itself with, besides codes. */
@Entity({ schema: 'identity', name: 'credentials' })
export class Credential {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
