import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const minorLookMinutes = 60;

/** That an operator asked to look at a minor's data, and until when a colleague lets them (Regulations on the Protection of Minors in Cyberspace, art. 36). */
@Entity({ schema: 'identity', name: 'minor_looks' })
export class MinorLook {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('uuid', { name: 'operator_id' }) operatorId!: string;
  /** Sealed under the minor's keys. */
  @Classified({ category: 'none', identifying: true, sealed: true }) @Column('bytea') reason!: Buffer;
  @AboutTheRecord() @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  /** Null while nobody has agreed. */
  @AboutTheRecord() @Column('timestamptz', { name: 'open_until', nullable: true }) openUntil!: Date | null;
}
