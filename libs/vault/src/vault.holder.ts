import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  isSpared,
  nothingToDo,
  rowsIn,
  sparedParameter,
  type AffectedCount,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type SuppliedRecord,
} from '@abide/platform';
import { nobody } from './files/file-keys.service.js';
import { SealedFiles } from './files/sealed-files.service.js';
import { categoryOfClaim, IdentifierClaims } from './identifier-claims.service.js';
import { Vault } from './vault.service.js';

const pendingClaimsLiveMilliseconds = 7 * 24 * 60 * 60 * 1000;

/**
 * Answers for identifier claims, keys, and sealed files that nobody else has deleted. Its turn comes last: erasing releases the claims and destroys the ordinary key, when
 * everything that must stay has been sealed under the retained one, which whoever erases destroys with the last ground (`Vault.destroyKeys`).
 */
@Injectable()
export class VaultHolder implements Holder, OnModuleInit {
  readonly name = 'vault';
  readonly phase = 'keys';
  readonly tables = ['vault.subject_keys', 'vault.identifier_claims', 'vault.sealed_files'];

  constructor(
    private readonly db: Database,
    private readonly claims: IdentifierClaims,
    private readonly vault: Vault,
    private readonly files: SealedFiles,
    private readonly registry: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async describe(subjectId: string): Promise<readonly HoldingSummary[]> {
    return this.db.query<{ category: string; count: number; since: Date }>(
      `SELECT ${categoryOfClaim} AS category, count(*)::integer AS count, min(claimed_at) AS since
       FROM vault.identifier_claims AS held WHERE subject_id = $1 GROUP BY type ORDER BY type`,
      [subjectId],
    );
  }

  /** Keyed hashes and keys mean nothing outside; identifiers and files are exported by who seals them. */
  async *export(): AsyncIterable<HeldRecord> {}

  /** Keyed hashes and keys mean nothing outside. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  /** A corrected identifier is a new claim, which identity makes. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** Claims go with the identifiers that identity deletes, keys with everything. The tombstone of the key stays, so that no key is ever made for the subject again. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (categories) return nothingToDo;
    return this.db.transaction(async () => {
      const released = await this.claims.releaseForErasure(subjectId);
      const destroyed = await this.vault.destroyKeys(subjectId, 'ordinary');
      const files = await this.files.deleteWhere('held.subject_id = $1', [subjectId]);
      return answerOf([
        ...released,
        { category: 'none', table: 'vault.sealed_files', count: files },
        { category: 'none', table: 'vault.subject_keys', count: destroyed },
      ]);
    });
  }

  /** Claims only answer who owns an identifier, which a restricted subject still needs. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** Deletes claims that were never confirmed within a week, and files that are past their time. */
  async expire(expiry: Expiry): Promise<HolderAnswer> {
    return this.db.transaction(async () => {
      const claims = await this.expireClaims(expiry);
      const files = await this.expireFiles({ ...expiry, limit: expiry.limit - rowsIn(claims) });
      return answerOf([...claims, { category: 'none', table: 'vault.sealed_files', count: files }]);
    });
  }

  private expireClaims({ now, limit, except }: Expiry): Promise<AffectedCount[]> {
    const pending = {
      table: 'vault.identifier_claims',
      category: categoryOfClaim,
      where: `(type, blind_index, subject_id) IN (
        SELECT type, blind_index, subject_id FROM vault.identifier_claims AS held
        WHERE confirmed_at IS NULL AND claimed_at < $1
          AND NOT ${isSpared({ subjectId: 'held.subject_id', category: categoryOfClaim, occurredAt: 'held.claimed_at' }, '$3')}
        ORDER BY claimed_at LIMIT $2)`,
    };
    const before = new Date(now.getTime() - pendingClaimsLiveMilliseconds);
    return deleteCounted(this.db, pending, [before, limit, sparedParameter(except)]);
  }

  private expireFiles({ now, limit, except }: Expiry): Promise<number> {
    return this.files.deleteWhere(
      `(held.id, held.subject_id) IN (
        SELECT file.id, file.subject_id FROM vault.sealed_files AS file
        WHERE file.expires_at <= $1 AND file.subject_id <> '${nobody}'
          AND NOT ${isSpared({ subjectId: 'file.subject_id', category: `'none'`, occurredAt: 'file.created_at' }, '$3')}
        ORDER BY file.expires_at LIMIT $2)`,
      [now, limit, sparedParameter(except)],
    );
  }
}
