import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, HolderRegistry, type HeldRecord, type Holder, type HoldingSummary } from '@abide/platform';
import { IdentifierClaims } from './identifier-claims.service.js';

const pendingClaimsLiveMilliseconds = 7 * 24 * 60 * 60 * 1000;

/**
 * Answers for identifier claims and keys. Erasing releases the claims and leaves the keys: whoever erases destroys them
 * last (`Vault.destroyKeys`), when everything that must stay has been sealed under the retained key.
 */
@Injectable()
export class VaultHolder implements Holder, OnModuleInit {
  readonly name = 'vault';
  readonly tables = ['vault.subject_keys', 'vault.identifier_claims'];

  constructor(
    private readonly db: Database,
    private readonly claims: IdentifierClaims,
    private readonly registry: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    return this.db.query<{ category: string; count: number; since: Date }>(
      `SELECT 'registration.' || type AS category, count(*)::integer AS count, min(claimed_at) AS since
       FROM vault.identifier_claims WHERE subject_id = $1 GROUP BY type ORDER BY type`,
      [subjectId],
    );
  }

  /** Keyed hashes and keys mean nothing outside; the identifiers themselves are exported by who seals them. */
  async *export(): AsyncIterable<HeldRecord> {}

  /** A corrected identifier is a new claim, which identity makes. */
  async correct(): Promise<boolean> {
    return false;
  }

  async erase(subjectId: string): Promise<number> {
    return this.claims.releaseForErasure(subjectId);
  }

  /** Claims only answer who owns an identifier, which a restricted subject still needs. */
  async restrict(): Promise<void> {}

  /** Deletes claims that were never confirmed within a week. */
  async expire(now: Date, limit: number): Promise<number> {
    return this.db.execute(
      `DELETE FROM vault.identifier_claims WHERE (type, blind_index, subject_id) IN (
         SELECT type, blind_index, subject_id FROM vault.identifier_claims
         WHERE confirmed_at IS NULL AND claimed_at < $1 ORDER BY claimed_at LIMIT $2)`,
      [new Date(now.getTime() - pendingClaimsLiveMilliseconds), limit],
    );
  }
}
