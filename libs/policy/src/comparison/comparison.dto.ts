import { withHiddenWrittenOut, type Localized } from '@abide/kernel';
import { Flag, ListOf, LocalizedText, Nested, OneOf, Text, Whole } from '@abide/platform';
import {
  materialities,
  type ClauseComparison,
  type ComparisonWarning,
  type Difference,
  type Materiality,
} from '@abide/rulebook';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RevisionSummary, toRevisionSummary } from '../revisions/revision.dto.js';
import type { ComparedClause } from '../calculation/compared-clauses.js';
import type { RevisionComparison } from './revision-comparison.js';
import type { WordRun } from '../calculation/word-differences.js';

const clauseStates = ['same', 'changed', 'new', 'removed', 'moved'] as const;

/** A difference in terms, with its legal consequence. */
export class DifferenceDto {
  @Text({ max: 200, description: 'Stable for the same two revisions' }) readonly id: string = '';
  @Text({ max: 80, nullable: true }) readonly clauseId: string | null = null;
  @OneOf(materialities) readonly class: Materiality = 'editorial';
  @Text({ max: 80, example: 'retention.lengthened' }) readonly rule: string = '';
  @Text({ max: 200, example: 'PIPL 14(2)' }) readonly article: string = '';
  @Nested(() => LocalizedText) readonly summary: LocalizedText = new LocalizedText();
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'number' }] }) readonly before?: string | number;
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'number' }] }) readonly after?: string | number;
}

export class WordRunDto {
  @OneOf(['same', 'added', 'removed']) readonly kind: WordRun['kind'] = 'same';
  @Text({ max: 50_000 }) readonly text: string = '';
}

export class LocalizedWords {
  @ListOf(() => WordRunDto, { max: 20_000 }) readonly 'zh-CN': WordRun[] = [];
  @ListOf(() => WordRunDto, { max: 20_000 }) readonly en: WordRun[] = [];
}

/** A clause of either revision with the differences of its text. */
export class ComparedClauseDto implements ComparedClause {
  @Text({ max: 80 }) readonly id: string = '';
  @OneOf(clauseStates) readonly state: ClauseComparison['state'] = 'same';
  @Flag({ description: 'Also set where a changed clause stands elsewhere' }) readonly moved: boolean = false;
  @Whole({ min: 1, max: 1000, nullable: true }) readonly numberBefore: number | null = null;
  @Whole({ min: 1, max: 1000, nullable: true }) readonly numberAfter: number | null = null;
  @Nested(() => LocalizedText) readonly heading: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedWords) readonly headingWords: LocalizedWords = new LocalizedWords();
  @Nested(() => LocalizedWords) readonly words: LocalizedWords = new LocalizedWords();
}

/** What the later of two revisions changes. */
export class ComparisonDto {
  @ApiProperty({ type: RevisionSummary, nullable: true }) readonly from: RevisionSummary | null = null;
  @Nested(() => RevisionSummary) readonly to: RevisionSummary = new RevisionSummary();
  @OneOf(materialities, {
    description: 'As announced, where the two are the revision and its predecessor; else as computed',
  })
  readonly materiality: Materiality = 'editorial';
  @ListOf(() => DifferenceDto, { max: 10_000 }) readonly differences: DifferenceDto[] = [];
  @ListOf(() => ComparedClauseDto, { max: 1000 }) readonly clauses: ComparedClauseDto[] = [];
}

class ComparisonWarningDto {
  @Text({ max: 200, description: 'Stable for the same two revisions' }) readonly id: string = '';
  @OneOf(['words.numbersDiffer']) readonly rule: ComparisonWarning['rule'] = 'words.numbersDiffer';
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Text({ max: 200, example: 'clauses[3].body' }) readonly path: string = '';
  @Nested(() => LocalizedText) readonly summary: LocalizedText = new LocalizedText();
}

/** The same for operators, with what whoever submits the revision must answer. */
export class ReviewedComparison extends ComparisonDto {
  @ListOf(() => ComparisonWarningDto, { max: 1000 }) readonly warnings: ComparisonWarningDto[] = [];
}

export function toComparison({ from, to, comparison }: RevisionComparison, clauses: ComparedClause[]): ComparisonDto {
  return {
    from: from && toRevisionSummary(from),
    to: toRevisionSummary(to),
    materiality: to.weightBeside(from, comparison.materiality),
    differences: comparison.differences.map(toDifference),
    clauses,
  };
}

export function toDifference({
  id,
  clauseId,
  class: materiality,
  rule,
  article,
  summary,
  before,
  after,
}: Difference): DifferenceDto {
  return {
    id,
    clauseId,
    class: materiality,
    rule,
    article,
    summary: written(summary),
    before: writtenIfText(before),
    after: writtenIfText(after),
  };
}

/** Names of earlier texts stand in it. */
function written(text: Localized): Localized {
  return { 'zh-CN': withHiddenWrittenOut(text['zh-CN']), en: withHiddenWrittenOut(text.en) };
}

function writtenIfText<Value>(value: Value): Value | string {
  return typeof value === 'string' ? withHiddenWrittenOut(value) : value;
}
