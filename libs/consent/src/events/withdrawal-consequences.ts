import { Injectable } from '@nestjs/common';
import type { ConsentChange } from '@abide/kernel';

type Consequence = (change: ConsentChange) => Promise<void>;

/**
 * What has to end in the very transaction of a withdrawal, so that nothing goes on after it was acknowledged. Modules that
 * depend on consents register; whoever may learn of it a moment later subscribes to `consent.withdrawn` instead.
 */
@Injectable()
export class WithdrawalConsequences {
  private readonly all: Consequence[] = [];

  /** Call it while modules initialise. */
  register(consequence: Consequence): void {
    this.all.push(consequence);
  }

  /** Joins the open transaction. */
  async draw(change: ConsentChange): Promise<void> {
    for (const consequence of this.all) await consequence(change);
  }
}
