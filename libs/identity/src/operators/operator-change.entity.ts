import type { Locale } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './roles.js';

export const changeKinds = ['creation', 'amendment', 'factorReset'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** `expired`: nobody decided in time. It is not stored, time brings it about. */
export const changeStates = ['pending', 'confirmed', 'rejected', 'expired'] as const;
export type ChangeState = (typeof changeStates)[number];

/** How an operator is to be once the change is confirmed; what is absent stays. */
export interface ProposedContent {
  readonly email?: string;
  readonly name?: string;
  readonly locale?: Locale;
  readonly roles?: readonly Role[];
  /** Shut out already where it is false: that is to be confirmed. */
  readonly isActive?: boolean;
}

export const changeLastsDays = 7;

/** What one administrator wants of an operator's access and another has to confirm. */
@Entity({ schema: 'identity', name: 'operator_changes' })
export class OperatorChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: ChangeKind;
  /** Null for an operator who is yet to be added. */
  @Column('uuid', { name: 'operator_id', nullable: true }) operatorId!: string | null;
  @Column('jsonb') proposed!: ProposedContent;
  /** The operator's access version that it was proposed against; null for one who is yet to be added. */
  @Column('int', { nullable: true }) basis!: number | null;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('text') state!: Exclude<ChangeState, 'expired'>;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;

  stateAt(now: Date): ChangeState {
    return this.state === 'pending' && this.expiresAt <= now ? 'expired' : this.state;
  }
}
