import { Injectable } from '@nestjs/common';
import type { SparedScope } from './holder.js';

export type HeldScopesSource = () => Promise<readonly SparedScope[]>;

/** Where whoever sweeps what fell due asks what has to stay by a hold; whoever keeps holds answers. Without any source, nothing does. */
@Injectable()
export class HeldScopes {
  private source: HeldScopesSource = async () => [];

  /** Call it while modules initialise. */
  register(source: HeldScopesSource): void {
    this.source = source;
  }

  async now(): Promise<readonly SparedScope[]> {
    return this.source();
  }
}
