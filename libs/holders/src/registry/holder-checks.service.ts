import { Injectable } from '@nestjs/common';
import type { HolderIdentity } from '../protocol/holder-answers.js';
import { HolderClient } from '../protocol/holder-client.js';
import { HolderFailure, type HolderFailureCode } from '../protocol/holder-failure.js';
import { OutsideHolders } from './outside-holders.service.js';

export interface HolderCheck {
  readonly failure: HolderFailureCode | null;
  readonly identity: HolderIdentity | null;
  /** What it keeps and was not registered for. */
  readonly unregistered: readonly string[];
}

/** Asks a holder outside who it is, about nobody. */
@Injectable()
export class HolderChecks {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly client: HolderClient,
  ) {}

  /** @throws DomainError `holder.not_found`, `holder.state` unless it is active */
  async check(id: string): Promise<HolderCheck> {
    const holder = await this.holders.get(id);
    holder.requireActive();
    try {
      const identity = await this.client.identify(await this.holders.addressOf(holder));
      await this.holders.noteHealth(holder, null);
      const unregistered = identity.categories.filter((category) => !holder.categories.includes(category));
      return { failure: null, identity, unregistered };
    } catch (error) {
      if (!(error instanceof HolderFailure)) throw error;
      await this.holders.noteHealth(holder, error.code);
      return { failure: error.code, identity: null, unregistered: [] };
    }
  }
}
