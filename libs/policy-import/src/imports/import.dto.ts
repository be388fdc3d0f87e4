import type { Locale } from '@abide/kernel';
import { Flag, Id, Instant, JsonObject, ListOf, Nested, OneOf, Text, Texts, Whole } from '@abide/platform';
import { rights, type Right } from '@abide/rulebook';
import {
  formats,
  readLocales,
  remarkCodes,
  type DocumentFormat,
  type Proposal,
  type ReadLocale,
  type RemarkCode,
} from '../document.js';
import type { Gap } from './gaps.js';
import { importStates, languageOfClauses, type ImportState, type PolicyImport } from './policy-import.entity.js';
import type { ListedImport } from './policy-imports.service.js';

const locales = ['zh-CN', 'en'] as const;
export const longestBody = 20_000;
const mostClauses = 500;
const mostProposals = 20_000;

class ImportAuthor {
  @Id() readonly id: string = '';
  @Text({ max: 200, optional: true }) readonly name?: string;
}

class RemarkDto {
  @OneOf(remarkCodes) readonly code: RemarkCode = 'repairedText';
  @Whole({ min: 1, max: 1_000_000 }) readonly count: number = 1;
}

class ParagraphDto {
  @Text({ max: longestBody, description: 'As readers see it, without Markdown' }) readonly text: string = '';
  @Whole({ min: 0, max: 20, description: 'Of an item of a list how deeply it stands, from 1; else 0' })
  readonly level: number = 0;
  @Flag({ description: 'A row of a table, its cells joined by " | "' }) readonly isRow: boolean = false;
}

class TranslationDto {
  @Text({ max: 200 }) readonly heading: string = '';
  @Text({ max: longestBody, description: 'Markdown' }) readonly body: string = '';
  @Flag({ description: 'The clause was changed after it was written' }) readonly isOutdated: boolean = false;
}

class ImportedClauseDto {
  @Text({ max: 80, example: '2.1' }) readonly id: string = '';
  @Text({ max: 200 }) readonly heading: string = '';
  @Text({ max: longestBody, description: 'Markdown' }) readonly body: string = '';
  @ListOf(() => ParagraphDto, { max: 5000 }) readonly paragraphs: ParagraphDto[] = [];
  @Nested(() => TranslationDto, { nullable: true, description: 'In the language that is not the clauses’ own' })
  readonly translation: TranslationDto | null = null;
}

class EvidenceDto {
  @Whole({ min: 0, max: 1_000_000 }) readonly start: number = 0;
  @Whole({ min: 0, max: 1_000_000 }) readonly end: number = 0;
  @Text({ max: 40, description: 'The member of the term that the words speak of' }) readonly field: string = '';
  @Text({ max: 80, optional: true, description: 'The code that the words stand for' }) readonly code?: string;
  @Whole({
    min: 0,
    max: 5000,
    optional: true,
    description: 'The paragraph of the clause in which the words stand, where it is another one than the sentence’s',
  })
  readonly paragraph?: number;
}

const decisions = ['accepted', 'declined', 'undecided'] as const;
type DecisionWord = (typeof decisions)[number];

class ProposalDto {
  @Text({ max: 80 }) readonly id: string = '';
  @Text({ max: 80 }) readonly clauseId: string = '';
  @Whole({ min: 0, max: 5000, description: 'Which of the paragraphs of the clause, from 0' })
  readonly paragraph: number = 0;
  @Whole({ min: 0, max: 1_000_000, description: 'Where the sentence begins in the paragraph, in UTF-16 units' })
  readonly start: number = 0;
  @Whole({ min: 0, max: 1_000_000, description: 'Where it ends, not included' }) readonly end: number = 0;
  @JsonObject({ description: 'A term of the policy-as-code format as far as the words say it' }) readonly term: object =
    {};
  @ListOf(() => EvidenceDto, { max: 1000 }) readonly evidence: EvidenceDto[] = [];
  @Texts({
    max: 20,
    maxLength: 40,
    description: 'Members of the term that the text does not say and a person must choose',
  })
  readonly open: string[] = [];
  @Flag({ description: 'A person wrote it where nothing was proposed' }) readonly isAdded: boolean = false;
  @OneOf(decisions) readonly decision: DecisionWord = 'undecided';
  @JsonObject({ nullable: true, description: 'As it was accepted' }) readonly acceptedTerm: object | null = null;
}

