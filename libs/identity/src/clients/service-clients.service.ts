import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, DomainError, newId } from '@abide/kernel';
import { Database, BatchingLoader } from '@abide/platform';
import { isUniqueViolation } from '../database-errors.js';
import type { GrantEvidence } from '../operators/operators.service.js';
import type { ClientReach } from './client-bounds.js';
import { ClientSecrets, defaultOverlapDays, type SecretTerms, type ShownSecret } from './client-secrets.js';
import type { Scope } from './scopes.js';

export interface NewClient {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** What it is for; unbounded when absent. */
  readonly purposes?: readonly string[] | null;
  readonly services?: readonly string[] | null;
  /** Made up when absent. */
  readonly id?: string;
  /** Made up when absent: 256 random bits. */
  readonly secret?: string;
  readonly expiresInDays?: number;
}

export interface ServiceClient extends ClientReach {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** The operator who may have its next secret shown. */
  readonly secretDueTo: string | null;
  readonly secrets: readonly { readonly id: string; readonly createdAt: Date; readonly expiresAt: Date }[];
}

interface ReachRow {
  scopes: Scope[];
  purposes: string[] | null;
  services: string[] | null;
}

interface ClientRow extends ReachRow {
  id: string;
  name: string;
  due_to: string | null;
  created_at: Date;
  revoked_at: Date | null;
  secrets: { id: string; createdAt: string; expiresAt: string }[];
}

