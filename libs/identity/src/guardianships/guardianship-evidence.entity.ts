import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Decidable } from './guardian.rules.js';

/** What an officer saw before they decided about a minor's guardian. `subjectId` is the minor. */
@Entity({ schema: 'identity', name: 'guardianship_evidence' })
export class GuardianshipEvidence {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('uuid', { name: 'guardianship_id' }) guardianshipId!: string;
  @AboutTheRecord() @Column('text') about!: Decidable;
  /** Sealed under the minor's keys. */
  @Classified({ category: 'guardian.identity', identifying: true, sealed: true }) @Column('bytea') evidence!: Buffer;
  @AboutTheRecord() @Column('uuid', { name: 'operator_id' }) operatorId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
