import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, type AffectedCount } from '@abide/platform';
import { vaultError } from './vault.errors.js';
import { Vault } from './vault.service.js';

export const identifierTypes = ['phone', 'email'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

/** SQL: the category that a claim, the row `held`, is of. */
export const categoryOfClaim = `'registration.' || held.type`;

/** One subject's claim to an identifier; `value` is normalised by the caller. */
export interface IdentifierClaim {
  readonly type: IdentifierType;
  readonly value: string;
  readonly subjectId: string;
}

/** Who may sign in with which phone number or e-mail address, kept by blind index. */
@Injectable()
export class IdentifierClaims {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** A pending claim. Never exclusive and never refused: it must not tell whether someone else has the identifier. */
  async claim({ type, value, subjectId }: IdentifierClaim): Promise<void> {
    await this.db.execute(
      'INSERT INTO vault.identifier_claims (type, blind_index, subject_id, claimed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [type, await this.vault.blindIndex(type, value), subjectId, this.clock.now()],
    );
  }

  /**
   * Makes the claim exclusive, with or without a pending one before. The transaction stays usable after a refusal.
   * @throws DomainError `identifier.taken`; the pending claim is dropped then.
   */
  async confirm({ type, value, subjectId }: IdentifierClaim): Promise<void> {
    const index = await this.vault.blindIndex(type, value);
    await this.db.transaction(async () => {
      const pending = await this.db.query<{ claimed_at: Date }>(
        `DELETE FROM vault.identifier_claims
         WHERE type = $1 AND blind_index = $2 AND subject_id = $3 AND confirmed_at IS NULL RETURNING claimed_at`,
        [type, index, subjectId],
      );
      await this.db.execute(
        `INSERT INTO vault.identifier_claims (type, blind_index, subject_id, claimed_at, confirmed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (type, blind_index) WHERE confirmed_at IS NOT NULL DO NOTHING`,
        [type, index, subjectId, pending[0]?.claimed_at ?? this.clock.now(), this.clock.now()],
      );
      if ((await this.ownerOf(type, index)) !== subjectId.toLowerCase()) throw vaultError('identifier.taken');
    });
  }

  /** The subject that confirmed the identifier, or null. `otherForms`: in which the same may have been claimed earlier; `value` goes first. */
  async findOwner(type: IdentifierType, value: string, otherForms: readonly string[] = []): Promise<string | null> {
    const indexes: Buffer[] = [];
    for (const form of [value, ...otherForms]) indexes.push(await this.vault.blindIndex(type, form));
    const [row] = await this.db.query<{ subject_id: string }>(
      `SELECT subject_id FROM vault.identifier_claims WHERE type = $1 AND blind_index = ANY($2) AND confirmed_at IS NOT NULL
       ORDER BY array_position($2, blind_index) LIMIT 1`,
      [type, indexes],
    );
    return row?.subject_id ?? null;
  }

  /** Gives up the subject's claims: all of them, those of one type, or the one to `value`. */
  async release(subjectId: string, type?: IdentifierType, value?: string): Promise<void> {
    const index = type !== undefined && value !== undefined ? await this.vault.blindIndex(type, value) : null;
    await this.db.execute(
      `DELETE FROM vault.identifier_claims
       WHERE subject_id = $1 AND ($2::text IS NULL OR type = $2) AND ($3::bytea IS NULL OR blind_index = $3)`,
      [subjectId, type ?? null, index],
    );
  }

  /** Gives up the claims of a subject that is being erased and suppresses the confirmed ones. Resolves to how many there were of each type. */
  async releaseForErasure(subjectId: string): Promise<AffectedCount[]> {
    return this.db.transaction(async () => {
      const released = await this.db.query<{ type: IdentifierType; blind_index: Buffer; confirmed_at: Date | null }>(
        'DELETE FROM vault.identifier_claims WHERE subject_id = $1 RETURNING type, blind_index, confirmed_at',
        [subjectId],
      );
      for (const claim of released) if (claim.confirmed_at) await this.vault.suppress(claim.type, claim.blind_index);
      return [...Map.groupBy(released, ({ type }) => type)].map(([type, { length: count }]) => ({
        category: `registration.${type}`,
        table: 'vault.identifier_claims',
        count,
      }));
    });
  }

  private async ownerOf(type: IdentifierType, index: Buffer): Promise<string | null> {
    const [row] = await this.db.query<{ subject_id: string }>(
      'SELECT subject_id FROM vault.identifier_claims WHERE type = $1 AND blind_index = $2 AND confirmed_at IS NOT NULL',
      [type, index],
    );
    return row?.subject_id ?? null;
  }
}
