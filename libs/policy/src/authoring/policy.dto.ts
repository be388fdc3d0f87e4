import type { Localized } from '@abide/kernel';
import { Id, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import { policyKinds, type PolicyKind } from '@abide/rulebook';
import type { PolicyOverview } from '../revisions/policies.js';
import { RevisionSummary, toRevisionSummary } from '../revisions/revision.dto.js';

/** Where a policy stands. */
export class PolicySummary {
  @Id() readonly id: string = '';
  @Text({ max: 60 }) readonly slug: string = '';
  @OneOf(policyKinds) readonly kind: PolicyKind = 'general';
  @Text({ max: 80, nullable: true }) readonly service: string | null = null;
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Nested(() => RevisionSummary, { nullable: true }) readonly inForce: RevisionSummary | null = null;
  @Nested(() => RevisionSummary, { nullable: true }) readonly scheduled: RevisionSummary | null = null;
  @Nested(() => RevisionSummary, { nullable: true, description: 'What is being prepared: draft, inReview or approved' })
  readonly open: RevisionSummary | null = null;
  @Whole({ min: 0, max: 1_000_000 }) readonly revisionCount: number = 0;
}

export function toPolicySummary(overview: PolicyOverview): PolicySummary {
  const { policy, inForce, scheduled, open, revisionCount } = overview;
  return {
    id: policy.id,
    slug: policy.slug,
    kind: policy.kind,
    service: policy.service,
    title: titleOf(overview),
    inForce: inForce && toRevisionSummary(inForce),
    scheduled: scheduled && toRevisionSummary(scheduled),
    open: open && toRevisionSummary(open),
    revisionCount,
  };
}

/** What the policy is called: in force, else as announced, else as being written. */
export function titleOf({ policy, inForce, scheduled, open }: PolicyOverview): Localized {
  return (inForce ?? scheduled ?? open)?.title ?? { 'zh-CN': policy.slug, en: policy.slug };
}
