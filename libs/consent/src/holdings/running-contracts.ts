import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeletionGrounds, type StayingGround } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { StandingGrounds } from './standing-grounds.js';

/**
 * Says to whoever decides on a deletion what the account goes on needing: what a clause lets be collected now as the contract needs it,
 * and what the profile counts as data of others.
 */
@Injectable()
export class RunningContracts implements OnModuleInit {
  constructor(
    private readonly grounds: DeletionGrounds,
    private readonly standing: StandingGrounds,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  onModuleInit(): void {
    this.grounds.register((subjectId, categories) => this.of(subjectId, categories));
  }

  private async of(
    subjectId: string,
    categories: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StayingGround[]>> {
    const { rulebook } = await this.rulebooks.current();
    const { runningContract, othersData } = rulebook.profile.rules;
    const registered = categories.filter((category) => rulebook.registered.categories.has(category));
    const needed = await this.standing.onContract(subjectId, runningContract.value ? registered : []);
    const found = (category: string): StayingGround[] => [
      ...(needed.has(category)
        ? [{ ground: 'runningContract' as const, article: runningContract.article, until: null }]
        : []),
      ...(othersData.value.includes(category)
        ? [{ ground: 'othersData' as const, article: othersData.article, until: null }]
        : []),
    ];
    return new Map(categories.map((category) => [category, found(category)]));
  }
}
