import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Database, type HolderAnswer } from '@abide/platform';
import { DatabaseClient } from '../database/database-client.js';
import { refusal } from '../holders.errors.js';
import type { HolderSubject } from '../protocol/holder-client.js';
import { HolderFailure } from '../protocol/holder-failure.js';
import { OutsideHolders } from '../registry/outside-holders.service.js';

/** Tries an erasure in a database outside, where nothing of it stays. */
@Injectable()
export class ShadowRuns {
  constructor(
    private readonly db: Database,
    private readonly holders: OutsideHolders,
    private readonly databases: DatabaseClient,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `holder.not_found`, `holder.no_database`, `holder.state`, `holder.no_answer` with the reason */
  async run(id: string, subject: HolderSubject): Promise<HolderAnswer> {
    const holder = await this.holders.get(id);
    holder.requireActive();
    const database = await this.holders.databaseOf(holder);
    await this.db.transaction(() =>
      this.audit.record({ act: 'holder.shadowed', object: { type: 'holder', id }, details: { code: holder.code } }),
    );
    try {
      return await this.databases.shadow(database, subject);
    } catch (error) {
      if (!(error instanceof HolderFailure)) throw error;
      await this.holders.noteHealth(holder, error.code);
      throw refusal('holder.no_answer', { extra: { failure: error.code } });
    }
  }
}
