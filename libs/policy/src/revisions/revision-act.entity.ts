import type { Localized } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const revisionActs = [
  'edit',
  'submission',
  'approval',
  'rejection',
  'schedule',
  'activation',
  'supersession',
  'withdrawal',
] as const;
export type RevisionActName = (typeof revisionActs)[number];

/** A warning of the comparison, in the words that were read, and what the submitter answered. */
export interface AnsweredWarning {
  readonly id: string;
  readonly clauseId: string;
  readonly summary: Localized;
  readonly answer: string;
}

/** One thing done to a revision, by whom, with which text: what the console shows as its history. Append-only. */
@Entity({ schema: 'policy', name: 'revision_acts' })
export class RevisionAct {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'revision_id' }) revisionId!: string;
  @Column('text') act!: RevisionActName;
  @Column('text', { name: 'actor_kind' }) actorKind!: 'operator' | 'client' | 'system';
  @Column('text', { name: 'actor_id' }) actorId!: string;
  @Column('text', { nullable: true }) comment!: string | null;
  @Column('jsonb', { nullable: true }) answers!: readonly AnsweredWarning[] | null;
  @Column('text', { name: 'content_hash' }) contentHash!: string;
  @Column('timestamptz') at!: Date;
}
