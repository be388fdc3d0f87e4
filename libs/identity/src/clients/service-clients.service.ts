import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, DomainError, newId } from '@abide/kernel';
import { Database, FreshReads } from '@abide/platform';
import { hashToken, newToken } from '../credentials/tokens.js';
import { isUniqueViolation } from '../database-errors.js';
import type { Scope } from './scopes.js';

export interface NewClient {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Made up when absent. */
  readonly id?: string;
  /** Made up when absent: 256 random bits. */
  readonly secret?: string;
  readonly expiresInDays?: number;
}

export interface ServiceClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly secrets: readonly { readonly id: string; readonly createdAt: Date; readonly expiresAt: Date }[];
}

/** A secret at the only moment it can be read. */
export interface ShownSecret {
  readonly clientId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

interface ClientRow {
  id: string;
  name: string;
  scopes: Scope[];
  created_at: Date;
  revoked_at: Date | null;
  secrets: { id: string; createdAt: string; expiresAt: string }[];
}

export const longestExpiryDays = 365;
export const longestOverlapDays = 30;
const mostClients = 200;

/** The platform's back-end services: what they may do, and the secrets they prove themselves with. */
@Injectable()
export class ServiceClients {
  private readonly liveScopes: FreshReads<readonly Scope[]>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {
    this.liveScopes = new FreshReads(db, (ids) => this.readScopes(ids));
  }

  async hasAny(): Promise<boolean> {
    return (await this.db.query('SELECT 1 FROM identity.service_clients LIMIT 1')).length > 0;
  }

  /** Adds a client; its secret is readable in the answer and never again. @throws DomainError `client.id_taken`, `client.too_many`. */
  async create({ id = newId(), name, scopes, secret, expiresInDays }: NewClient): Promise<ShownSecret> {
    return this.db.transaction(async () => {
      const [row] = await this.db.query<{ n: number }>('SELECT count(*)::int AS n FROM identity.service_clients');
      if ((row?.n ?? 0) >= mostClients) throw new DomainError('conflict', 'client.too_many');
      await this.insert(id, name, scopes);
      const shown = await this.addSecret(id, { secret, expiresInDays });
      await this.audit.record({ act: 'client.created', object: { type: 'client', id }, details: { scopes: scopes.join(' '), expiresAt: shown.expiresAt.toISOString() } });
      return shown;
    });
  }

  /** Every client, oldest first, with the secrets that are still good. */
  async list(): Promise<ServiceClient[]> {
    const rows = await this.db.query<ClientRow>(
      `SELECT client.*, coalesce(jsonb_agg(jsonb_build_object('id', secret.id, 'createdAt', secret.created_at, 'expiresAt', secret.expires_at)
                ORDER BY secret.created_at) FILTER (WHERE secret.id IS NOT NULL), '[]') AS secrets
       FROM identity.service_clients client
       LEFT JOIN identity.service_client_secrets secret ON secret.client_id = client.id AND secret.expires_at > $1
       GROUP BY client.id ORDER BY client.created_at, client.id LIMIT $2`,
      [this.clock.now(), mostClients],
    );
    return rows.map(toClient);
  }

  /**
   * Gives a client a new secret. The old ones stay good for `overlapDays`, never longer than they were.
   * @throws DomainError `client.not_found`.
   */
  async rotate(id: string, { overlapDays = 7, expiresInDays }: { overlapDays?: number; expiresInDays?: number }): Promise<ShownSecret> {
    return this.db.transaction(async () => {
      if (!(await this.findScopes(id))) throw notFound();
      const overlapEnd = new Date(this.clock.now().getTime() + overlapDays * dayInMilliseconds);
      await this.db.execute('UPDATE identity.service_client_secrets SET expires_at = $2 WHERE client_id = $1 AND expires_at > $2', [id, overlapEnd]);
      const shown = await this.addSecret(id, { expiresInDays });
      await this.audit.record({ act: 'client.rotated', object: { type: 'client', id }, details: { overlapDays, expiresAt: shown.expiresAt.toISOString() } });
      return shown;
    });
  }

  /** Ends a client and every token it holds, at once. @throws DomainError `client.not_found`. */
  async revoke(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const revoked = await this.db.execute('UPDATE identity.service_clients SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, this.clock.now()]);
      if (revoked === 0) throw notFound();
      await this.db.execute('DELETE FROM identity.service_client_secrets WHERE client_id = $1', [id]);
      await this.audit.record({ act: 'client.revoked', object: { type: 'client', id } });
    });
  }

  /** The scopes of a client that proves itself with one of its secrets, or null. */
  async prove(id: string, secret: string): Promise<readonly Scope[] | null> {
    const rows = await this.db.query<{ secret_hash: Buffer }>(
      'SELECT secret_hash FROM identity.service_client_secrets WHERE client_id = $1 AND expires_at > $2',
      [id, this.clock.now()],
    );
    const given = hashToken(secret);
    return rows.some(({ secret_hash }) => timingSafeEqual(secret_hash, given)) ? this.findScopes(id) : null;
  }

  /** The scopes of a client that is not revoked, or null. Asked at every request. */
  async findScopes(id: string): Promise<readonly Scope[] | null> {
    return (await this.liveScopes.get(id)) ?? null;
  }

  private async readScopes(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Scope[]>> {
    const rows = await this.db.prepared<{ id: string; scopes: Scope[] }>('identity.live_scopes', 'SELECT id, scopes FROM identity.service_clients WHERE id = ANY($1::text[]) AND revoked_at IS NULL', [ids]);
    return new Map(rows.map(({ id, scopes }) => [id, scopes]));
  }

  private async insert(id: string, name: string, scopes: readonly Scope[]): Promise<void> {
    const values = [id, name, [...new Set(scopes)], this.clock.now()];
    await this.db.execute('INSERT INTO identity.service_clients (id, name, scopes, created_at) VALUES ($1, $2, $3, $4)', values).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new DomainError('conflict', 'client.id_taken') : error;
    });
  }

  private async addSecret(clientId: string, { secret = newToken(), expiresInDays = longestExpiryDays }: { secret?: string; expiresInDays?: number }): Promise<ShownSecret> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + expiresInDays * dayInMilliseconds);
    await this.db.execute(
      'INSERT INTO identity.service_client_secrets (id, client_id, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [newId(), clientId, hashToken(secret), now, expiresAt],
    );
    return { clientId, secret, expiresAt };
  }
}

function toClient({ id, name, scopes, created_at, revoked_at, secrets }: ClientRow): ServiceClient {
  return {
    id, name, scopes, createdAt: created_at, revokedAt: revoked_at,
    secrets: secrets.map((secret) => ({ id: secret.id, createdAt: new Date(secret.createdAt), expiresAt: new Date(secret.expiresAt) })),
  };
}

function notFound(): DomainError {
  return new DomainError('notFound', 'client.not_found');
}
