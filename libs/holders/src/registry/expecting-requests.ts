import { Injectable } from '@nestjs/common';
import type { OutsideHolder } from './outside-holder.entity.js';

/** Requests that are not over and still count on one holder. */
export interface Expecting {
  /** They wait for what it does of what was granted. */
  readonly decided: number;
  /** Nobody has decided them yet; it is among those who have to answer. */
  readonly undecided: number;
}

type Count = (holder: Pick<OutsideHolder, 'holderName' | 'createdAt'>) => Promise<Expecting>;

/** Knows from whoever keeps requests how many of them still expect an answer from a holder. */
@Injectable()
export class ExpectingRequests {
  private countOf: Count = () => Promise.resolve({ decided: 0, undecided: 0 });

  /** Call it while modules initialise. */
  register(count: Count): void {
    this.countOf = count;
  }

  count(holder: Parameters<Count>[0]): Promise<Expecting> {
    return this.countOf(holder);
  }
}