/** An import with everything that was read. */
export class PolicyImportResponse {
  @Id() readonly id: string = '';
  @Text({ max: 200 }) readonly fileName: string = '';
  @OneOf(formats) readonly format: DocumentFormat = 'docx';
  @OneOf(readLocales, { description: 'What the document is written in' }) readonly locale: ReadLocale = 'zh-CN';
  @OneOf(locales, { description: 'The language of the clauses; their translations are in the other' })
  readonly language: Locale = 'zh-CN';
  @ListOf(() => RemarkDto, { max: 50, description: 'What was left out or mended while it was read' })
  readonly remarks: RemarkDto[] = [];
  @OneOf(importStates) readonly state: ImportState = 'open';
  @Text({ max: 60, nullable: true, description: 'The policy that it became a draft of' }) readonly draftedSlug:
    string | null = null;
  @Id({ nullable: true }) readonly draftedRevisionId: string | null = null;
  @Nested(() => ImportAuthor) readonly createdBy: ImportAuthor = new ImportAuthor();
  @Instant() readonly createdAt: string = '';
  @Instant() readonly updatedAt: string = '';
  @Text({ max: 20, description: 'What to send in If-Match' }) readonly etag: string = '';
  @ListOf(() => ImportedClauseDto, { max: mostClauses }) readonly clauses: ImportedClauseDto[] = [];
  @ListOf(() => ProposalDto, { max: mostProposals }) readonly proposals: ProposalDto[] = [];
}

/** An import in a list. */
export class PolicyImportLine {
  @Id() readonly id: string = '';
  @Text({ max: 200 }) readonly fileName: string = '';
  @OneOf(formats) readonly format: DocumentFormat = 'docx';
  @OneOf(readLocales) readonly locale: ReadLocale = 'zh-CN';
  @OneOf(importStates) readonly state: ImportState = 'open';
  @Text({ max: 60, nullable: true }) readonly draftedSlug: string | null = null;
  @Nested(() => ImportAuthor) readonly createdBy: ImportAuthor = new ImportAuthor();
  @Instant() readonly createdAt: string = '';
  @Instant() readonly updatedAt: string = '';
  @Whole({ min: 0, max: mostClauses }) readonly clauses: number = 0;
  @Whole({ min: 0, max: mostProposals }) readonly proposals: number = 0;
  @Whole({ min: 0, max: mostProposals, description: 'Of the proposals' }) readonly decided: number = 0;
}

class GapDto {
  @Text({ max: 100, example: 'import.undecided', description: 'Ours, or that of the policy’s check' })
  readonly code: string = '';
  @Text({ max: 2000, description: 'In the language asked for' }) readonly message: string = '';
  @OneOf(['error', 'warning'], { description: 'Errors keep it from being saved as a draft' }) readonly severity:
    'error' | 'warning' = 'error';
  @Text({ max: 80, nullable: true }) readonly clauseId: string | null = null;
  @Text({ max: 80, nullable: true }) readonly proposalId: string | null = null;
  @Text({ max: 40, nullable: true, description: 'The member of the term' }) readonly field: string | null = null;
  @OneOf(rights, { nullable: true, description: 'The right that no term speaks of' }) readonly right: Right | null =
    null;
}

export class GapsResponse {
  @ListOf(() => GapDto, { max: 50_000 }) readonly items: GapDto[] = [];
}

export function toImport(imported: PolicyImport, names: ReadonlyMap<string, string>): PolicyImportResponse {
  const { id, fileName, format, locale, remarks, state, draftedSlug, draftedRevisionId, translations } = imported;
  return {
    ...{ id, fileName, format, locale, state, draftedSlug, draftedRevisionId },
    language: languageOfClauses(imported),
    remarks: [...remarks],
    createdBy: { id: imported.createdBy, name: names.get(imported.createdBy) },
    createdAt: imported.createdAt.toISOString(),
    updatedAt: imported.updatedAt.toISOString(),
    etag: `"${imported.version}"`,
    clauses: imported.clauses.map((clause) => ({
      ...clause,
      paragraphs: [...clause.paragraphs],
      translation: translations[clause.id] ?? null,
    })),
    proposals: imported.proposals.map((proposal) => toProposal(proposal, imported)),
  };
}

export function toLine(line: ListedImport, names: ReadonlyMap<string, string>): PolicyImportLine {
  const { id, fileName, format, locale, state, draftedSlug, clauses, proposals, decided } = line;
  return {
    ...{ id, fileName, format, locale, state, draftedSlug, clauses, proposals, decided },
    createdBy: { id: line.createdBy, name: names.get(line.createdBy) },
    createdAt: line.createdAt.toISOString(),
    updatedAt: line.updatedAt.toISOString(),
  };
}

export function toGap({ message, ...rest }: Gap, locale: Locale): GapDto {
  return { ...rest, message: message[locale] };
}

function toProposal({ evidence, open, isAdded, ...rest }: Proposal, { decisions }: PolicyImport): ProposalDto {
  const decided = decisions[rest.id];
  return {
    ...rest,
    evidence: [...evidence],
    open: [...open],
    isAdded: isAdded === true,
    decision: decided?.decision ?? 'undecided',
    acceptedTerm: decided?.decision === 'accepted' ? decided.term : null,
  };
}

export { decisions as decisionWords, type DecisionWord };
