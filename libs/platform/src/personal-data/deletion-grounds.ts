import { Injectable } from '@nestjs/common';
import type { StayingGround } from './holder.js';

/** What speaks against deleting data of these categories while the account goes on, by category. */
export type DeletionGroundSource = (
  subjectId: string,
  categories: readonly string[],
) => Promise<ReadonlyMap<string, readonly StayingGround[]>>;

/** Where modules that know no policy ask what a deletion would take from a contract or from others; whoever knows the policy answers. Without any source, nothing speaks against it. */
@Injectable()
export class DeletionGrounds {
  private source: DeletionGroundSource = async () => new Map();

  /** Call it while modules initialise. */
  register(source: DeletionGroundSource): void {
    this.source = source;
  }

  async of(...asked: Parameters<DeletionGroundSource>): ReturnType<DeletionGroundSource> {
    return this.source(...asked);
  }
}
