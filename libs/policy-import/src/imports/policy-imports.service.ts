import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId } from '@abide/kernel';
import { Database, requireMatch, type Position } from '@abide/platform';
import { Registries } from '@abide/policy';
import { canonicalJson } from '@abide/rulebook';
import { Repository } from 'typeorm';
import { Reader } from '../calculation/reader.js';
import { refusal, unreadable } from '../policy-import.errors.js';
import { movedTerms, placed, withAddedTerm, type AddedTerm } from './added-terms.js';
import { edited, type ClauseEdit } from './clause-edits.js';
import { carriedDecisions, withDistinctIds, type Decision } from './decisions.js';
import type { ImportFile } from './import-file.js';
import { pairedClauses } from './paired-clauses.js';
import { languageOfClauses, PolicyImport, type ImportState, type Translation } from './policy-import.entity.js';

const mostOpen = 100;

/** What somebody decides on a proposal; `undecided` takes back what was decided. */
export type Choice = { readonly proposalId: string } & (Decision | { readonly decision: 'undecided' });

/** Documents on their way to a draft. Every change with its evidence, in one transaction, and counted in the version. */
@Injectable()
export class PolicyImports {
  constructor(
    @InjectRepository(PolicyImport) private readonly importRepository: Repository<PolicyImport>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly registries: Registries,
    private readonly reader: Reader,
  ) {}

  /** Reads the file; it is not kept. @throws DomainError why it cannot be read, `import.too_many_open` */
  async begin({ name, bytes }: ImportFile, operatorId: string): Promise<PolicyImport> {
    await this.requireRoom();
    const { registry } = await this.registries.snapshot();
    const found = await this.reader.calculate('interpreted', [bytes, name, registry]);
    if ('refused' in found) throw unreadable(found.refused);
    const { document, clauses, proposals } = found;
    const now = this.clock.now();
    const begun = {
      decisions: {},
      translations: {},
      state: 'open' as const,
      draftedSlug: null,
      draftedRevisionId: null,
    };
    const facts = { id: newId(), fileName: name, createdBy: operatorId, createdAt: now, updatedAt: now, version: 1 };
    const imported = Object.assign(new PolicyImport(), { ...document, ...facts, ...begun, clauses, proposals });
    return this.db.transaction(async () => {
      await this.importRepository.insert(imported);
      const { format } = document;
      await this.record('begun', imported, { format, clauses: clauses.length, proposals: proposals.length });
      return imported;
    });
  }

  /** @throws DomainError `import.not_found` */
  async get(id: string): Promise<PolicyImport> {
    const imported = await this.importRepository.findOneBy({ id });
    if (!imported) throw refusal('import.not_found');
    return imported;
  }

  /** Without their texts, the newest first; of those that are open, the operator's own before all others. */
  async list(
    state: ImportState,
    operatorId: string,
    { limit, after }: { readonly limit: number; readonly after: Position | null },
  ): Promise<ListedImport[]> {
    return this.db.query<ListedImport>(
      `SELECT id, file_name AS "fileName", format, locale, state, drafted_slug AS "draftedSlug", created_by AS "createdBy",
              created_at AS "createdAt", updated_at AS "updatedAt", version, jsonb_array_length(clauses) AS clauses,
              jsonb_array_length(proposals) AS proposals, (SELECT count(*)::int FROM jsonb_object_keys(decisions)) AS decided
       FROM policy_import.imports
       WHERE state = $1 AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
       ORDER BY state = 'open' AND created_by = $4 DESC, created_at DESC, id DESC
       LIMIT $5`,
      [state, after?.at ?? null, after?.id ?? null, operatorId, limit + 1],
    );
  }

  /** The same choice again changes nothing. @throws DomainError `import.unknown_proposal`, and those of `change` */
  async decide(id: string, choices: readonly Choice[], expected: string | undefined): Promise<PolicyImport> {
    return this.change(id, expected, async (imported) => {
      const known = new Set(imported.proposals.map((proposal) => proposal.id));
      if (choices.some(({ proposalId }) => !known.has(proposalId))) throw refusal('import.unknown_proposal');
      const decisions = new Map(Object.entries(imported.decisions));
      for (const { proposalId, ...choice } of choices)
        if (choice.decision === 'undecided') decisions.delete(proposalId);
        else decisions.set(proposalId, choice);
      const count = (decision: Choice['decision']) => choices.filter((choice) => choice.decision === decision).length;
      const counted = { accepted: count('accepted'), declined: count('declined'), undecided: count('undecided') };
      return { act: 'decided', changes: { decisions: Object.fromEntries(decisions) }, details: counted };
    });
  }

  /** Adds a term that a person writes, and accepts it. @throws DomainError `import.unknown_place`, `import.edit_impossible`, and those of `change` */
  async addTerm(id: string, added: AddedTerm, expected: string | undefined): Promise<PolicyImport> {
    return this.change(id, expected, async (imported) => {
      const changes = withAddedTerm(imported, added);
      return { act: 'termAdded', changes, details: { clauseId: added.clauseId, type: added.term.type } };
    });
  }

