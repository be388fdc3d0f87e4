import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MinorAges, type MinorAgesSource } from '@abide/identity';
import type { PolicyDocument } from '@abide/rulebook';
import { Revisions } from '../revisions/revisions.js';
import { EffectiveRulebook } from './effective-rulebook.js';

/** Tells registration below which ages the policies in force ask for a guardian's consent or advice, and in which zone a birthday begins (register of promises, M1). */
@Injectable()
export class MinorAgesInForce implements OnModuleInit {
  constructor(
    private readonly ages: MinorAges,
    private readonly rulebooks: EffectiveRulebook,
    private readonly revisions: Revisions,
  ) {}

  onModuleInit(): void {
    this.ages.register(() => this.current());
  }

  async current(): ReturnType<MinorAgesSource> {
    const { rulebook } = await this.rulebooks.current();
    const inForce = await this.revisions.allInForce();
    return {
      guardianUnder: rulebook.guardianConsentUnder,
      notAllowedUnder: rulebook.notAllowedUnder,
      minorUnder: Math.max(0, ...inForce.flatMap(({ revision }) => adviceAges(revision.document))),
      utcOffsetHours: rulebook.profile.utcOffsetHours,
    };
  }
}

function adviceAges({ clauses }: PolicyDocument): number[] {
  return clauses.flatMap(({ terms }) =>
    terms.flatMap((term) => (term.type === 'minors' && term.requires === 'guardianAdvice' ? [term.under] : [])),
  );
}
