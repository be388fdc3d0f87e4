import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, uuidArray } from '@abide/platform';
import { EpochKeys, type WrappedKey } from './epoch-keys.service.js';
import { KeyCache } from './key-cache.js';
import { vaultError } from './vault.errors.js';

export const keyKinds = ['ordinary', 'retained'] as const;
export type KeyKind = (typeof keyKinds)[number];

interface KeyRow {
  readonly subject_id: string;
  readonly kind: KeyKind;
  readonly epoch: number | null;
  readonly wrapped: Buffer | null;
}

interface LivingKeys {
  readonly count: number;
  readonly oldest: number;
  readonly newest: number;
}

/** A subject's keys as the open transaction sees them; a kind that is destroyed is `null`, one that never was is absent. */
interface KeyPair {
  readonly isLocked: boolean;
  readonly keys: Partial<Record<KeyKind, KeyObject | null>>;
}

type Use = 'seal' | 'open';

const cachedKeys = 50_000;

/**
 * The subjects' data keys. Whether a key lives is read from the database once per transaction (once per call outside
 * of one), never from memory; sealing locks the key's row, so that a destruction waits for the transactions that seal.
 */
@Injectable()
export class SubjectKeys {
  private readonly caches: Record<KeyKind, KeyCache> = {
    ordinary: new KeyCache(cachedKeys),
    retained: new KeyCache(cachedKeys),
  };
  private readonly byTransaction = new WeakMap<object, Map<string, KeyPair>>();
  private readonly made = new WeakMap<object, Set<string>>();

