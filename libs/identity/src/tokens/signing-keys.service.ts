import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { Vault } from '@abide/vault';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

export const algorithm = 'EdDSA';

/** What a key signs: access tokens, which live ten minutes, or receipts, which have to be checked for years. */
export const keyUses = ['access', 'receipt'] as const;
export type KeyUse = (typeof keyUses)[number];

export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
}

export interface PublicKeySet {
  readonly keys: readonly (JWK & { readonly signs: KeyUse })[];
}

interface KeyRow {
  id: string;
  use: KeyUse;
  public_jwk: JWK;
  /** Null once a retired key has nothing left to sign. */
  private_jwk: Buffer | null;
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

/**
 * The Ed25519 keys of the installation, one at a time for each use: sealed at rest, changed every 90 days. Retired keys of access
 * tokens are forgotten; of receipts the public half stays for good.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private loaded: ReadonlyMap<string, LoadedKey> = new Map();
  private loadedAt = 0;
  private readonly signing = new Map<KeyUse, SigningKey>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly tasks: ScheduledTasks,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.tasks.every(3600, 'identity.rotate_signing_keys', () => this.rotateWhenDue());
  }

  /** Makes the first key of each use where there is none. */
  async ensure(): Promise<void> {
    await this.db.transaction(async () => {
      await this.lock();
      for (const use of keyUses) if (!(await this.findCurrent(use))) await this.insertNew(use);
    });
  }

  /** Signs with a new key from now on; what the old one signed stays good for as long as it lives. Resolves to the new key's id. */
  async rotate(use: KeyUse = 'access'): Promise<string> {
    return this.db.transaction(async () => {
      await this.lock();
      await this.db.execute('UPDATE identity.signing_keys SET retired_at = $1 WHERE use = $2 AND retired_at IS NULL', [
        this.clock.now(),
        use,
      ]);
      const id = await this.insertNew(use);
      await this.audit.record({ act: 'signingKey.rotated', object: { type: 'signingKey', id }, details: { use } });
      this.db.afterCommit(() => (this.loadedAt = 0));
      return id;
    });
  }

  /** The key to sign with, and its id for the signature's header. */
  async current(use: KeyUse = 'access'): Promise<SigningKey> {
    await this.reloadAfter(reloadMilliseconds);
    const row = [...this.loaded.values()].find(({ row }) => row.use === use && row.retired_at === null)?.row;
    if (!row?.private_jwk) throw new Error(`There is no signing key for ${use} yet`);
    const known = this.signing.get(use);
    if (known?.id === row.id) return known;
    const privateKey = await toKey(JSON.parse(await this.vault.openSecret(secretName(row.id), row.private_jwk)) as JWK);
    const key = { id: row.id, privateKey };
    this.signing.set(use, key);
    return key;
  }

  /** The public key with this id, or null when it never was, is gone or signs something else. */
  async findPublicKey(id: string, use: KeyUse = 'access'): Promise<CryptoKey | null> {
    await this.reloadAfter(this.loaded.has(id) ? reloadMilliseconds : unknownKeyReloadMilliseconds);
    const loaded = this.loaded.get(id);
    return loaded?.row.use === use ? loaded.publicKey : null;
  }

  /** The public keys as a JSON Web Key Set (RFC 7517 §5), of one use or of all; `signs` of each says which. */
  async keySet(use?: KeyUse): Promise<PublicKeySet> {
    await this.reloadAfter(reloadMilliseconds);
    const rows = [...this.loaded.values()].map(({ row }) => row).filter((row) => use === undefined || row.use === use);
    return {
      keys: rows.map((row) => ({ ...row.public_jwk, kid: row.id, alg: algorithm, use: 'sig', signs: row.use })),
    };
  }

  private async rotateWhenDue(): Promise<void> {
    const now = this.clock.now().getTime();
    const retiredBefore = new Date(now - keepRetiredDays * dayInMilliseconds);
    await this.db.execute("DELETE FROM identity.signing_keys WHERE use = 'access' AND retired_at < $1", [
      retiredBefore,
    ]);
    await this.db.execute(
      'UPDATE identity.signing_keys SET private_jwk = NULL WHERE retired_at < $1 AND private_jwk IS NOT NULL',
      [retiredBefore],
    );
    for (const use of keyUses) {
      const current = await this.findCurrent(use);
      if (current && current.created_at.getTime() < now - rotateAfterDays * dayInMilliseconds) await this.rotate(use);
    }
  }

  private async reloadAfter(milliseconds: number): Promise<void> {
    if (Date.now() - this.loadedAt < milliseconds) return;
    const rows = await this.db.query<KeyRow>(
      'SELECT id, use, public_jwk, private_jwk, created_at, retired_at FROM identity.signing_keys',
    );
    const keys = await Promise.all(
      rows.map(async (row) => [row.id, { row, publicKey: await toKey(row.public_jwk) }] as const),
    );
    this.loaded = new Map(keys);
    this.loadedAt = Date.now();
  }

  private async insertNew(use: KeyUse): Promise<string> {
    const id = newId();
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const sealed = await this.vault.sealSecret(secretName(id), JSON.stringify(await exportJWK(privateKey)));
    await this.db.execute(
      'INSERT INTO identity.signing_keys (id, use, public_jwk, private_jwk, created_at) VALUES ($1, $2, $3, $4, $5)',
      [id, use, JSON.stringify(await exportJWK(publicKey)), sealed, this.clock.now()],
    );
    return id;
  }

  private async findCurrent(use: KeyUse): Promise<KeyRow | undefined> {
    return (
      await this.db.query<KeyRow>('SELECT * FROM identity.signing_keys WHERE use = $1 AND retired_at IS NULL', [use])
    )[0];
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
