import { Injectable } from '@nestjs/common';
import type { HoldingGround, HoldingSummary } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { Gate, type Grounds } from '../gate/gate.service.js';
import { servicesToAsk } from './holding.rules.js';

/** Why records are kept that do not say so themselves: what the gate would let be collected about this subject now. */
@Injectable()
export class StandingGrounds {
  constructor(
    private readonly gate: Gate,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** The summaries with grounds, in their order; those that had some keep them. */
  async complete(subjectId: string, summaries: readonly HoldingSummary[]): Promise<HoldingSummary[]> {
    const { rulebook } = await this.rulebooks.current();
    const asked = summaries.flatMap((part) =>
      part.grounds ? [] : servicesToAsk(part, rulebook).map((service) => ({ part, service })),
    );
    const questions = asked.map(({ part: { category }, service }) => ({
      subjectId,
      action: 'collect' as const,
      categories: [category],
      service,
    }));
    const found = new Map<HoldingSummary, HoldingGround[]>();
    const answers = questions.length > 0 ? await this.gate.groundsOfMany(questions) : [];
    for (const [index, { part }] of asked.entries()) {
      const grounds = answers[index];
      if (grounds) found.set(part, [...(found.get(part) ?? []), ...this.groundsIn(grounds)]);
    }
    return summaries.map((part) => (part.grounds ? part : { ...part, grounds: found.get(part) ?? [] }));
  }

  /** Data that is stored only rests on what it rested on before, though nothing more may be collected. */
  private groundsIn(asked: Grounds): readonly HoldingGround[] {
    const facts = asked.facts && { ...asked.facts, isRestricted: false, restrictedCategories: [] };
    return this.gate.weigh({ ...asked, facts }).results.flatMap(({ purposes }) => purposes);
  }
}
