import { Id, Instant, ListOf, LocalizedText, Nested, OneOf, Whole } from '@abide/platform';
import type { Localized } from '@abide/kernel';
import { materialities, type Materiality } from '@abide/rulebook';
import type { Conditions } from '../activation/conditions.rules.js';
import { nextActs, type NextAct } from './next-act.rules.js';
import { MissingConditionDto, toMissing } from './revision-acts.dto.js';
import { revisionStates, type Revision, type RevisionState } from '../revisions/revision.entity.js';

/** A revision on its way, as the overview shows it. */
export class OpenRevisionDto {
  @Id() readonly id: string = '';
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @OneOf(revisionStates) readonly state: RevisionState = 'draft';
  @OneOf(materialities, { nullable: true }) readonly materiality: Materiality | null = null;
  @Instant() readonly updatedAt: string = '';
  @Instant({ nullable: true }) readonly effectiveAt: string | null = null;
  @OneOf(nextActs, { nullable: true, description: 'What it waits for, when it is mine to do' })
  readonly nextAct: NextAct | null = null;
  @ListOf(() => MissingConditionDto, { max: 100, description: 'What taking effect waits for, once scheduled' })
  readonly missing: MissingConditionDto[] = [];
}

export function toOpenRevision({
  revision: { id, number, state, materiality, updatedAt, effectiveAt },
  title,
  conditions,
  nextAct,
}: {
  readonly revision: Revision;
  readonly title: Localized;
  readonly conditions: Conditions | null;
  readonly nextAct: NextAct | null;
}): OpenRevisionDto {
  return {
    id,
    title,
    number,
    state,
    materiality,
    updatedAt: updatedAt.toISOString(),
    effectiveAt: effectiveAt?.toISOString() ?? null,
    nextAct,
    missing: (conditions?.missing ?? []).map(toMissing),
  };
}
