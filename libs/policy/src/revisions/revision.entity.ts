import type { Localized } from '@abide/kernel';
import {
  canonicalJson,
  highest,
  type Comparison,
  type FreshAtom,
  type Materiality,
  type PolicyDocument,
} from '@abide/rulebook';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { refusal } from '../policy.errors.js';

export const revisionStates = [
  'draft',
  'inReview',
  'approved',
  'scheduled',
  'effective',
  'superseded',
  'withdrawn',
] as const;
export type RevisionState = (typeof revisionStates)[number];

/** The states in which the next text of a policy is being prepared; a policy has one such revision at most. */
export const draftLine: readonly RevisionState[] = ['draft', 'inReview', 'approved'];
/** The states that anybody may read: what was, is or has been announced to be in force. */
export const publishedStates: readonly RevisionState[] = ['scheduled', 'effective', 'superseded'];

/** What lists show of a revision: everything but its text. */
export const summaryColumns = [
  'id',
  'policyId',
  'number',
  'state',
  'contentHash',
  'createdAt',
  'updatedAt',
  'effectiveAt',
  'materiality',
  'raisedTo',
  'tookEffectAt',
  'supersededAt',
  'withdrawnAt',
] as const satisfies readonly (keyof Revision)[];

/** A revision in a list, without its text. */
export type ListedRevision = Pick<Revision, (typeof summaryColumns)[number] | 'weight'>;

/** The same with what the policy is called in it. */
export type TitledRevision = ListedRevision & { readonly title: Localized };

/** Where a policy stands: what is in force, what is announced and what is being prepared. */
export interface Standing {
  readonly inForce: TitledRevision | null;
  readonly scheduled: TitledRevision | null;
  readonly open: TitledRevision | null;
}

/** Where the policy stands by its revisions among `live`. */
export function standingOf(policyId: string, live: readonly TitledRevision[]): Standing {
  const find = (states: readonly RevisionState[]) =>
    live.find((one) => one.policyId === policyId && states.includes(one.state)) ?? null;
  return { inForce: find(['effective']), scheduled: find(['scheduled']), open: find(draftLine) };
}

/** A text with its hash, as revisions keep it. */
export interface RevisionText {
  readonly document: PolicyDocument;
  readonly canonical: string;
  readonly contentHash: string;
}

/** What scheduling fixes: when, how heavy the change is, and what was promised for such a change. */
export interface SchedulePlan {
  readonly effectiveAt: Date;
  readonly materiality: Materiality;
  readonly raisedTo: Exclude<Materiality, 'editorial'> | null;
  readonly raiseReason: string | null;
  readonly leadDays: number;
  readonly isAcceptedByUse: boolean;
  /** The revision that was in force when the two were compared; null for a first revision. */
  readonly comparedWith: string | null;
  readonly campaignId: string | null;
}

