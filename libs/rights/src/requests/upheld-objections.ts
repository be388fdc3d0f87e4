import { Injectable } from '@nestjs/common';
import { Consents } from '@abide/consent';
import { Objections } from '@abide/identity';
import { EffectiveRulebook } from '@abide/policy';
import { choicesOf } from '@abide/rulebook';
import type { SubjectRequest } from './request.entity.js';

/** What follows from an objection that is upheld. */
@Injectable()
export class UpheldObjections {
  constructor(
    private readonly consents: Consents,
    private readonly objections: Objections,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** The purpose is closed to this person's data from now on, and a consent for it is withdrawn, with all that follows from that. Joins the open transaction. */
  async carryOut({ subjectId, purpose, number }: SubjectRequest): Promise<void> {
    if (purpose === null) return;
    const { rulebook } = await this.rulebooks.current();
    if (choicesOf(rulebook).has(purpose)) await this.consents.record(subjectId, { purpose, state: 'withdrawn' });
    await this.objections.uphold(subjectId, purpose, number);
  }
}
