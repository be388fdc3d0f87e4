import { Flag, Id, Instant, JsonObject, ListOf, OneOf, Text, Whole } from '@abide/platform';
import type { Locale } from '@abide/kernel';
import { materialities, type Materiality } from '@abide/rulebook';
import type { Finding } from './finding.js';
import { revisionStates, type ListedRevision, type RevisionState } from './revision.entity.js';

export class PersonRef {
  @Text({ max: 100 }) readonly id: string = '';
  @Text({ max: 200, optional: true }) readonly name?: string;
}

/** A revision in a list. */
export class RevisionSummary {
  @Id() readonly id: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @OneOf(revisionStates) readonly state: RevisionState = 'draft';
  @Text({ max: 64, description: 'SHA-256 of the canonical text, in hex; also its ETag' }) readonly contentHash: string =
    '';
  @OneOf(materialities, { nullable: true, description: 'Known once it is scheduled' })
  readonly materiality: Materiality | null = null;
  @Instant({ nullable: true, description: 'Planned while scheduled, actual afterwards' }) readonly effectiveAt:
    string | null = null;
  @Instant() readonly createdAt: string = '';
  @Instant() readonly updatedAt: string = '';
}

/** Something wrong with a policy text; errors keep it from being saved, warnings do not. */
export class PolicyProblemDto {
  @Text({ min: 0, max: 500, example: 'clauses[3].terms[0].categories[1]' }) readonly path: string = '';
  @Text({ min: 0, max: 500, description: 'The same as path' }) readonly pointer: string = '';
  @Text({ max: 100, example: 'policy.unknownCategory' }) readonly code: string = '';
  @Text({ max: 2000, description: 'In the language asked for' }) readonly message: string = '';
  @OneOf(['error', 'warning']) readonly severity: 'error' | 'warning' = 'error';
  @Whole({ min: 1, max: 1_000_000, optional: true, description: 'Line in the text sent' }) readonly line?: number;
}

export class DraftDto {
  @Id() readonly revisionId: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly number: number = 1;
  @Text({ max: 64 }) readonly contentHash: string = '';
  @Text({ max: 66, description: 'What to send in If-Match' }) readonly etag: string = '';
  @OneOf(revisionStates) readonly state: RevisionState = 'draft';
  @JsonObject({ description: 'The policy in the policy-as-code format' }) readonly document: object = {};
  @ListOf(() => PolicyProblemDto, { max: 10_000 }) readonly problems: PolicyProblemDto[] = [];
}

export class PolicyCheckDto {
  @Flag() readonly valid: boolean = false;
  @ListOf(() => PolicyProblemDto, { max: 10_000 }) readonly problems: PolicyProblemDto[] = [];
}

export function toRevisionSummary(revision: ListedRevision): RevisionSummary {
  const { id, number, state, contentHash, weight, tookEffectAt, effectiveAt, createdAt, updatedAt } = revision;
  return {
    id,
    number,
    state,
    contentHash,
    materiality: weight,
    effectiveAt: (tookEffectAt ?? effectiveAt)?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function toProblem({ path, code, message, severity, line }: Finding, locale: Locale): PolicyProblemDto {
  return { path, pointer: path, code, message: message[locale], severity, line };
}
