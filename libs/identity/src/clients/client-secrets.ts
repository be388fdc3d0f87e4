import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, dayInMilliseconds, DomainError, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { hashToken, newToken } from '../credentials/tokens.js';

/** A secret at the only moment it can be read. */
export interface ShownSecret {
  readonly clientId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/** How long a new secret lasts, and the old ones beside it. */
export interface SecretTerms {
  readonly overlapDays?: number | undefined;
  readonly expiresInDays?: number | undefined;
}

interface NewSecret {
  /** Made up when absent: 256 random bits. */
  readonly secret?: string | undefined;
  readonly expiresInDays?: number | undefined;
  /** The operator to whom it is shown, as far as is known. */
  readonly issuedTo: string | null;
}

export const longestExpiryDays = 365;
export const defaultOverlapDays = 7;
/** How long somebody whose client was confirmed has to come for its secret. */
const secretWaitsDays = 7;

/** The secrets by which service clients prove themselves, kept as hashes, and those that an operator has yet to come for. */
@Injectable()
export class ClientSecrets {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async issue(
    clientId: string,
    { secret = newToken(), expiresInDays = longestExpiryDays, issuedTo }: NewSecret,
  ): Promise<ShownSecret> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + expiresInDays * dayInMilliseconds);
    await this.db.execute(
      'INSERT INTO identity.service_client_secrets (id, client_id, secret_hash, created_at, expires_at, issued_to) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), clientId, hashToken(secret), now, expiresAt, issuedTo],
    );
    return { clientId, secret, expiresAt };
  }

  /** Those that there are stay good for so many days, never longer than they were. */
  async endWithin(clientId: string, days: number): Promise<void> {
    await this.db.execute(
      'UPDATE identity.service_client_secrets SET expires_at = $2 WHERE client_id = $1 AND expires_at > $2',
      [clientId, new Date(this.clock.now().getTime() + days * dayInMilliseconds)],
    );
  }

  /** Lets `operatorId`, and nobody else, come for a new one within a week. */
  async promise(
    clientId: string,
    operatorId: string,
    { overlapDays = defaultOverlapDays, expiresInDays = longestExpiryDays }: SecretTerms,
  ): Promise<void> {
    const until = new Date(this.clock.now().getTime() + secretWaitsDays * dayInMilliseconds);
    await this.db.execute(
      `INSERT INTO identity.due_client_secrets (client_id, operator_id, overlap_days, expires_in_days, expires_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (client_id) DO UPDATE SET operator_id = $2, overlap_days = $3, expires_in_days = $4, expires_at = $5`,
      [clientId, operatorId, overlapDays, expiresInDays, until],
    );
  }

  /** On what terms `operatorId` was promised one; promised no more from here on. @throws DomainError `client.no_secret_due`. */
  async redeem(clientId: string, operatorId: string): Promise<SecretTerms> {
    const [due] = await this.db.query<{ overlapDays: number; expiresInDays: number }>(
      `SELECT overlap_days AS "overlapDays", expires_in_days AS "expiresInDays" FROM identity.due_client_secrets
       WHERE client_id = $1 AND operator_id = $2 AND expires_at > $3 FOR UPDATE`,
      [clientId, operatorId, this.clock.now()],
    );
    if (!due)
      throw new DomainError('notFound', 'client.no_secret_due', {
        detail:
          'No secret of this client waits for you. Whoever proposed it can have it shown once, within a week of the confirmation.',
      });
    await this.db.execute('DELETE FROM identity.due_client_secrets WHERE client_id = $1', [clientId]);
    return due;
  }

  /** The operators who hold one that is still good, as far as is known. */
  async holders(clientId: string): Promise<string[]> {
    const rows = await this.db.query<{ issued_to: string }>(
      'SELECT DISTINCT issued_to FROM identity.service_client_secrets WHERE client_id = $1 AND expires_at > $2 AND issued_to IS NOT NULL',
      [clientId, this.clock.now()],
    );
    return rows.map(({ issued_to }) => issued_to);
  }

  /** Whether it is one of the client's that are still good. */
  async isGood(clientId: string, secret: string): Promise<boolean> {
    const rows = await this.db.query<{ secret_hash: Buffer }>(
      'SELECT secret_hash FROM identity.service_client_secrets WHERE client_id = $1 AND expires_at > $2',
      [clientId, this.clock.now()],
    );
    const given = hashToken(secret);
    return rows.some(({ secret_hash }) => timingSafeEqual(secret_hash, given));
  }

  async endAll(clientId: string): Promise<void> {
    await this.db.execute('DELETE FROM identity.service_client_secrets WHERE client_id = $1', [clientId]);
    await this.db.execute('DELETE FROM identity.due_client_secrets WHERE client_id = $1', [clientId]);
  }
}
