import { Injectable } from '@nestjs/common';
import type { HolderIdentity } from '../protocol/holder-answers.js';
import type { SchemaDrift } from '../protocol/holder-failure.js';
import { HolderFailure, SchemaChanged, type HolderFailureCode } from '../protocol/holder-failure.js';
import { HolderConnections } from './holder-connections.js';
import { OutsideHolders } from './outside-holders.service.js';

export interface HolderCheck {
  readonly failure: HolderFailureCode | null;
  readonly identity: HolderIdentity | null;
  /** What it keeps and was not registered for. */
  readonly unregistered: readonly string[];
  /** Where a database and its manifest differ. */
  readonly drift: SchemaDrift | null;
}

/** Asks a holder outside who it is, about nobody. */
@Injectable()
export class HolderChecks {
  constructor(
    private readonly holders: OutsideHolders,
    private readonly connections: HolderConnections,
  ) {}

  /** @throws DomainError `holder.not_found`, `holder.state` unless it is active */
  async check(id: string): Promise<HolderCheck> {
    const holder = await this.holders.get(id);
    holder.requireActive();
    try {
      const identity = await (await this.connections.to(holder)).identify();
      await this.holders.noteHealth(holder, null);
      const unregistered = identity.categories.filter((category) => !holder.categories.includes(category));
      return { failure: null, identity, unregistered, drift: null };
    } catch (error) {
      if (!(error instanceof HolderFailure)) throw error;
      await this.holders.noteHealth(holder, error.code);
      const drift = error instanceof SchemaChanged ? error.drift : null;
      return { failure: error.code, identity: null, unregistered: [], drift };
    }
  }
}
