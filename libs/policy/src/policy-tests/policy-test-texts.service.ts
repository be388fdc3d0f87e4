import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock } from '@abide/kernel';
import { Audit } from '@abide/audit';
import { Database, requireMatch } from '@abide/platform';
import { Repository } from 'typeorm';
import { Calculator } from '../calculation/calculator.js';
import { refusal } from '../policy.errors.js';
import { actingOperator } from '../acting.js';
import { Policies } from '../revisions/policies.js';
import { Revisions } from '../revisions/revisions.js';
import { KeptPolicyTests } from './kept-policy-tests.entity.js';
import { readTestsToKeep } from './readable-tests.js';

/** The tests kept beside a policy: one text each, written by whoever writes the policy. */
@Injectable()
export class PolicyTestTexts {
  constructor(
    @InjectRepository(KeptPolicyTests) private readonly keptPolicyTestsRepository: Repository<KeptPolicyTests>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly policies: Policies,
    private readonly revisions: Revisions,
    private readonly calculator: Calculator,
  ) {}

  find(policyId: string): Promise<KeptPolicyTests | null> {
    return this.keptPolicyTestsRepository.findOneBy({ policyId });
  }

  /** @throws DomainError `policy.not_found`, `policy.no_tests` */
  async get(slug: string): Promise<KeptPolicyTests> {
    const { id } = await this.policies.get(slug);
    const kept = await this.find(id);
    if (!kept) throw refusal('policy.no_tests', { detail: 'No tests are kept beside this policy.' });
    return kept;
  }

  /**
   * Keeps `content` as the tests of the policy; `expectedHash` is the hash of the text as the writer last saw it.
   * @throws DomainError `policy.tests_invalid`, `policy.if_match_required`, `policy.stale_edit`, `policy.not_found`
   */
  async save(
    slug: string,
    content: string,
    expectedHash: string | undefined,
  ): Promise<{ kept: KeptPolicyTests; isNew: boolean }> {
    const { cases } = await readTestsToKeep(content, this.calculator);
    const { id: policyId } = await this.policies.get(slug);
    return this.db.transaction(async () => {
      await this.revisions.lockPolicy(policyId);
      const before = await this.find(policyId);
      requireSeen(before, expectedHash);
      const contentHash = createHash('sha256').update(content).digest('hex');
      if (before?.contentHash === contentHash) return { kept: before, isNew: false };
      const kept = {
        policyId,
        content,
        contentHash,
        updatedAt: this.clock.now(),
        updatedBy: actingOperator().operatorId,
      };
      await this.keptPolicyTestsRepository.upsert(kept, ['policyId']);
      await this.audit.record({
        act: 'policy.tests_saved',
        object: { type: 'policy', id: policyId },
        details: { slug, contentHash, cases: cases.length },
      });
      return { kept, isNew: !before };
    });
  }
}

function requireSeen(before: KeptPolicyTests | null, expectedHash: string | undefined): void {
  if (before && expectedHash === undefined) {
    throw refusal('policy.if_match_required', {
      detail:
        "Tests are kept already. Send their ETag in If-Match, so that nobody else's work is overwritten. Nothing was stored.",
      extra: { httpStatus: 428, currentEtag: before.contentHash },
    });
  }
  requireMatch(expectedHash, before?.contentHash ?? '', 'policy.stale_edit');
}
