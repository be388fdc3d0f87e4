import type { AffectedCount, HolderOutcome, HolderPhase, RetainedCount, StayingGround } from '@abide/platform';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DecisionOutcome } from '../request-kinds.js';

/** What was decided about one category that one holder keeps. Each round of appeal decides anew; nothing is overwritten. */
@Entity({ schema: 'rights', name: 'request_decisions' })
export class RequestDecision {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @AboutTheRecord() @PrimaryColumn('integer') round!: number;
  @AboutTheRecord() @PrimaryColumn('text') holder!: string;
  @AboutTheRecord() @PrimaryColumn('text') category!: string;
  /** Records when it was decided. */
  @AboutTheRecord() @Column('integer') count!: number;
  @AboutTheRecord() @Column('text') outcome!: DecisionOutcome;
  @AboutTheRecord() @Column('text', { nullable: true }) ground!: StayingGround['ground'] | null;
  @AboutTheRecord() @Column('text', { nullable: true }) article!: string | null;
  @AboutTheRecord() @Column('timestamptz', { nullable: true }) until!: Date | null;
  /** In writing, for the subject. */
  @Classified({ category: 'client.instruction', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  reason!: Buffer | null;
}

/** A holder that has to answer what was decided in one round, and what it did. Nothing of an earlier round is overwritten. */
@Entity({ schema: 'rights', name: 'request_holders' })
export class RequestHolder {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @AboutTheRecord() @PrimaryColumn('integer') round!: number;
  @AboutTheRecord() @PrimaryColumn('text') holder!: string;
  @AboutTheRecord() @Column('text') phase!: HolderPhase;
  /** Null until it has answered. */
  @AboutTheRecord() @Column('text', { nullable: true }) outcome!: HolderOutcome | null;
  @AboutTheRecord() @Column('jsonb') counts!: readonly AffectedCount[];
  @AboutTheRecord() @Column('jsonb') retained!: readonly RetainedCount[];
  @AboutTheRecord() @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  /** Of what it leaves to a person; null otherwise, and once that is done. */
  @AboutTheRecord() @Column('uuid', { name: 'task_id', nullable: true }) taskId!: string | null;
  /** What a holder outside exported, until the package is written. */
  @AboutTheRecord() @Column('uuid', { name: 'file_id', nullable: true }) fileId!: string | null;
  /** Attachments with copies of what a person found there, for the package. */
  @AboutTheRecord() @Column('uuid', { name: 'copy_ids', array: true }) copyIds!: string[];
}
