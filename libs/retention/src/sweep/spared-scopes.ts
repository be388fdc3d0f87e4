import { Injectable } from '@nestjs/common';
import { HeldScopes, type SparedScope } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';

/** What stays though it is due: what a hold covers, and kinds of data of which a term in force says that they are stored only then, and not deleted. */
@Injectable()
export class SparedScopes {
  constructor(
    private readonly held: HeldScopes,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  async now(): Promise<SparedScope[]> {
    const { rulebook } = await this.rulebooks.current();
    const storedOnly = rulebook.promises.filter(({ then }) => then === 'restrict').map(({ category }) => category);
    return [...(await this.held.now()), ...[...new Set(storedOnly)].map((category) => ({ category }))];
  }
}