export const longestOverlapDays = 30;
const mostClients = 200;
/** The platform's back-end services: what they may do, and the secrets they prove themselves with. */
@Injectable()
export class ServiceClients {
  private readonly live: BatchingLoader<ClientReach>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly secrets: ClientSecrets,
  ) {
    this.live = new BatchingLoader(db, (ids) => this.readLive(ids));
  }

  async hasAny(): Promise<boolean> {
    return (await this.db.query('SELECT 1 FROM identity.service_clients LIMIT 1')).length > 0;
  }

  /** Adds a client; its secret is readable in the answer and never again. @throws DomainError `client.id_taken`, `client.too_many`. */
  async create(
    { id = newId(), secret, expiresInDays, ...client }: NewClient,
    { evidence = {}, issuedTo = null }: { evidence?: GrantEvidence; issuedTo?: string | null } = {},
  ): Promise<ShownSecret> {
    return this.db.transaction(async () => {
      await this.add(id, client, { ...evidence, ...(issuedTo !== null && { issuedTo }) });
      return this.secrets.issue(id, { secret, expiresInDays, issuedTo });
    });
  }

  /** Adds a client whose secret `operatorId` is yet to come for. @throws DomainError `client.id_taken`, `client.too_many`. */
  async createForLater(
    client: NewClient & { readonly id: string },
    { operatorId, evidence }: { operatorId: string; evidence: GrantEvidence },
  ): Promise<void> {
    await this.db.transaction(async () => {
      await this.add(client.id, client, evidence);
      await this.letCollect(client.id, operatorId, { overlapDays: 0, expiresInDays: client.expiresInDays });
    });
  }

  /** Every client, oldest first, with the secrets that are still good. */
  async list(): Promise<ServiceClient[]> {
    const rows = await this.db.query<ClientRow>(
      `SELECT client.*, coalesce(jsonb_agg(jsonb_build_object('id', secret.id, 'createdAt', secret.created_at, 'expiresAt', secret.expires_at)
                ORDER BY secret.created_at) FILTER (WHERE secret.id IS NOT NULL), '[]') AS secrets,
         (SELECT due.operator_id FROM identity.due_client_secrets due WHERE due.client_id = client.id AND due.expires_at > $1) AS due_to
       FROM identity.service_clients client
       LEFT JOIN identity.service_client_secrets secret ON secret.client_id = client.id AND secret.expires_at > $1
       GROUP BY client.id ORDER BY client.created_at, client.id LIMIT $2`,
      [this.clock.now(), mostClients],
    );
    return rows.map(toClient);
  }

  /**
   * What a client that is not revoked is called and for, held as it is until the open transaction ends.
   * @throws DomainError `client.not_found`.
   */
  async lock(id: string): Promise<ClientReach & { readonly name: string }> {
    const [row] = await this.db.query<ReachRow & { name: string }>(
      'SELECT name, scopes, purposes, services FROM identity.service_clients WHERE id = $1 AND revoked_at IS NULL FOR UPDATE',
      [id],
    );
    if (!row) throw notFound();
    return row;
  }

  /** Sets what a client is for; its tokens follow at once. @throws DomainError `client.not_found`. */
  async setReach(id: string, { scopes, purposes, services }: ClientReach, evidence: GrantEvidence = {}): Promise<void> {
    await this.db.transaction(async () => {
      const before = await this.lock(id);
      await this.db.execute(
        'UPDATE identity.service_clients SET scopes = $2, purposes = $3, services = $4 WHERE id = $1',
        [id, scopes, purposes, services],
      );
      const details = {
        'scopes.before': wordsOf(before.scopes),
        'purposes.before': wordsOf(before.purposes),
        'services.before': wordsOf(before.services),
        ...reachDetails({ scopes, purposes, services }),
      };
      await this.audit.record({
        act: 'client.reachChanged',
        object: objectOf(id),
        details: { ...details, ...evidence },
      });
    });
  }

  /**
   * Gives a client a new secret. The old ones stay good for `overlapDays`, never longer than they were.
   * @throws DomainError `client.not_found`.
   */
  async rotate(
    id: string,
    { overlapDays = defaultOverlapDays, expiresInDays }: SecretTerms,
    { evidence = {}, issuedTo = null }: { evidence?: GrantEvidence; issuedTo?: string | null } = {},
  ): Promise<ShownSecret> {
    return this.db.transaction(async () => {
      await this.lock(id);
      await this.secrets.endWithin(id, overlapDays);
      const shown = await this.secrets.issue(id, { expiresInDays, issuedTo });
      await this.audit.record({
        act: 'client.rotated',
        object: objectOf(id),
        details: { overlapDays, expiresAt: shown.expiresAt.toISOString(), ...evidence },
      });
      return shown;
    });
  }

  /** Lets `operatorId`, and nobody else, have a new secret shown once within a week. @throws DomainError `client.not_found`. */
  async letCollect(id: string, operatorId: string, terms: SecretTerms): Promise<void> {
    await this.lock(id);
    await this.secrets.promise(id, operatorId, terms);
  }

  /** Makes the secret that waits for `operatorId`, and shows it this once. @throws DomainError `client.no_secret_due`. */
  async collect(id: string, operatorId: string): Promise<ShownSecret> {
    return this.db.transaction(async () => {
      const terms = await this.secrets.redeem(id, operatorId);
      return this.rotate(id, terms, { issuedTo: operatorId });
    });
  }

  /** Ends a client and every token it holds, at once. @throws DomainError `client.not_found`. */
  async revoke(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const revoked = await this.db.execute(
        'UPDATE identity.service_clients SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL',
        [id, this.clock.now()],
      );
      if (revoked === 0) throw notFound();
      await this.secrets.endAll(id);
      await this.audit.record({ act: 'client.revoked', object: objectOf(id) });
    });
  }

  /** The scopes of a client that proves itself with one of its secrets, or null. */
  async prove(id: string, secret: string): Promise<readonly Scope[] | null> {
    return (await this.secrets.isGood(id, secret)) ? ((await this.findLive(id))?.scopes ?? null) : null;
  }

  /** What a client that is not revoked may do and is for, or null. Asked at every request. */
  async findLive(id: string): Promise<ClientReach | null> {
    return (await this.live.get(id)) ?? null;
  }

  private async readLive(ids: readonly string[]): Promise<ReadonlyMap<string, ClientReach>> {
    const rows = await this.db.prepared<ReachRow & { id: string }>(
      'identity.live_clients',
      'SELECT id, scopes, purposes, services FROM identity.service_clients WHERE id = ANY($1::text[]) AND revoked_at IS NULL',
      [ids],
    );
    return new Map(rows.map(({ id, ...reach }) => [id, reach]));
  }

  private async add(
    id: string,
    { name, scopes, purposes = null, services = null }: NewClient,
    evidence: GrantEvidence,
  ): Promise<void> {
    const [row] = await this.db.query<{ n: number }>('SELECT count(*)::int AS n FROM identity.service_clients');
    if ((row?.n ?? 0) >= mostClients) throw new DomainError('conflict', 'client.too_many');
    const values = [id, name, [...new Set(scopes)], purposes, services, this.clock.now()];
    await this.db
      .execute(
        'INSERT INTO identity.service_clients (id, name, scopes, purposes, services, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
        values,
      )
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new DomainError('conflict', 'client.id_taken') : error;
      });
    await this.audit.record({
      act: 'client.created',
      object: objectOf(id),
      details: { ...reachDetails({ scopes, purposes, services }), ...evidence },
    });
  }
}

function toClient({
  id,
  name,
  scopes,
  purposes,
  services,
  created_at,
  revoked_at,
  due_to,
  secrets,
}: ClientRow): ServiceClient {
  return {
    id,
    name,
    scopes,
    purposes,
    services,
    createdAt: created_at,
    revokedAt: revoked_at,
    secretDueTo: due_to,
    secrets: secrets.map((secret) => ({
      id: secret.id,
      createdAt: new Date(secret.createdAt),
      expiresAt: new Date(secret.expiresAt),
    })),
  };
}

function reachDetails({ scopes, purposes, services }: ClientReach): Record<string, string> {
  return { scopes: wordsOf(scopes), purposes: wordsOf(purposes), services: wordsOf(services) };
}

/** `*` is without bounds. */
function wordsOf(codes: readonly string[] | null): string {
  return codes === null ? '*' : codes.join(' ');
}

function objectOf(id: string): { type: string; id: string } {
  return { type: 'client', id };
}

function notFound(): DomainError {
  return new DomainError('notFound', 'client.not_found');
}
