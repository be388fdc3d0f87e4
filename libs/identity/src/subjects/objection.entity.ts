import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a subject objects to a purpose, since when, why it was upheld, and until when. Append-only but for its end. */
@Entity({ schema: 'identity', name: 'objections' })
export class ObjectionRecord {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('text') purpose!: string;
  @AboutTheRecord() @PrimaryColumn('timestamptz') since!: Date;
  /** The number of the request that it was upheld by. */
  @AboutTheRecord() @Column('text') ground!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'taken_back_at', nullable: true }) takenBackAt!: Date | null;
}
