import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const acceptanceModes = ['explicit', 'continuedUse'] as const;
export type AcceptanceMode = (typeof acceptanceModes)[number];

/** That a subject agreed to a revision, and how. Written once, never changed; kept as evidence after an erasure until `keptUntil`. */
@Entity({ schema: 'policy', name: 'acceptances' })
export class Acceptance {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'revision_id' }) revisionId!: string;
  @Classified({ category: 'client.instruction', identifying: false, sealed: false })
  @PrimaryColumn('text')
  mode!: AcceptanceMode;
  @AboutTheRecord() @Column('uuid', { name: 'policy_id' }) policyId!: string;
  @AboutTheRecord() @Column('timestamptz') at!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'kept_until', nullable: true }) keptUntil!: Date | null;
}
