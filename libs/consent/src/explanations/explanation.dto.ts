import { ApiProperty } from '@nestjs/swagger';
import { Id, Instant, ListOf, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import { bases, refusalCodes } from '@abide/rulebook';
import { CategoryDecisionDto, toCategoryDecision } from '../gate/decision.dto.js';
import { ConsentEventDto, toConsentEvent } from '../subject-consents/subject-consents.dto.js';
import type { ExplainedDecision } from './explanations.service.js';

const outcomes = ['passed', 'refused', 'notAsked', 'notReached'] as const;

class ExplainedRuleDto {
  @Whole({ min: 1, max: 10, description: 'The number of the rule, in the order in which they are asked' })
  readonly rule: number = 1;
  @OneOf(outcomes, { description: '`notAsked`: it had nothing to ask. `notReached`: an earlier one had refused.' })
  readonly outcome: (typeof outcomes)[number] = 'passed';
  @OneOf(refusalCodes, { nullable: true, description: 'Only where it refused' }) readonly code: string | null = null;
}

class ExplainedStatementDto {
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Text({ max: 80 }) readonly clauseId: string = '';
  @OneOf(bases) readonly basis: string = 'consent';
  @Text({ max: 100, nullable: true, description: 'Null: every service' }) readonly service: string | null = null;
  @Text({ max: 100, nullable: true, description: 'A kind of recipient, or `recipient:<slug>`' }) readonly recipient:
    string | null = null;
  @ListOf(() => ExplainedRuleDto, { max: 7, description: 'Rules 4 to 10' })
  readonly rules: readonly ExplainedRuleDto[] = [];
  @Id({ nullable: true, description: 'The consent that carried it' }) readonly consentEventId: string | null = null;
}

class CitedClauseDto {
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Id() readonly revisionId: string = '';
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Nested(() => LocalizedText) readonly heading: LocalizedText = new LocalizedText();
}

/** A decision about one category and one purpose, step by step. */
export class ExplanationResponse {
  @ApiProperty({ type: CategoryDecisionDto }) readonly decision: CategoryDecisionDto = new CategoryDecisionDto();
  @Instant({ description: 'The instant that the answer is for' }) readonly at: string = '';
  @ListOf(() => ExplainedRuleDto, { max: 3, description: 'Rules 1 to 3' }) readonly rules: readonly ExplainedRuleDto[] =
    [];
  @ListOf(() => ExplainedStatementDto, { max: 5000, description: 'Every statement in force that speaks of the matter' })
  readonly statements: readonly ExplainedStatementDto[] = [];
  @ListOf(() => CitedClauseDto, { max: 5000, description: 'The clauses cited above' })
  readonly clauses: readonly CitedClauseDto[] = [];
  @ListOf(() => ConsentEventDto, { max: 5000, description: 'The consents cited above' })
  readonly consents: readonly ConsentEventDto[] = [];
}

export function toExplanation({
  decision,
  at,
  rules,
  statements,
  clauses,
  consents,
}: ExplainedDecision): ExplanationResponse {
  return {
    decision: toCategoryDecision(decision),
    at: new Date(at).toISOString(),
    rules,
    statements,
    clauses,
    consents: consents.map(toConsentEvent),
  };
}
