import type { Locale } from '@abide/kernel';
import { Flag, Id, Instant, JsonObject, ListOf, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import { materialities, policyKinds, type Materiality, type PolicyKind } from '@abide/rulebook';
import type { Conditions } from '../activation/conditions.rules.js';
import { operatorActs, type OperatorAct, type RevisionPage } from './revision-view.js';
import {
  PersonRef,
  PolicyProblemDto,
  RevisionSummary,
  toProblem,
  toRevisionSummary,
} from '../revisions/revision.dto.js';

export class Commented {
  @Text({ max: 2000, example: 'Retention of location data shortened, as agreed with counsel.' })
  readonly comment: string = '';
}

class WarningAnswerDto {
  @Text({ max: 200, description: 'Of the warning, from the comparison with what is in force' }) readonly id: string =
    '';
  @Text({ max: 500, example: 'The minimum of the law is named besides.' }) readonly answer: string = '';
}

export class SubmissionRequest extends Commented {
  @ListOf(() => WarningAnswerDto, { max: 1000, optional: true, description: 'One for every warning' })
  readonly answers?: WarningAnswerDto[];
}

class AnsweredWarningDto extends WarningAnswerDto {
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Nested(() => LocalizedText) readonly summary: LocalizedText = new LocalizedText();
}

export class ApprovalRequest extends Commented {
  @Text({ max: 200, description: 'The contentHash of the text that was read' }) readonly contentHash: string = '';
}

export class ScheduleRequest {
  @Instant({ description: 'When it is to take effect; a time that is past means at once' })
  readonly effectiveAt: string = '';
  @OneOf(materialities, { optional: true, description: 'A heavier class than computed, with a reason' })
  readonly raiseTo?: Materiality;
  @Text({ max: 2000, optional: true }) readonly reason?: string;
  @Flag({ optional: true, description: 'Where only the wording changes, scheduling confirms it; false refuses' })
  readonly confirmsNoRightChanged?: boolean;
}

export class WithdrawalRequest {
  @Text({ max: 2000 }) readonly reason: string = '';
}

class RevisionPolicyRef {
  @Id() readonly id: string = '';
  @Text({ max: 60 }) readonly slug: string = '';
  @OneOf(policyKinds) readonly kind: PolicyKind = 'general';
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
}

class RevisionActDto {
  @Text({ max: 40, example: 'submission' }) readonly act: string = '';
  @Nested(() => PersonRef) readonly by: PersonRef = new PersonRef();
  @Instant() readonly at: string = '';
  @Text({ max: 2000, optional: true }) readonly comment?: string;
  @ListOf(() => AnsweredWarningDto, {
    max: 1000,
    optional: true,
    description: 'What was answered to warnings at submission',
  })
  readonly answers?: AnsweredWarningDto[];
}

export class MissingConditionDto {
  @Text({ max: 100, description: 'What is missing', example: 'leadTime' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly message: LocalizedText = new LocalizedText();
  @Instant({ optional: true }) readonly until?: string;
}

export class ConditionsDto {
  @OneOf(materialities) readonly materiality: Materiality = 'editorial';
  @Whole({ min: 0, max: 10_000 }) readonly requiredLeadDays: number = 0;
  @Instant({ nullable: true }) readonly leadStartedAt: string | null = null;
  @Instant({ nullable: true }) readonly leadEndsAt: string | null = null;
  @Instant() readonly effectiveAt: string = '';
  @ListOf(() => MissingConditionDto, { max: 100 }) readonly missing: MissingConditionDto[] = [];
  @Flag() readonly met: boolean = false;
}

class AllowedActDto {
  @OneOf(operatorActs) readonly act: OperatorAct = 'edit';
  @Flag() readonly allowed: boolean = false;
  @Text({ max: 100, optional: true, description: 'The refusal that the act would meet' }) readonly code?: string;
}

/** A revision with its text, its history and what may be done with it. */
export class RevisionDto extends RevisionSummary {
  @Nested(() => RevisionPolicyRef) readonly policy: RevisionPolicyRef = new RevisionPolicyRef();
  @JsonObject({ description: 'The policy in the policy-as-code format' }) readonly document: object = {};
  @ListOf(() => PolicyProblemDto, { max: 10_000 }) readonly problems: PolicyProblemDto[] = [];
  @Nested(() => PersonRef, { optional: true }) readonly submittedBy?: PersonRef;
  @Nested(() => PersonRef, { optional: true }) readonly approvedBy?: PersonRef;
  @ListOf(() => RevisionActDto, { max: 500 }) readonly history: RevisionActDto[] = [];
  @Nested(() => ConditionsDto, { nullable: true, description: 'Only while scheduled' })
  readonly conditions: ConditionsDto | null = null;
  @Id({ nullable: true }) readonly campaignId: string | null = null;
  @OneOf(materialities, { optional: true }) readonly raisedTo?: Materiality;
  @Text({ max: 2000, optional: true }) readonly raiseReason?: string;
  @Flag({
    description:
      'Some of its text was pushed by a client made on the server, whose secret nobody known holds: whoever submits it takes it over',
  })
  readonly hasUnknownAuthor: boolean = false;
  @ListOf(() => AllowedActDto, { max: 10 }) readonly allowedActs: AllowedActDto[] = [];
}

export function toRevision(page: RevisionPage, locale: Locale): RevisionDto {
  const { revision, policy, title, findings, acts, names, conditions, hasUnknownAuthor, allowedActs } = page;
  const person = (id: string | null): PersonRef | undefined => (id === null ? undefined : { id, name: names.get(id) });
  return {
    ...toRevisionSummary(revision),
    policy: { id: policy.id, slug: policy.slug, kind: policy.kind, title },
    document: revision.document,
    problems: findings.map((finding) => toProblem(finding, locale)),
    submittedBy: person(revision.submittedBy),
    approvedBy: person(revision.approvedBy),
    history: acts.map(({ act, actorId, at, comment, answers }) => ({
      act,
      by: { id: actorId, name: names.get(actorId) },
      at: at.toISOString(),
      comment: comment ?? undefined,
      answers: answers ? [...answers] : undefined,
    })),
    conditions: conditions && toConditions(conditions),
    campaignId: revision.campaignId,
    raisedTo: revision.raisedTo ?? undefined,
    raiseReason: revision.raiseReason ?? undefined,
    hasUnknownAuthor,
    allowedActs: [...allowedActs],
  };
}

function toConditions({ leadStartedAt, leadEndsAt, effectiveAt, missing, ...rest }: Conditions): ConditionsDto {
  return {
    ...rest,
    leadStartedAt: leadStartedAt?.toISOString() ?? null,
    leadEndsAt: leadEndsAt?.toISOString() ?? null,
    effectiveAt: effectiveAt.toISOString(),
    missing: missing.map(toMissing),
  };
}

export function toMissing({ code, message, until }: Conditions['missing'][number]): MissingConditionDto {
  return { code, message, until: until?.toISOString() };
}