  /**
   * Changes the clauses. What is proposed in a clause that changed is proposed anew; a decision stays with its sentence and term.
   * @throws DomainError `import.unknown_clause`, `import.edit_impossible`, and those of `change`
   */
  async edit(id: string, edits: readonly ClauseEdit[], expected: string | undefined): Promise<PolicyImport> {
    const before = await this.get(id);
    before.requireOpen();
    const { clauses, translations } = edited(before, edits);
    const untouched = new Set(
      before.clauses.filter((one) => clauses.some((clause) => clause === one)).map((one) => one.id),
    );
    const { registry } = await this.registries.snapshot();
    const anew = await this.reader.calculate('proposalsOf', [clauses, registry]);
    const found = clauses.flatMap((clause) =>
      (untouched.has(clause.id) ? before.proposals : anew).filter(({ clauseId }) => clauseId === clause.id),
    );
    const proposals = withDistinctIds(placed(clauses, found, movedTerms(before, clauses)));
    return this.change(id, expected ?? String(before.version), async (imported) => {
      requireMatch(String(before.version), String(imported.version), 'import.stale_edit');
      const decisions = carriedDecisions(imported, { clauses, proposals });
      const details = { edits: edits.length, clauses: clauses.length, proposals: proposals.length };
      return { act: 'edited', changes: { clauses, translations, proposals, decisions }, details };
    });
  }

  /** Keeps the words of a clause in the other language. @throws DomainError `import.unknown_clause`, and those of `change` */
  async translate(
    id: string,
    { clauseId, ...words }: Omit<Translation, 'isOutdated'> & { readonly clauseId: string },
    expected: string | undefined,
  ): Promise<PolicyImport> {
    return this.change(id, expected, async (imported) => {
      imported.requireClause(clauseId);
      const translations = { ...imported.translations, [clauseId]: { ...words, isOutdated: false } };
      return { act: 'translated', changes: { translations }, details: { clauseId } };
    });
  }

  /**
   * Keeps the words of a whole document in the other language, as far as its clauses can be told to be the same; those kept
   * before are written over. The file is not kept.
   * @throws DomainError why it cannot be read, `import.same_language`, `import.nothing_paired`, and those of `change`
   */
  async translateFrom(id: string, { name, bytes }: ImportFile, expected: string | undefined): Promise<PolicyImport> {
    const { registry } = await this.registries.snapshot();
    const found = await this.reader.calculate('interpreted', [bytes, name, registry]);
    if ('refused' in found) throw unreadable(found.refused);
    return this.change(id, expected, async (imported) => {
      if (languageOfClauses(found.document) === languageOfClauses(imported)) throw refusal('import.same_language');
      const paired = pairedClauses(imported.clauses, found.clauses);
      const count = Object.keys(paired).length;
      if (count === 0) throw refusal('import.nothing_paired');
      const translations = { ...imported.translations, ...paired };
      return { act: 'translated', changes: { translations }, details: { clauses: count } };
    });
  }

  /** Ends it and keeps nothing of what it says. */
  async discard(id: string, expected: string | undefined): Promise<PolicyImport> {
    const nothing = { clauses: [], proposals: [], decisions: {}, translations: {} };
    return this.change(id, expected, async () => ({ act: 'discarded', changes: { state: 'discarded', ...nothing } }));
  }

  /**
   * Does what `act` says with the import as it stands, which nobody else changes meanwhile. Nothing is written, and no
   * evidence, where it changes nothing.
   * @throws DomainError `import.not_found`, `import.closed`, `import.stale_edit`, or what `act` throws
   */
  async change(
    id: string,
    expected: string | undefined,
    act: (imported: PolicyImport) => Promise<Change>,
  ): Promise<PolicyImport> {
    return this.db.transaction(async () => {
      const imported = await this.importRepository.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!imported) throw refusal('import.not_found');
      requireMatch(expected, String(imported.version), 'import.stale_edit');
      imported.requireOpen();
      const { act: name, changes, details } = await act(imported);
      if (Object.entries(changes).every(([key, value]) => isSame(value, imported[key as keyof PolicyImport])))
        return imported;
      const all = { ...changes, version: imported.version + 1, updatedAt: this.clock.now() };
      await this.importRepository.update({ id }, all as object);
      await this.record(name, imported, details);
      return Object.assign(imported, all);
    });
  }

  private async requireRoom(): Promise<void> {
    if ((await this.importRepository.countBy({ state: 'open' })) >= mostOpen) throw refusal('import.too_many_open');
  }

  private async record(act: string, { id }: PolicyImport, details: Change['details'] = {}): Promise<void> {
    await this.audit.record({ act: `import.${act}`, object: { type: 'policyImport', id }, details });
  }
}

/** An import in a list. */
export type ListedImport = Pick<
  PolicyImport,
  | 'id'
  | 'fileName'
  | 'format'
  | 'locale'
  | 'state'
  | 'draftedSlug'
  | 'createdBy'
  | 'createdAt'
  | 'updatedAt'
  | 'version'
> & { readonly clauses: number; readonly proposals: number; readonly decided: number };

/** What an act changes, and what is recorded of it. */
export interface Change {
  readonly act: string;
  readonly changes: Partial<PolicyImport>;
  readonly details?: Record<string, string | number>;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
