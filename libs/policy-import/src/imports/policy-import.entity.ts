import type { Locale } from '@abide/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentFormat, ImportedClause, Proposal, ReadLocale, Remark } from '../document.js';
import { refusal } from '../policy-import.errors.js';
import type { Decisions } from './decisions.js';

export const importStates = ['open', 'drafted', 'discarded'] as const;
export type ImportState = (typeof importStates)[number];

/** The words of a clause in the other language. */
export interface Translation {
  readonly heading: string;
  readonly body: string;
  /** The clause was changed after it was written. */
  readonly isOutdated: boolean;
}

/** By the clause's id. */
export type Translations = Readonly<Record<string, Translation>>;

/** A document on its way to a draft: what was read, what it seems to promise, and what a person made of it so far. */
@Entity({ schema: 'policy_import', name: 'imports' })
export class PolicyImport {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text') format!: DocumentFormat;
  @Column('text') locale!: ReadLocale;
  @Column('jsonb') remarks!: readonly Remark[];
  @Column('jsonb') clauses!: readonly ImportedClause[];
  @Column('jsonb') proposals!: readonly Proposal[];
  @Column('jsonb') decisions!: Decisions;
  @Column('jsonb') translations!: Translations;
  @Column('text') state!: ImportState;
  @Column('text', { name: 'drafted_slug', nullable: true }) draftedSlug!: string | null;
  @Column('uuid', { name: 'drafted_revision_id', nullable: true }) draftedRevisionId!: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  /** Counts the changes; also its ETag. */
  @Column('integer') version!: number;

  /** @throws DomainError `import.closed` */
  requireOpen(): void {
    if (this.state !== 'open') throw refusal('import.closed');
  }

  /** @throws DomainError `import.unknown_clause` */
  requireClause(clauseId: string): ImportedClause {
    const clause = this.clauses.find(({ id }) => id === clauseId);
    if (!clause) throw refusal('import.unknown_clause');
    return clause;
  }
}

/** The language of the clauses; in a document in two languages the one that its readers here write in. */
export function languageOfClauses({ locale }: Pick<PolicyImport, 'locale'>): Locale {
  return locale === 'en' ? 'en' : 'zh-CN';
}