/** One numbered text of a policy and its way from draft to effect. Its text changes only while it is a draft. */
@Entity({ schema: 'policy', name: 'revisions' })
export class Revision {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'policy_id' }) policyId!: string;
  @Column('int') number!: number;
  @Column('text') state!: RevisionState;
  @Column('jsonb') document!: PolicyDocument;
  /** What the hash is of; written with the text and read by nobody here. */
  @Column('text', { select: false }) canonical!: string;
  @Column('text', { name: 'content_hash' }) contentHash!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('text', { name: 'submitted_hash', nullable: true }) submittedHash!: string | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: string | null;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt!: Date | null;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy!: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null;
  /** How heavy the change was when it was approved: it never counts as less until it is approved anew. */
  @Column('text', { name: 'approved_materiality', nullable: true }) approvedMateriality!: Materiality | null;
  @Column('uuid', { name: 'scheduled_by', nullable: true }) scheduledBy!: string | null;
  @Column('timestamptz', { name: 'scheduled_at', nullable: true }) scheduledAt!: Date | null;
  /** When it is to take effect. */
  @Column('timestamptz', { name: 'effective_at', nullable: true }) effectiveAt!: Date | null;
  @Column('text', { nullable: true }) materiality!: Materiality | null;
  @Column('text', { name: 'raised_to', nullable: true }) raisedTo!: SchedulePlan['raisedTo'];
  @Column('text', { name: 'raise_reason', nullable: true }) raiseReason!: string | null;
  @Column('int', { name: 'lead_days', nullable: true }) leadDays!: number | null;
  @Column('boolean', { name: 'is_accepted_by_use' }) isAcceptedByUse!: boolean;
  @Column('uuid', { name: 'compared_with', nullable: true }) comparedWith!: string | null;
  /** What needs fresh consent, for the rulebook that is compiled from this revision: gathered from its approval to its effect. */
  @Column('jsonb', { name: 'fresh_atoms' }) freshAtoms!: readonly FreshAtom[];
  /** When what it changed was weighed beside everything in force at its effect. */
  @Column('timestamptz', { name: 'weighed_at', nullable: true }) weighedAt!: Date | null;
  @Column('uuid', { name: 'campaign_id', nullable: true }) campaignId!: string | null;
  /** When it did take effect. */
  @Column('timestamptz', { name: 'took_effect_at', nullable: true }) tookEffectAt!: Date | null;
  @Column('timestamptz', { name: 'superseded_at', nullable: true }) supersededAt!: Date | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;

  static draft(given: { id: string; policyId: string; number: number; text: RevisionText; at: Date }): Revision {
    const { id, policyId, number, text, at } = given;
    return Object.assign(new Revision(), {
      id,
      policyId,
      number,
      ...text,
      state: 'draft',
      comparedWith: null,
      isAcceptedByUse: false,
      freshAtoms: [],
      createdAt: at,
      updatedAt: at,
    });
  }

  /** @throws DomainError `policy.wrong_state` unless it is a draft. */
  requireEditable(): void {
    this.require(
      'draft',
      'Only a draft can be edited. Reject or withdraw the submission first; your text was not stored.',
    );
  }

  edit(text: RevisionText, at: Date): void {
    this.requireEditable();
    Object.assign(this, text);
    this.updatedAt = at;
  }

  submit(by: string, at: Date): void {
    this.require('draft', 'Only a draft can be submitted for review.');
    this.state = 'inReview';
    this.submittedHash = this.contentHash;
    this.submittedBy = by;
    this.submittedAt = this.updatedAt = at;
  }

  /**
   * Four eyes: `by` must be neither who submitted nor any of `editors`, and `contentHash` what was read and submitted.
   * @throws DomainError `policy.self_approval`, `policy.content_changed` or `policy.wrong_state`
   */
  approve(given: { by: string; at: Date; contentHash: string; editors: ReadonlySet<string> }): void {
    if (given.contentHash !== this.contentHash) {
      throw refusal('policy.content_changed', {
        detail: 'The text is not the one you read. Nothing was approved; read it again.',
        extra: { contentHash: this.contentHash },
      });
    }
    this.require('inReview', 'Only a revision in review can be approved.');
    if (given.by === this.submittedBy || given.editors.has(given.by)) {
      throw refusal('policy.self_approval', {
        detail: 'Whoever wrote or submitted a text cannot approve it. Nothing was approved; ask somebody else.',
      });
    }
    this.state = 'approved';
    this.approvedBy = given.by;
    this.approvedAt = this.updatedAt = given.at;
  }

  /** Keeps what the approver was shown, so that nothing done to the registries afterwards makes the change lighter. */
  keepApproved(
    from: Revision | null,
    { materiality, freshAtoms }: Pick<Comparison, 'materiality' | 'freshAtoms'>,
  ): void {
    this.comparedWith = from?.id ?? null;
    this.approvedMateriality = materiality;
    this.freshAtoms = freshAtoms;
  }

  /** How heavy the change counts: as computed now, and never less than it was approved as. */
  heavierOf(computed: Materiality): Materiality {
    return highest([computed, this.approvedMateriality ?? computed]);
  }

  /** How heavy the change from `from` counts: beside the revision it replaces as announced, or as heavy as approved; beside any other as computed. */
  weightBeside(from: Revision | null, computed: Materiality): Materiality {
    if ((from?.id ?? null) !== this.comparedWith) return computed;
    return this.weight ?? this.heavierOf(computed);
  }

  /**
   * Keeps what needs fresh consent by now, and of what did before the rest: that binds this policy alone, since the
   * others may have said the same in the meantime.
   */
  addFresh(atoms: readonly FreshAtom[]): void {
    const now = new Set(atoms.map((atom) => canonicalJson(atom)));
    const earlier = this.freshAtoms.filter((atom) => !now.has(canonicalJson(atom)));
    const rest = earlier.map((atom): FreshAtom => ('topic' in atom ? { ...atom, isOwnOnly: true } : atom));
    this.freshAtoms = [...atoms, ...new Map(rest.map((atom) => [canonicalJson(atom), atom])).values()];
  }

  /** Sends it back to whoever writes it: from review, or from approval as long as it is not scheduled. */
  reject(at: Date): void {
    if (this.state !== 'approved')
      this.require('inReview', 'Only a revision in review or an approved one can be rejected.');
    this.reopen(at);
  }

  /**
   * @throws DomainError `policy.not_approved` before approval, `policy.already_scheduled` or `policy.wrong_state` after
   */
  schedule(plan: SchedulePlan, by: string, at: Date): void {
    this.requireSchedulable();
    Object.assign(this, plan);
    this.state = 'scheduled';
    this.scheduledBy = by;
    this.scheduledAt = this.updatedAt = at;
  }

  requireSchedulable(): void {
    if (this.state === 'draft' || this.state === 'inReview')
      throw refusal('policy.not_approved', {
        detail: 'A second operator has to approve this text before it can be scheduled.',
      });
    if (this.state === 'scheduled')
      throw refusal('policy.already_scheduled', {
        detail: 'This revision is scheduled already. Withdraw it to change the date.',
        extra: { revisionId: this.id },
      });
    this.require('approved', 'Only an approved revision can be scheduled.');
  }

  takeEffect(at: Date): void {
    this.require('scheduled', 'Only a scheduled revision can take effect.');
    this.state = 'effective';
    this.tookEffectAt = this.weighedAt = this.updatedAt = at;
  }

  supersede(at: Date): void {
    this.require('effective', 'Only the revision in force can be superseded.');
    this.state = 'superseded';
    this.supersededAt = this.updatedAt = at;
  }

  /** What is under review or approved goes back to draft; a draft or a scheduled revision ends here, its number is not used again. */
  withdraw(at: Date): void {
    if (this.state === 'inReview' || this.state === 'approved') return this.reopen(at);
    if (this.state !== 'draft')
      this.require('scheduled', 'What is or was in force cannot be withdrawn; publish a new revision instead.');
    this.state = 'withdrawn';
    this.withdrawnAt = this.updatedAt = at;
  }

  /** How heavy the change is, with what an operator made of it. */
  get weight(): Materiality | null {
    return this.raisedTo ?? this.materiality;
  }

  private reopen(at: Date): void {
    this.state = 'draft';
    this.submittedHash = this.submittedBy = this.submittedAt = null;
    this.approvedBy = this.approvedAt = this.approvedMateriality = this.comparedWith = null;
    this.freshAtoms = [];
    this.updatedAt = at;
  }

  private require(state: RevisionState, detail: string): void {
    if (this.state === state) return;
    throw refusal('policy.wrong_state', {
      detail: `${detail} This one is ${this.state}.`,
      extra: { state: this.state },
    });
  }
}
