import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const choice = { category: 'client.instruction', identifying: false, sealed: false } as const;

/** A subject's standing choices that are not consents: positioning, and Global Privacy Control. */
@Entity({ schema: 'consent', name: 'preferences' })
export class PreferencesEntity {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @Classified(choice) @Column('boolean', { name: 'is_positioning_on' }) isPositioningOn!: boolean;
  @Classified(choice)
  @Column('timestamptz', { name: 'positioning_changed_at', nullable: true })
  positioningChangedAt!: Date | null;
  /** When the signal was first seen on the subject's own requests and not cleared since. */
  @Classified(choice) @Column('timestamptz', { name: 'gpc_since', nullable: true }) gpcSince!: Date | null;
  /** When the subject said that the signal does not speak for them. */
  @Classified(choice) @Column('timestamptz', { name: 'gpc_cleared_at', nullable: true }) gpcClearedAt!: Date | null;
}

/** One turn of the positioning switch. */
@Entity({ schema: 'consent', name: 'positioning_changes' })
export class PositioningChange {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @Classified(choice) @Column('boolean', { name: 'is_on' }) isOn!: boolean;
  @Classified(choice) @Column('timestamptz') at!: Date;
}

/** One turn of Global Privacy Control: seen or set, or cleared. */
@Entity({ schema: 'consent', name: 'privacy_control_changes' })
export class PrivacyControlChange {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @Classified(choice) @Column('boolean', { name: 'is_on' }) isOn!: boolean;
  @Classified(choice) @Column('timestamptz') at!: Date;
}

/** When a subject was last asked for a purpose. */
@Entity({ schema: 'consent', name: 'prompts' })
export class ConsentPrompt {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('text') purpose!: string;
  @Classified(choice) @Column('timestamptz', { name: 'shown_at' }) shownAt!: Date;
}
