import { Injectable } from '@nestjs/common';
import type { ConsentChange } from '@abide/kernel';

/** `concerns`: whether it has anything to do for a withdrawal, so that one without consequences needs no transaction around it. */
export interface Consequence {
  concerns(change: ConsentChange): boolean;
  /** Joins the open transaction. */
  apply(change: ConsentChange): Promise<void>;
}

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

  of(change: ConsentChange): readonly Consequence[] {
    return this.all.filter((consequence) => consequence.concerns(change));
  }
}
