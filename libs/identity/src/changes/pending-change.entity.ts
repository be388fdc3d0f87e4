import type { Localized } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `expired`: nobody decided in time. It is not stored, time brings it about. */
export const pendingChangeStates = ['waiting', 'confirmed', 'rejected', 'expired'] as const;
export type PendingChangeState = (typeof pendingChangeStates)[number];

export const changeLastsDays = 7;

/** What one operator wants and a second one has to confirm, because it widens what is allowed. */
@Entity({ schema: 'identity', name: 'pending_changes' })
export class PendingChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('text', { name: 'object_type' }) objectType!: string;
  @Column('text', { name: 'object_id' }) objectId!: string;
  /** What people call the thing that it is about. */
  @Column('jsonb') name!: Localized;
  /** How the thing is to be; its shape is the kind's. Never holds a secret. */
  @Column('jsonb') proposed!: object;
  /** What it was proposed against; null where there was nothing yet. */
  @Column('text', { nullable: true }) basis!: string | null;
  /** What it would open, a sentence each. */
  @Column('jsonb') opens!: readonly Localized[];
  /** How many more there are than `opens` lists. */
  @Column('int', { name: 'opens_more' }) opensMore!: number;
  /** Whom it is about or who would gain by it, and so does not decide on it. */
  @Column('uuid', { array: true }) beneficiaries!: string[];
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('text') state!: Exclude<PendingChangeState, 'expired'>;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;

  stateAt(now: Date): PendingChangeState {
    return this.state === 'waiting' && this.expiresAt <= now ? 'expired' : this.state;
  }
}
