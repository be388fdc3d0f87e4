import type { Term } from '@abide/rulebook';

export const blockKinds = ['heading', 'paragraph', 'listItem', 'tableRow'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** One line of a document as its readers see it. */
export interface TextBlock {
  readonly kind: BlockKind;
  /** Of a heading 1 to 6; of a list item how deeply it stands, from 1; else 0. */
  readonly level: number;
  /** As the document writes or numbers it: `1.`, `（一）`, `(a)`; null where it has none. It is no part of `text`. */
  readonly number: string | null;
  /** One line, without line breaks. The cells of a table row are joined by ` | `. */
  readonly text: string;
}

export const formats = ['docx', 'html', 'markdown', 'text'] as const;
export type DocumentFormat = (typeof formats)[number];

export const readLocales = ['zh-CN', 'en', 'mixed'] as const;
export type ReadLocale = (typeof readLocales)[number];

export const remarkCodes = [
  'trackedChanges',
  'commentsLeftOut',
  'macrosLeftOut',
  'picturesLeftOut',
  'externalReferencesLeftOut',
  'scriptsLeftOut',
  'hiddenTextLeftOut',
  'contentsLeftOut',
  'nestedTables',
  'repairedText',
  'mixedLanguages',
] as const;
export type RemarkCode = (typeof remarkCodes)[number];

/** Something that was left out or done to a document while it was read, and how often. */
export interface Remark {
  readonly code: RemarkCode;
  readonly count: number;
}

/** A document as it was read: what it says, line by line, and nothing of how it looks. */
export interface ReadDocument {
  readonly format: DocumentFormat;
  readonly locale: ReadLocale;
  readonly blocks: readonly TextBlock[];
  readonly remarks: readonly Remark[];
}

/** One line of a clause: what its readers see of it, without Markdown. */
export interface ImportedParagraph {
  readonly text: string;
  /** How deeply it stands under others: what stands under a line such as `We collect:` has one more than that line. */
  readonly level: number;
  /** A row of a table, its cells joined by ` | `; the rows below the heads of the columns stand under them. */
  readonly isRow: boolean;
}

/** A clause in the language of the document, without terms. */
export interface ImportedClause {
  /** As the rulebook names clauses, at most 80 characters: `2.1`, `sharing`. */
  readonly id: string;
  /** At most 200 characters. */
  readonly heading: string;
  /** Markdown as the rulebook's clauseMarkdown reads it. */
  readonly body: string;
  /** What `paragraphsOf(body)` says of the body; sentences are counted in these. */
  readonly paragraphs: readonly ImportedParagraph[];
}

/** A term as far as the words say it: its type, and any of its members. */
export type PartialTerm = PartlySaid<Term>;
type PartlySaid<T extends Term> = T extends Term ? Pick<T, 'type'> & Partial<Omit<T, 'type'>> : never;

/** Which words made us think so. Places count UTF-16 units in the paragraph, the end not included. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  /** The member of the term that the words speak of: `categories`, `period`, `type`. */
  readonly field: string;
  /** The code that they stand for, where the member holds codes. */
  readonly code?: string;
  /** The paragraph in which they stand, where it is another one: a line that leads into the list that the sentence is in. */
  readonly paragraph?: number;
}

/** What a sentence seems to promise. It is no term before a person has accepted it. */
export interface Proposal {
  /** The same for the same sentence and term, however often it is proposed and whichever clause it moves to. */
  readonly id: string;
  readonly clauseId: string;
  /** Which of the clause's paragraphs, from 0. */
  readonly paragraph: number;
  /** Of the sentence, in UTF-16 units of the paragraph's text; the end is not included. */
  readonly start: number;
  readonly end: number;
  readonly term: PartialTerm;
  readonly evidence: readonly Evidence[];
  /** Members of the term that the text does not say and a person must choose, such as `basis`. */
  readonly open: readonly string[];
  /** Written by a person where no sentence was understood so; it has no evidence. */
  readonly isAdded?: true;
}