  constructor(
    private readonly db: Database,
    private readonly epochs: EpochKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `vault.key_destroyed` when either key was destroyed before. */
  async create(subjectId: string): Promise<void> {
    await this.db.transaction(async () => {
      const epoch = await this.epochs.currentEpoch();
      const made = [];
      for (const kind of keyKinds) made.push(await this.epochs.newKey(epoch, nameOf(subjectId, kind)));
      await this.db.execute(
        `INSERT INTO vault.subject_keys (subject_id, kind, epoch, wrapped, created_at)
         SELECT $1, made.kind, $2, made.wrapped, $3 FROM unnest($4::text[], $5::bytea[]) AS made (kind, wrapped)
         ON CONFLICT DO NOTHING`,
        [subjectId, epoch, this.clock.now(), keyKinds, made.map(({ wrapped }) => wrapped)],
      );
      this.forget(subjectId);
      this.madeHere().add(canonicalId(subjectId));
      await this.refuseTombstones(subjectId);
    });
  }

  /** The key to use now. @throws DomainError `vault.key_destroyed` or `vault.keys_missing`. */
  async find(subjectId: string, kind: KeyKind, use: Use): Promise<KeyObject> {
    return living((this.known(subjectId, use) ?? (await this.read(subjectId, use))).keys[kind]);
  }

  /** The key to open with, of a subject whose keys were prepared in the open transaction. @throws DomainError as `find` */
  prepared(subjectId: string, kind: KeyKind): KeyObject {
    return living(this.known(subjectId, 'open')?.keys[kind]);
  }

  /** Reads the keys of many subjects with one statement, for the rest of the open transaction. */
  async prepare(subjectIds: readonly string[], use: Use): Promise<void> {
    if (!this.db.isInTransaction) throw new Error('Keys are prepared for the rest of a transaction, and none is open');
    const wanted = [...new Set(subjectIds.map(canonicalId))].filter((id) => !this.known(id, use));
    if (wanted.length > 0) await this.load(wanted, use);
  }

  /** The ordinary keys of those subjects that have one, by canonical id, locked for sealing until the open transaction ends. */
  async livingKeys(subjectIds: readonly string[]): Promise<ReadonlyMap<string, KeyObject>> {
    if (!this.db.isInTransaction) throw new Error('Keys are locked for the rest of a transaction, and none is open');
    const ids = [...new Set(subjectIds.map(canonicalId))];
    const [living] = await this.db.prepared<LivingKeys>(
      'vault.living_keys',
      `SELECT count(*)::int AS count, min(epoch) AS oldest, max(epoch) AS newest FROM (
         SELECT epoch FROM vault.subject_keys WHERE subject_id = ANY($1::uuid[]) AND kind = 'ordinary' AND epoch IS NOT NULL
         ORDER BY subject_id FOR KEY SHARE) AS locked`,
      [uuidArray(ids)],
    );
    const keys = new Map<string, KeyObject>();
    const isOneEpoch = living?.count === ids.length && living.oldest === living.newest;
    const unknown = ids.filter((id) => {
      const cached = isOneEpoch ? this.caches.ordinary.getOfEpoch(id, living.oldest) : undefined;
      if (cached) keys.set(id, cached);
      return cached === undefined;
    });
    if (unknown.length > 0) await this.unwrapOrdinary(unknown, keys);
    return keys;
  }

  /** Leaves tombstones, also where there was no key. Waits for transactions that are sealing under these keys. Resolves to how many lived. */
  async destroy(subjectId: string, kinds: readonly KeyKind[]): Promise<number> {
    return this.db.transaction(async () => {
      const held = await this.db.query<{ lives: boolean }>(
        'SELECT destroyed_at IS NULL AS lives FROM vault.subject_keys WHERE subject_id = $1 AND kind = ANY($2) ORDER BY kind FOR UPDATE',
        [subjectId, kinds],
      );
      await this.db.execute(
        `INSERT INTO vault.subject_keys AS held (subject_id, kind, created_at, destroyed_at)
         SELECT $1, kind, $2, $2 FROM unnest($3::text[]) AS kind
         ON CONFLICT (subject_id, kind) DO UPDATE SET wrapped = NULL, epoch = NULL, destroyed_at = excluded.destroyed_at
         WHERE held.destroyed_at IS NULL`,
        [subjectId, this.clock.now(), kinds],
      );
      this.forget(subjectId);
      this.db.afterCommit(() => kinds.forEach((kind) => this.caches[kind].delete(canonicalId(subjectId))));
      return held.filter(({ lives }) => lives).length;
    });
  }

  private async refuseTombstones(subjectId: string): Promise<void> {
    const tombstones = await this.db.query(
      'SELECT 1 FROM vault.subject_keys WHERE subject_id = $1 AND destroyed_at IS NOT NULL',
      [subjectId],
    );
    if (tombstones.length > 0) throw vaultError('vault.key_destroyed');
  }

  private async unwrapOrdinary(subjectIds: readonly string[], into: Map<string, KeyObject>): Promise<void> {
    const rows = await this.db.prepared<KeyRow>(
      'vault.ordinary_keys',
      `SELECT subject_id, kind, epoch, wrapped FROM vault.subject_keys WHERE subject_id = ANY($1::uuid[]) AND kind = 'ordinary' AND epoch IS NOT NULL
       ORDER BY subject_id FOR KEY SHARE`,
      [uuidArray(subjectIds)],
    );
    for (const row of rows) {
      const key = await this.unwrapped(row);
      if (key) into.set(row.subject_id, key);
    }
  }

  private known(subjectId: string, use: Use): KeyPair | undefined {
    const pair = this.ofTransaction()?.get(canonicalId(subjectId));
    return pair && (use === 'open' || pair.isLocked) ? pair : undefined;
  }

  private async read(subjectId: string, use: Use): Promise<KeyPair> {
    const pairs = await this.load([canonicalId(subjectId)], use);
    return pairs.get(canonicalId(subjectId)) ?? { isLocked: false, keys: {} };
  }

  private async load(subjectIds: readonly string[], use: Use): Promise<Map<string, KeyPair>> {
    const isLocked = use === 'seal' && this.db.isInTransaction;
    const rows = await this.db.query<KeyRow>(
      `SELECT subject_id, kind, epoch, wrapped FROM vault.subject_keys WHERE subject_id = ANY($1::uuid[])
       ORDER BY subject_id, kind ${isLocked ? 'FOR KEY SHARE' : ''}`,
      [subjectIds],
    );
    const pairs = new Map<string, KeyPair>(subjectIds.map((id) => [id, { isLocked, keys: {} }]));
    for (const row of rows) {
      const pair = pairs.get(row.subject_id);
      if (pair) pair.keys[row.kind] = await this.unwrapped(row);
    }
    for (const [id, pair] of pairs) this.ofTransaction()?.set(id, pair);
    return pairs;
  }

  private async unwrapped({ subject_id: subjectId, kind, epoch, wrapped }: KeyRow): Promise<KeyObject | null> {
    const [id, cache] = [canonicalId(subjectId), this.caches[kind]];
    if (epoch === null || wrapped === null) {
      cache.delete(id);
      return null;
    }
    const cached = cache.get(id, wrapped);
    if (cached) return cached;
    const key = await this.epochs.unwrap(nameOf(subjectId, kind), { epoch, wrapped } satisfies WrappedKey);
    if (!this.db.isInTransaction || !this.madeHere().has(id)) cache.set(id, { epoch, wrapped }, key);
    return key;
  }

  private ofTransaction(): Map<string, KeyPair> | undefined {
    if (!this.db.isInTransaction) return undefined;
    const transaction = this.db.manager;
    const known = this.byTransaction.get(transaction) ?? new Map<string, KeyPair>();
    this.byTransaction.set(transaction, known);
    return known;
  }

  /** Whose keys the open transaction made: they are kept by nobody before it has committed. */
  private madeHere(): Set<string> {
    const transaction = this.db.manager;
    const made = this.made.get(transaction) ?? new Set<string>();
    this.made.set(transaction, made);
    return made;
  }

  private forget(subjectId: string): void {
    this.ofTransaction()?.delete(canonicalId(subjectId));
  }
}

function living(key: KeyObject | null | undefined): KeyObject {
  if (key) return key;
  throw vaultError(key === null ? 'vault.key_destroyed' : 'vault.keys_missing');
}

/** What a subject's wrapped key belongs to. */
export function nameOf(subjectId: string, kind: KeyKind): readonly string[] {
  return ['subject', canonicalId(subjectId), kind];
}

export function canonicalId(subjectId: string): string {
  return subjectId.toLowerCase();
}
