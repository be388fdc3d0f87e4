import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, Ticks } from '@abide/platform';
import { Vault } from '@abide/vault';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

export const algorithm = 'EdDSA';

interface KeyRow {
  id: string;
  public_jwk: JWK;
  private_jwk: Buffer;
  created_at: Date;
  retired_at: Date | null;
}

interface LoadedKey {
  readonly row: KeyRow;
  readonly publicKey: CryptoKey;
}

const reloadMilliseconds = 60_000;
const unknownKeyReloadMilliseconds = 1000;
const rotateAfterDays = 90;
/** Longer than any token lives. */
const keepRetiredDays = 1;

/** The Ed25519 keys that sign access tokens: made once, sealed at rest, changed every 90 days. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private loaded: ReadonlyMap<string, LoadedKey> = new Map();
  private loadedAt = 0;
  private signing: { readonly id: string; readonly privateKey: CryptoKey } | undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly ticks: Ticks,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.ticks.every(3600, 'identity.rotate_signing_keys', () => this.rotateWhenDue());
  }

  /** Makes the first key when there is none. */
  async ensure(): Promise<void> {
    await this.db.transaction(async () => {
      await this.lock();
      if (!(await this.findCurrent())) await this.insertNew();
    });
  }

  /** Signs with a new key from now on; tokens of the old one stay good for as long as they live. Resolves to the new key's id. */
  async rotate(): Promise<string> {
    return this.db.transaction(async () => {
      await this.lock();
      await this.db.execute('UPDATE identity.signing_keys SET retired_at = $1 WHERE retired_at IS NULL', [this.clock.now()]);
      const id = await this.insertNew();
      await this.audit.record({ act: 'signingKey.rotated', object: { type: 'signingKey', id } });
      this.db.afterCommit(() => (this.loadedAt = 0));
      return id;
    });
  }

  /** The key to sign with, and its id for the token's header. */
  async current(): Promise<{ readonly id: string; readonly privateKey: CryptoKey }> {
    await this.reloadAfter(reloadMilliseconds);
    const row = [...this.loaded.values()].find(({ row: { retired_at } }) => retired_at === null)?.row;
    if (!row) throw new Error('There is no signing key yet');
    if (this.signing?.id === row.id) return this.signing;
    const privateKey = await toKey(JSON.parse(await this.vault.openSecret(secretName(row.id), row.private_jwk)) as JWK);
    this.signing = { id: row.id, privateKey };
    return this.signing;
  }

  /** The public key with this id, or null when it never was or is gone. */
  async findPublicKey(id: string): Promise<CryptoKey | null> {
    await this.reloadAfter(this.loaded.has(id) ? reloadMilliseconds : unknownKeyReloadMilliseconds);
    return this.loaded.get(id)?.publicKey ?? null;
  }

  /** The public keys as a JSON Web Key Set (RFC 7517 §5). */
  async keySet(): Promise<{ keys: JWK[] }> {
    await this.reloadAfter(reloadMilliseconds);
    return { keys: [...this.loaded.values()].map(({ row }) => ({ ...row.public_jwk, kid: row.id, alg: algorithm, use: 'sig' })) };
  }

  private async rotateWhenDue(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.db.execute('DELETE FROM identity.signing_keys WHERE retired_at < $1', [new Date(now - keepRetiredDays * dayInMilliseconds)]);
    const current = await this.findCurrent();
    if (current && current.created_at.getTime() < now - rotateAfterDays * dayInMilliseconds) await this.rotate();
  }

  private async reloadAfter(milliseconds: number): Promise<void> {
    if (Date.now() - this.loadedAt < milliseconds) return;
    const rows = await this.db.query<KeyRow>('SELECT id, public_jwk, private_jwk, created_at, retired_at FROM identity.signing_keys');
    const keys = await Promise.all(rows.map(async (row) => [row.id, { row, publicKey: await toKey(row.public_jwk) }] as const));
    this.loaded = new Map(keys);
    this.loadedAt = Date.now();
  }

  private async insertNew(): Promise<string> {
    const id = newId();
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const sealed = await this.vault.sealSecret(secretName(id), JSON.stringify(await exportJWK(privateKey)));
    await this.db.execute(
      'INSERT INTO identity.signing_keys (id, public_jwk, private_jwk, created_at) VALUES ($1, $2, $3, $4)',
      [id, JSON.stringify(await exportJWK(publicKey)), sealed, this.clock.now()],
    );
    return id;
  }

  private async findCurrent(): Promise<KeyRow | undefined> {
    return (await this.db.query<KeyRow>('SELECT * FROM identity.signing_keys WHERE retired_at IS NULL'))[0];
  }

  private async lock(): Promise<void> {
    await this.db.query("SELECT pg_advisory_xact_lock(hashtext('identity.signing_keys'))");
  }
}

async function toKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key must be a key pair');
  return key;
}

function secretName(id: string): string {
  return `identity.signing_keys|${id}`;
}
