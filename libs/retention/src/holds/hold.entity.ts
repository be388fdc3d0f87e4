import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { refusal } from '../retention.errors.js';
import type { HoldScope } from './hold.rules.js';

export const holdGrounds = ['litigation', 'courtOrder', 'investigation', 'supervision', 'incident'] as const;
export type HoldGround = (typeof holdGrounds)[number];

/** `expired` is not stored, time brings it about. */
export const holdStates = ['inForce', 'expired', 'lifted'] as const;
export type HoldState = (typeof holdStates)[number];

/** That something of a person is not deleted, whatever else would have it deleted: why, what, and until when. */
@Entity({ schema: 'retention', name: 'holds' })
export class Hold implements HoldScope {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') ground!: HoldGround;
  /** The law or order that it rests on. */
  @AboutTheRecord() @Column('text') article!: string;
  /** Empty: everything. */
  @AboutTheRecord() @Column('text', { array: true }) categories!: string[];
  @AboutTheRecord() @Column('timestamptz', { name: 'collected_from', nullable: true }) collectedFrom!: Date | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'collected_until', nullable: true }) collectedUntil!: Date | null;
  /** From this instant on it holds nothing. */
  @AboutTheRecord() @Column('timestamptz') until!: Date;
  /** The law that forbids telling the person; null: they are told. */
  @AboutTheRecord() @Column('text', { name: 'barred_article', nullable: true }) barredArticle!: string | null;
  @Classified({ category: 'none', identifying: true, sealed: true })
  @Column('bytea', { nullable: true })
  notes!: Buffer | null;
  @AboutTheRecord() @Column('uuid', { name: 'placed_by' }) placedBy!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'placed_at' }) placedAt!: Date;
  /** Why it was or is to be lifted, from the proposal on. */
  @Classified({ category: 'none', identifying: true, sealed: true })
  @Column('bytea', { name: 'lifting_reason', nullable: true })
  liftingReason!: Buffer | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'lifted_at', nullable: true }) liftedAt!: Date | null;
  /** As evidence. */
  @AboutTheRecord() @Column('timestamptz', { name: 'kept_until' }) keptUntil!: Date;
  @AboutTheRecord() @Column('integer') version!: number;

  stateAt(now: Date): HoldState {
    if (this.liftedAt !== null) return 'lifted';
    return this.until <= now ? 'expired' : 'inForce';
  }

  /** @throws DomainError `hold.over` */
  lift(now: Date): void {
    this.requireInForce(now);
    this.liftedAt = now;
  }

  /** @throws DomainError `hold.over` */
  requireInForce(now: Date): void {
    if (this.stateAt(now) !== 'inForce') throw refusal('hold.over');
  }
}
