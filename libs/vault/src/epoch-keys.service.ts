import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { ConfigError, Database } from '@abide/platform';
import { KeyProvider } from './key-provider.js';
import { openBytes, sealBytes } from './sealed-box.js';

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Buffer;
}

interface Epoch {
  readonly epoch: number;
  readonly provider_key: string;
  readonly wrapped: Buffer;
}

const dataKeyLength = 32;

/** The keys that wrap every other key of the vault; they are themselves wrapped by the key provider. */
@Injectable()
export class EpochKeys {
  private readonly opened = new Map<number, KeyObject>();

  constructor(
    private readonly db: Database,
    private readonly provider: KeyProvider,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the first epoch in a new database, and proves in an old one that the provider holds the right master key.
   * @throws ConfigError at boot when it does not.
   */
  async open(): Promise<void> {
    if ((await this.newest()) === null) {
      await this.provider.prepare();
      await this.add(1);
    }
    await this.currentEpoch();
  }

  /** Starts a new epoch; from now on keys are wrapped under it. Resolves to its number. */
  async begin(): Promise<number> {
    const newest = await this.newest();
    const epoch = (newest?.epoch ?? 0) + 1;
    await this.add(epoch);
    return epoch;
  }

  /** The newest epoch's number, kept from being retired until the open transaction ends. */
  async currentEpoch(): Promise<number> {
    const newest = await this.newest('FOR KEY SHARE');
    if (!newest) throw new Error('The vault has no epoch key');
    await this.keyOf(newest.epoch, newest);
    return newest.epoch;
  }

  /**
   * Deletes the older epochs' keys that no living key needs any more: whatever was wrapped under them, in any backup,
   * stays closed for good. Waits for transactions that still make keys under them. Resolves to how many epochs must stay.
   */
  async retire(): Promise<number> {
    return this.db.transaction(async () => {
      const current = await this.currentEpoch();
      const older = await this.db.query<{ epoch: number }>(
        'SELECT epoch FROM vault.epoch_keys WHERE epoch < $1 ORDER BY epoch FOR UPDATE',
        [current],
      );
      const retired = await this.db.query<{ epoch: number }>(
        `DELETE FROM vault.epoch_keys AS e WHERE e.epoch < $1
         AND NOT EXISTS (SELECT 1 FROM vault.subject_keys AS s WHERE s.epoch = e.epoch)
         AND NOT EXISTS (SELECT 1 FROM vault.server_keys AS s WHERE s.epoch = e.epoch)
         AND NOT EXISTS (SELECT 1 FROM vault.sealed_files AS f WHERE f.epoch = e.epoch) RETURNING epoch`,
        [current],
      );
      this.db.afterCommit(() => retired.forEach(({ epoch }) => this.opened.delete(epoch)));
      return older.length - retired.length;
    });
  }

  /** A new random 256-bit key, wrapped under `epoch`; `belongsTo` names it and must be given again to unwrap it. */
  async newKey(epoch: number, belongsTo: readonly string[]): Promise<WrappedKey> {
    return this.wrap(epoch, belongsTo, randomBytes(dataKeyLength));
  }

  async unwrap(belongsTo: readonly string[], wrapped: WrappedKey): Promise<KeyObject> {
    return createSecretKey(await this.unwrapBytes(belongsTo, wrapped));
  }

  async rewrap(epoch: number, belongsTo: readonly string[], old: WrappedKey): Promise<WrappedKey> {
    return this.wrap(epoch, belongsTo, await this.unwrapBytes(belongsTo, old));
  }

  async wrap(epoch: number, belongsTo: readonly string[], bytes: Buffer): Promise<WrappedKey> {
    return { epoch, wrapped: sealBytes(await this.boxOf(epoch, belongsTo), bytes) };
  }

  async unwrapBytes(belongsTo: readonly string[], { epoch, wrapped }: WrappedKey): Promise<Buffer> {
    return openBytes(await this.boxOf(epoch, belongsTo), wrapped);
  }

  private async boxOf(epoch: number, belongsTo: readonly string[]) {
    return { key: await this.keyOf(epoch), kind: 'key', belongsTo: [...belongsTo, String(epoch)] } as const;
  }

  private async newest(lock = ''): Promise<Epoch | null> {
    const [row] = await this.db.query<Epoch>(
      `SELECT epoch, provider_key, wrapped FROM vault.epoch_keys ORDER BY epoch DESC LIMIT 1 ${lock}`,
    );
    return row ?? null;
  }

  private async add(epoch: number): Promise<void> {
    const wrapped = await this.provider.wrap(randomBytes(dataKeyLength), contextOf(epoch));
    await this.db.execute(
      'INSERT INTO vault.epoch_keys (epoch, provider_key, wrapped, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [epoch, await this.provider.keyName(), wrapped, this.clock.now()],
    );
  }

  private async keyOf(epoch: number, known?: Epoch): Promise<KeyObject> {
    const opened = this.opened.get(epoch);
    if (opened) return opened;
    const row = known ?? (await this.read(epoch));
    const key = createSecretKey(await this.unwrapEpoch(row));
    this.db.afterCommit(() => this.opened.set(epoch, key));
    return key;
  }

  private async read(epoch: number): Promise<Epoch> {
    const [row] = await this.db.query<Epoch>(
      'SELECT epoch, provider_key, wrapped FROM vault.epoch_keys WHERE epoch = $1',
      [epoch],
    );
    if (!row) throw new Error(`The vault's epoch key ${epoch} is gone`);
    return row;
  }

  private async unwrapEpoch(row: Epoch): Promise<Buffer> {
    const name = await this.provider.keyName();
    try {
      return await this.provider.unwrap(row.wrapped, contextOf(row.epoch));
    } catch {
      throw new ConfigError(
        `The master key ${name} does not open the keys of this database, which were wrapped by ${row.provider_key}. Nothing was changed. ` +
          'Start with the key file that belongs to this database (ABIDE_KEY_FILE).',
      );
    }
  }
}

function contextOf(epoch: number): string {
  return `abide.epoch-key.${epoch}`;
}
