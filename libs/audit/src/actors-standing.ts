import { Injectable } from '@nestjs/common';
import type { OperatorPrincipal } from '@abide/platform';

/** Whether an operator may act still, and holds it true until the open transaction ends: their session has not ended since the request began. */
export type StandingCheck = (operator: OperatorPrincipal) => Promise<boolean>;

/** The registry of who knows whether an operator may act still; whoever keeps their sessions registers. */
@Injectable()
export class ActorsStanding {
  private check: StandingCheck | null = null;

  /** Call it while modules initialise. */
  register(check: StandingCheck): void {
    this.check = check;
  }

  async stands(operator: OperatorPrincipal): Promise<boolean> {
    return this.check === null || this.check(operator);
  }
}
