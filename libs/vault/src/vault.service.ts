import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { wellFormed } from './associated-data.js';
import { boxKindOf, boxOpener, openBytes, sealBytes } from './sealed-box.js';
import { ServerKeys } from './server-keys.service.js';
import { canonicalId, keyKinds, SubjectKeys, type KeyKind } from './subject-keys.service.js';
import { Suppressions } from './suppressions.js';
import { vaultError } from './vault.errors.js';

/** Where a sealed value lives; it opens nowhere else. `table` with its schema: `identity.profiles`. */
export interface Place {
  readonly subjectId: string;
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

/** Seals without waiting for anything, for as long as the transaction that it was made in is open. */
export interface Sealer {
  has(subjectId: string): boolean;
  /** @throws DomainError `vault.keys_missing`, `vault.malformed_text` */
  seal(place: Place, plaintext: string): Buffer;
}

/** Seals what identifies a subject under the subject's own keys, and forgets it for good by destroying them. */
@Injectable()
export class Vault {
  constructor(
    private readonly subjectKeys: SubjectKeys,
    private readonly serverKeys: ServerKeys,
    private readonly suppressions: Suppressions,
    private readonly db: Database,
  ) {}

  /** Makes the subject's ordinary and retained keys; does nothing when they live. @throws DomainError `vault.key_destroyed` */
  async createKeys(subjectId: string): Promise<void> {
    await this.subjectKeys.create(subjectId);
  }

  /** Reads the keys of many subjects with one statement, for the rest of the open transaction. */
  async prepare(subjectIds: readonly string[], use: 'seal' | 'open'): Promise<void> {
    await this.subjectKeys.prepare(subjectIds, use);
  }

  /** @throws DomainError `vault.key_destroyed`, `vault.keys_missing`, `vault.malformed_text` */
  async seal(place: Place, plaintext: string, options: { readonly key?: KeyKind } = {}): Promise<Buffer> {
    const kind = options.key ?? 'ordinary';
    const key = await this.subjectKeys.find(place.subjectId, kind, 'seal');
    return sealBytes({ key, kind, belongsTo: [...partsOf(place), place.rowId] }, plaintext);
  }

  /**
   * Seals many values under the ordinary keys of these subjects, which are read and locked here with one statement for the rest of the
   * open transaction; whose key is destroyed or missing is left out.
   */
  async sealer(subjectIds: readonly string[]): Promise<Sealer> {
    const keys = await this.subjectKeys.livingKeys(subjectIds);
    return {
      has: (subjectId) => keys.has(canonicalId(subjectId)),
      seal: (place, plaintext) => {
        const key = keys.get(canonicalId(place.subjectId));
        if (!key) throw vaultError('vault.keys_missing');
        return sealBytes({ key, kind: 'ordinary', belongsTo: [...partsOf(place), place.rowId] }, plaintext);
      },
    };
  }

  /** @throws DomainError `vault.key_destroyed`, `vault.keys_missing`, `vault.unreadable` */
  async open(place: Place, sealed: Buffer): Promise<string> {
    const kind = keyKindOf(sealed);
    const key = await this.subjectKeys.find(place.subjectId, kind, 'open');
    return openBytes({ key, kind, belongsTo: [...partsOf(place), place.rowId] }, sealed).toString('utf8');
  }

  /**
   * Opens many values of one column, by the ids of their rows, without waiting for anything: for a subject whose keys were prepared in the open
   * transaction, and as long as that is open. What it answers throws as `open` does.
   */
  opener(column: Omit<Place, 'rowId'>): (rowId: string, sealed: Buffer) => string {
    const openers: Partial<Record<KeyKind, ReturnType<typeof boxOpener>>> = {};
    return (rowId, sealed) => {
      const kind = keyKindOf(sealed);
      const open = (openers[kind] ??= boxOpener({
        key: this.subjectKeys.prepared(column.subjectId, kind),
        kind,
        belongsTo: partsOf(column),
      }));
      return open(rowId, sealed).toString('utf8');
    };
  }

  /**
   * The same value under the retained key, so that it outlives the ordinary one; null where it can no longer be opened. `whole` may add to the
   * text, which is null where nothing was sealed before; what is retained already stays as it is.
   */
  async retain(
    place: Place,
    sealed: Buffer | null,
    whole = (text: string | null): string => text ?? '',
  ): Promise<Buffer | null> {
    if (sealed && boxKindOf(sealed) === 'retained') return sealed;
    try {
      return await this.seal(place, whole(sealed && (await this.open(place, sealed))), { key: 'retained' });
    } catch (error) {
      if (error instanceof DomainError && error.code.startsWith('vault.key')) return null;
      throw error;
    }
  }

  /** Destroys for good; tombstones stay, and no key is ever made for this subject again. Resolves to how many lived. */
  async destroyKeys(subjectId: string, which: KeyKind | 'both' = 'both'): Promise<number> {
    return this.subjectKeys.destroy(subjectId, which === 'both' ? keyKinds : [which]);
  }

  /** Which of these subjects had their keys destroyed: they were erased, or never confirmed. */
  async destroyedAmong(subjectIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ subject_id: string }>(
      'SELECT DISTINCT subject_id FROM vault.subject_keys WHERE subject_id = ANY($1::uuid[]) AND destroyed_at IS NOT NULL',
      [subjectIds],
    );
    return new Set(rows.map(({ subject_id }) => subject_id));
  }

  /** HMAC-SHA256 of `value` under a key of its own for each `column`, 32 bytes. The caller normalises the value. */
  async blindIndex(column: string, value: string): Promise<Buffer> {
    const key = await this.serverKeys.find('index', column);
    return createHmac('sha256', key).update(wellFormed(value), 'utf8').digest();
  }

  /** Remembers by its blind index that a value belonged to an erased subject, for three years. */
  async suppress(column: string, blindIndex: Buffer): Promise<void> {
    await this.suppressions.add(column, blindIndex);
  }

  /** Whether `value` belonged to an erased subject and nobody has confirmed it as theirs since. */
  async isSuppressed(column: string, value: string): Promise<boolean> {
    return this.suppressions.has(column, await this.blindIndex(column, value));
  }

  /** A key for whoever `owner` names, 32 bytes, the same each time: HMAC-SHA256 of the name under a key of its own for each `use`. */
  async derivedKey(use: string, owner: string): Promise<Buffer> {
    const key = await this.serverKeys.find('secret', `derive ${use}`);
    return createHmac('sha256', key).update(wellFormed(owner), 'utf8').digest();
  }

  /** Seals a secret of the server itself (a signing key, a TOTP secret); it opens under the same `name` only. */
  async sealSecret(name: string, plaintext: string): Promise<Buffer> {
    const key = await this.serverKeys.find('secret', 'server');
    return sealBytes({ key, kind: 'secret', belongsTo: [name] }, plaintext);
  }

  /** @throws DomainError `vault.unreadable` */
  async openSecret(name: string, sealed: Buffer): Promise<string> {
    const key = await this.serverKeys.find('secret', 'server');
    return openBytes({ key, kind: 'secret', belongsTo: [name] }, sealed).toString('utf8');
  }
}

/** @throws DomainError `vault.unreadable` where no key of a subject opens it */
function keyKindOf(sealed: Buffer): KeyKind {
  const kind = boxKindOf(sealed);
  if (kind !== 'ordinary' && kind !== 'retained') throw vaultError('vault.unreadable');
  return kind;
}

function partsOf({ table, column, subjectId }: Omit<Place, 'rowId'>): readonly string[] {
  return [table, column, canonicalId(subjectId)];
}
