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

  /** Those of these categories that an agreement which the subject accepted lets be collected now, in whatever service. */
  async onContract(subjectId: string, categories: readonly string[]): Promise<ReadonlySet<string>> {
    const { rulebook } = await this.rulebooks.current();
    const asked = categories.flatMap((category) =>
      servicesToAsk({ category }, rulebook).map((service) => ({ category, service })),
    );
    const questions = asked.map(({ category, service }) => ({
      subjectId,
      action: 'collect' as const,
      categories: [category],
      service,
    }));
    const answers = questions.length > 0 ? await this.gate.groundsOfMany(questions) : [];
    const isOnContract = (grounds: Grounds | undefined) =>
      grounds !== undefined &&
      this.gate
        .weigh({ ...grounds, facts: unrestricted(grounds) })
        .results.some(({ purposes }) => purposes.some(({ basis }) => basis === 'contract'));
    return new Set(asked.filter((_, index) => isOnContract(answers[index])).map(({ category }) => category));
  }

  /** Data that is stored only rests on what it rested on before, though nothing more may be collected. */
  private groundsIn(asked: Grounds): readonly HoldingGround[] {
    return this.gate.weigh({ ...asked, facts: unrestricted(asked) }).results.flatMap(({ purposes }) => purposes);
  }
}

function unrestricted({ facts }: Grounds): Grounds['facts'] {
  return facts && { ...facts, isRestricted: false, restrictedCategories: [] };
}
