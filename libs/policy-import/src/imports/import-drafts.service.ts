import { Injectable } from '@nestjs/common';
import { Clock, type Locale } from '@abide/kernel';
import { Drafts, PolicyCheck, PolicyTestTexts, Registries, type CheckedDraft } from '@abide/policy';
import type { PolicyKind, TestedPermission } from '@abide/rulebook';
import { refusal } from '../policy-import.errors.js';
import { documentSoFar, type PolicyHead } from './document-so-far.js';
import { gapsOf, untranslatedClauses, type Gap } from './gaps.js';
import { PolicyImports } from './policy-imports.service.js';
import { suggestedTests } from './suggested-tests.js';

interface WantedTests {
  readonly locale: Locale;
  readonly replaces?: string;
  /** Left out: all that are suggested. */
  readonly about?: readonly TestedPermission[];
}

/** A draft to be made of an import. The hashes are those of what is there already and may be written over. */
export interface WantedDraft extends PolicyHead {
  readonly replacesDraft?: string;
  /** In this language, where tests are to stand beside it. */
  readonly tests?: WantedTests;
}

/** From an import to the draft of a policy. */
@Injectable()
export class ImportDrafts {
  constructor(
    private readonly imports: PolicyImports,
    private readonly registries: Registries,
    private readonly checks: PolicyCheck,
    private readonly drafts: Drafts,
    private readonly testTexts: PolicyTestTexts,
    private readonly clock: Clock,
  ) {}

  /** What it lacks before it is a policy of this kind. @throws DomainError `import.not_found`, `import.closed` */
  async gaps(
    id: string,
    {
      slug = 'imported',
      kind,
      service,
    }: { readonly slug?: string; readonly kind: PolicyKind; readonly service?: string },
  ): Promise<Gap[]> {
    const imported = await this.imports.get(id);
    imported.requireOpen();
    const unsaid = { 'zh-CN': '—', en: '—' };
    const head = { slug, kind, service, title: unsaid, contact: unsaid };
    const value = documentSoFar(imported, head, { asIfTranslated: true });
    const { findings } = await this.checks.submission({ value });
    return gapsOf(imported, findings, await this.registries.profile());
  }

  /**
   * Saves it as the draft of a new or an existing policy, with tests beside it where wished, and ends the import: all of it or nothing.
   * @throws DomainError `import.untranslated`, those of changing an import, of saving a draft and of saving tests
   */
  async draft(id: string, wanted: WantedDraft, expected: string | undefined): Promise<CheckedDraft> {
    let saved: CheckedDraft | undefined;
    await this.imports.change(id, expected, async (imported) => {
      const untranslated = untranslatedClauses(imported);
      if (untranslated.length > 0) throw refusal('import.untranslated', { pointers: untranslated });
      const draft = await this.drafts.save(
        wanted.slug,
        { value: documentSoFar(imported, wanted) },
        wanted.replacesDraft,
      );
      saved = draft;
      if (wanted.tests) await this.saveTests(draft, wanted.slug, wanted.tests);
      const { revision } = draft;
      const terms = revision.document.clauses.reduce((sum, clause) => sum + clause.terms.length, 0);
      return {
        act: 'drafted',
        changes: { state: 'drafted', draftedSlug: wanted.slug, draftedRevisionId: revision.id },
        details: { slug: wanted.slug, revisionId: revision.id, contentHash: revision.contentHash, terms },
      };
    });
    if (!saved) throw refusal('import.closed');
    return saved;
  }

  private async saveTests(
    { revision }: CheckedDraft,
    slug: string,
    { locale, replaces, about }: WantedTests,
  ): Promise<void> {
    const { registry } = await this.registries.snapshot();
    const day = this.clock.now().toISOString().slice(0, 10);
    const { document, number } = revision;
    const { catalogue } = registry;
    const content = suggestedTests({ document, revision: number, day, locale, catalogue, wanted: about });
    if (content !== null) await this.testTexts.save(slug, content, replaces);
  }
}
