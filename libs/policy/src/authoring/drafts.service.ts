import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Database, requireMatch } from '@abide/platform';
import type { PolicyDocument } from '@abide/rulebook';
import { refusal } from '../policy.errors.js';
import { Policies } from '../revisions/policies.js';
import { PolicyCheck, requireNoErrors, slugFinding, toRevisionText } from '../revisions/policy-check.js';
import type { Finding } from '../revisions/finding.js';
import { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';
import type { SubmittedPolicy } from '../calculation/text-check.js';

/** A draft with what is wrong with it. */
export interface CheckedDraft {
  readonly revision: Revision;
  readonly findings: readonly Finding[];
  /** Whether saving it created a revision. */
  readonly isNew: boolean;
}

/** Writing the next text of a policy: one draft line at a time, saved whole or not at all. */
@Injectable()
export class Drafts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly policies: Policies,
    private readonly revisions: Revisions,
    private readonly checks: PolicyCheck,
  ) {}

  /** The text being prepared, in whatever state before it is scheduled. @throws DomainError `policy.no_draft` */
  async get(slug: string): Promise<CheckedDraft> {
    const policy = await this.policies.get(slug);
    const revision = await this.revisions.open(policy.id);
    if (!revision) throw refusal('policy.no_draft', { detail: 'Nothing is being prepared for this policy.' });
    return { revision, findings: await this.checks.stored(revision), isNew: false };
  }

  /**
   * Saves `submitted` as the draft of the policy, creating policy and draft where there are none. Warnings are saved and
   * returned, errors are refused with every one listed. `expectedHash` is the draft's hash as the writer last saw it.
   * @throws DomainError `policy.invalid`, `policy.if_match_required`, `policy.stale_edit`, `policy.wrong_state`, `policy.kind_taken`
   */
  async save(slug: string, submitted: SubmittedPolicy, expectedHash: string | undefined): Promise<CheckedDraft> {
    const { document, findings } = await this.checks.submission(submitted, await this.policies.findBySlug(slug));
    const all = document && document.policy !== slug ? [slugFinding(document.policy, slug), ...findings] : findings;
    requireNoErrors(all);
    if (!document) throw refusal('policy.invalid');
    return this.db.transaction(async () => {
      const { policy } = await this.policies.findOrCreate(document);
      const open = await this.revisions.open(policy.id);
      const revision = open
        ? await this.overwrite(open, document, expectedHash)
        : await this.begin(policy.id, document, expectedHash);
      return { revision, findings: all, isNew: !open };
    });
  }

  private async begin(policyId: string, document: PolicyDocument, expectedHash: string | undefined): Promise<Revision> {
    if (expectedHash !== undefined) {
      throw refusal('policy.stale_edit', {
        detail: 'The draft you edited is gone. Your text was not stored; reload and save again.',
        extra: { httpStatus: 412 },
      });
    }
    const number = await this.revisions.nextNumber(policyId);
    const revision = Revision.draft({
      id: newId(),
      policyId,
      number,
      text: toRevisionText(document),
      at: this.clock.now(),
    });
    await this.revisions.add(revision);
    return revision;
  }

  private async overwrite(
    revision: Revision,
    document: PolicyDocument,
    expectedHash: string | undefined,
  ): Promise<Revision> {
    revision.requireEditable();
    if (expectedHash === undefined) {
      throw refusal('policy.if_match_required', {
        detail:
          "There is a draft already. Send its ETag in If-Match, so that nobody else's work is overwritten. Nothing was stored.",
        extra: { httpStatus: 428, currentEtag: revision.contentHash },
      });
    }
    requireMatch(expectedHash, revision.contentHash, 'policy.stale_edit');
    const text = toRevisionText(document);
    if (text.contentHash === revision.contentHash) return revision;
    revision.edit(text, this.clock.now());
    await this.revisions.save('draft', { revision, act: 'edit' });
    return revision;
  }
}
