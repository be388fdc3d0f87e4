import { Injectable } from '@nestjs/common';
import type { HoldingSummary } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import type { PurposeLineage } from '@abide/rulebook';
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
    const asked = summaries.filter((part) => !part.grounds);
    const found = Map.groupBy(await this.collectable(subjectId, asked), ({ part }) => part);
    return summaries.map((part) =>
      part.grounds
        ? part
        : { ...part, grounds: (found.get(part) ?? []).flatMap(({ grounds }) => this.groundsIn(grounds)) },
    );
  }

  /** Those of these categories that an agreement which the subject accepted lets be collected now, in whatever service. */
  async onContract(subjectId: string, categories: readonly string[]): Promise<ReadonlySet<string>> {
    const parts = categories.map((category) => ({ category }));
    const onContract = (await this.collectable(subjectId, parts)).filter(({ grounds }) =>
      this.groundsIn(grounds).some(({ basis }) => basis === 'contract'),
    );
    return new Set(onContract.map(({ part }) => part.category));
  }

  /** What the gate rests an answer on for each, in every service that may be meant. */
  private async collectable<Part extends Pick<HoldingSummary, 'category' | 'service'>>(
    subjectId: string,
    parts: readonly Part[],
  ): Promise<{ part: Part; grounds: Grounds }[]> {
    const { rulebook } = await this.rulebooks.current();
    const asked = parts.flatMap((part) => servicesToAsk(part, rulebook).map((service) => ({ part, service })));
    const questions = asked.map(({ part: { category }, service }) => ({
      subjectId,
      action: 'collect' as const,
      categories: [category],
      service,
    }));
    const answers = questions.length > 0 ? await this.gate.groundsOfMany(questions) : [];
    return asked.flatMap(({ part }, index) => {
      const grounds = answers[index];
      return grounds ? [{ part, grounds }] : [];
    });
  }

  /** Data that is stored only rests on what it rested on before, though nothing more may be collected. */
  private groundsIn(asked: Grounds): readonly PurposeLineage[] {
    const facts = asked.facts && { ...asked.facts, isRestricted: false, restrictedCategories: [] };
    return this.gate.weigh({ ...asked, facts }).results.flatMap(({ purposes }) => purposes);
  }
}
