import { DomainError } from '@abide/kernel';
import { Flag, JsonObject, ListOf, LocalizedText, Nested, OneOf, PageQuery, Text, Whole } from '@abide/platform';
import { policyKinds, termTypes, type PolicyKind, type TermType } from '@abide/rulebook';
import type { PartialTerm } from '../document.js';
import type { AddedTerm } from './added-terms.js';
import type { ClauseEdit } from './clause-edits.js';
import { decisionWords, longestBody, type DecisionWord } from './import.dto.js';
import { importStates, type ImportState } from './policy-import.entity.js';
import type { Choice } from './policy-imports.service.js';

const clauseId = /^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/;
const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const service = /^[a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/;
const longestTerm = 20_000;

export class ListImports extends PageQuery {
  @OneOf(importStates, { optional: true, description: 'Left out: open' }) readonly state: ImportState = 'open';
}

class ChoiceDto {
  @Text({ max: 80 }) readonly proposalId: string = '';
  @OneOf(decisionWords) readonly decision: DecisionWord = 'undecided';
  @JsonObject({
    optional: true,
    description: 'The term as it is accepted, in the policy-as-code format; left out, as it was proposed',
  })
  readonly term?: object;
}

export class DecideProposals {
  @ListOf(() => ChoiceDto, { min: 1, max: 500 }) readonly decisions: ChoiceDto[] = [];
}

export class AddTerm {
  @Text({ max: 80, pattern: clauseId }) readonly clauseId: string = '';
  @Whole({ min: 0, max: 5000, description: 'Which of the paragraphs of the clause it stands on, from 0' })
  readonly paragraph: number = 0;
  @Whole({
    min: 0,
    max: 1_000_000,
    optional: true,
    description: 'Where the words begin in the paragraph, in UTF-16 units; left out, with the paragraph',
  })
  readonly start?: number;
  @Whole({ min: 1, max: 1_000_000, optional: true, description: 'Where they end, not included' })
  readonly end?: number;
  @JsonObject({ description: 'A term of the policy-as-code format; what it still lacks is listed as missing' })
  readonly term: object = {};
}

const edits = ['split', 'merge', 'rename', 'rewrite', 'renumber', 'remove'] as const;

class ClauseEditDto {
  @OneOf(edits, {
    description:
      'split: a clause of its own begins with `paragraph`, named `newId` and `heading`; merge: it goes on the clause before; rename: `heading`; rewrite: `body`; renumber: `newId`; remove',
  })
  readonly kind: (typeof edits)[number] = 'rename';
  @Text({ max: 80, pattern: clauseId }) readonly clauseId: string = '';
  @Whole({ min: 1, max: 5000, optional: true, description: 'From 0; a clause cannot be split before its first' })
  readonly paragraph?: number;
  @Text({ max: 80, pattern: clauseId, optional: true }) readonly newId?: string;
  @Text({ max: 200, optional: true }) readonly heading?: string;
  @Text({ max: longestBody, optional: true, description: 'Markdown' }) readonly body?: string;
}

export class EditClauses {
  @ListOf(() => ClauseEditDto, { min: 1, max: 100, description: 'Done one after the other, all of them or none' })
  readonly edits: ClauseEditDto[] = [];
}

export class TranslateClause {
  @Text({ max: 200 }) readonly heading: string = '';
  @Text({ max: longestBody, description: 'Markdown' }) readonly body: string = '';
}

export class AskGaps {
  @OneOf(policyKinds, { optional: true, description: 'What it is to become; left out, general' })
  readonly kind: PolicyKind = 'general';
  @Text({ max: 80, pattern: service, optional: true }) readonly service?: string;
  @Text({ max: 60, pattern: slug, optional: true, description: 'The policy that it is to replace' })
  readonly slug?: string;
}

class SuggestedTestDto {
  @Text({ max: 80, pattern: clauseId }) readonly clauseId: string = '';
  @Text({ max: 80 }) readonly category: string = '';
  @Text({ max: 80 }) readonly purpose: string = '';
}

export class SaveAsDraft {
  @Text({ max: 60, pattern: slug, example: 'privacy' }) readonly slug: string = '';
  @OneOf(policyKinds) readonly kind: PolicyKind = 'general';
  @Text({ max: 80, pattern: service, optional: true }) readonly service?: string;
  @Nested(() => LocalizedText) readonly title: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText, { optional: true }) readonly contact?: LocalizedText;
  @Text({
    max: 64,
    optional: true,
    description: 'The contentHash of the draft that it writes over, where there is one',
  })
  readonly replacesDraft?: string;
  @Flag({ optional: true, description: 'Whether tests of its consents are kept beside it' })
  readonly withTests?: boolean;
  @ListOf(() => SuggestedTestDto, {
    max: 100,
    optional: true,
    description:
      'With `withTests`, which of them: the first kind of data and purpose of a term that rests on a consent; left out, all',
  })
  readonly tests?: SuggestedTestDto[];
  @Text({
    max: 64,
    optional: true,
    description: 'The contentHash of the tests that they write over, where there are some',
  })
  readonly replacesTests?: string;
}

/** @throws DomainError `request.invalid` for a term that is none or is too long */
export function toChoice({ proposalId, decision, term }: ChoiceDto, proposed: PartialTerm | undefined): Choice {
  if (decision !== 'accepted') return { proposalId, decision };
  return { proposalId, decision, term: term === undefined ? (proposed ?? ({} as PartialTerm)) : toTerm(term) };
}

/** @throws DomainError `request.invalid` for a term that is none or is too long */
export function toAddedTerm({ term, ...place }: AddTerm): AddedTerm {
  return { ...place, term: toTerm(term) };
}

function toTerm(given: object): PartialTerm {
  const isTerm = 'type' in given && termTypes.includes(given.type as TermType);
  if (!isTerm || JSON.stringify(given).length > longestTerm) throw malformed('term');
  return given as PartialTerm;
}

/** @throws DomainError `request.invalid` where a member is missing that the edit needs */
export function toClauseEdit({ kind, clauseId, paragraph, newId, heading, body }: ClauseEditDto): ClauseEdit {
  if (kind === 'split')
    return {
      kind,
      clauseId,
      paragraph: needed(paragraph, 'paragraph'),
      newId: needed(newId, 'newId'),
      heading: needed(heading, 'heading'),
    };
  if (kind === 'rename') return { kind, clauseId, heading: needed(heading, 'heading') };
  if (kind === 'rewrite') return { kind, clauseId, body: needed(body, 'body') };
  if (kind === 'renumber') return { kind, clauseId, newId: needed(newId, 'newId') };
  return { kind, clauseId };
}

function needed<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw malformed(member);
  return value;
}

function malformed(member: string): DomainError {
  return new DomainError('invalid', 'request.invalid', {
    detail: `The member ${member} is missing or is not what it should be. Nothing was changed.`,
  });
}
