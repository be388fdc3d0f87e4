import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HolderOperation } from '../protocol/holder-answers.js';
import type { HolderFailureCode } from '../protocol/holder-failure.js';

export const callStates = ['asked', 'accepted', 'failed', 'answered', 'dead'] as const;
export type CallState = (typeof callStates)[number];

/** Why a call failed: no answer that counts, or nobody may ask it now. */
export type CallFailure = HolderFailureCode | 'suspended';

/**
 * One thing that a holder outside is asked for one request, from the first attempt to its answer. It names no person: whom it is about is
 * told by whoever asks.
 */
@Entity({ schema: 'holders', name: 'calls' })
export class HolderCall {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'holder_id' }) holderId!: string;
  /** What it is asked for: the id of a request. */
  @Column('uuid') reference!: string;
  /** The id that the holder knows it by, the same in every attempt. */
  @Column('text', { name: 'request_id' }) requestId!: string;
  @Column('text') operation!: HolderOperation;
  /** `accepted`: the answer comes by callback. `dead`: given up until somebody begins it anew. */
  @Column('text') state!: CallState;
  @Column('integer') attempts!: number;
  @Column('text', { nullable: true }) failure!: CallFailure | null;
  /** As it was told, in the shape of the contract: outcomes and counts. */
  @Column('jsonb', { nullable: true }) answer!: object | null;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  /** Null once it is answered or given up. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true }) nextAttemptAt!: Date | null;
}
