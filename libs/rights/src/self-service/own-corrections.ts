import { Injectable } from '@nestjs/common';
import { ownCategories, Subjects } from '@abide/identity';
import { CitedRevisions, EffectiveRulebook } from '@abide/policy';
import { givesCorrectionWithoutEvidence } from './own-corrections.rules.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';

/** Which corrections need no operator: of what an account says of itself, where a clause gives the right without evidence. */
@Injectable()
export class OwnCorrections {
  constructor(
    private readonly subjects: Subjects,
    private readonly records: RequestRecords,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
  ) {}

  /** What somebody wrote beside it, a person reads. */
  async areAllowed(request: SubjectRequest): Promise<boolean> {
    if (request.type !== 'correction') return false;
    const { text, corrections } = await this.records.content(request);
    const subject = await this.subjects.find(request.subjectId);
    if (text !== null || subject === null) return false;
    const own = ownCategories(subject.kind);
    return corrections.every(({ category }) => own.includes(category)) && (await this.isWithoutEvidence());
  }

  private async isWithoutEvidence(): Promise<boolean> {
    const { revisionIds } = await this.rulebooks.current();
    const revisions = await Promise.all([...revisionIds.values()].map((id) => this.cited.text(id)));
    return givesCorrectionWithoutEvidence(revisions.map(({ document }) => document));
  }
}
