import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EpochKeys, type WrappedKey } from './epoch-keys.service.js';
import { fileKeyName } from './files/file-keys.service.js';
import { serverKeyName, type Purpose } from './server-keys.service.js';
import { nameOf, type KeyKind } from './subject-keys.service.js';

/** What a rotation did: the epoch that is current now, and how many keys were wrapped anew under it. */
export interface Rotation {
  readonly epoch: number;
  readonly subjectKeys: number;
  readonly serverKeys: number;
  readonly fileKeys: number;
}

interface SubjectKeyRow extends WrappedKey {
  readonly subject_id: string;
  readonly kind: KeyKind;
}

interface ServerKeyRow extends WrappedKey {
  readonly purpose: Purpose;
  readonly name: string;
}

interface FileKeyRow extends WrappedKey {
  readonly id: string;
}

const batchSize = 500;
const beforeAll: Pick<SubjectKeyRow, 'subject_id' | 'kind'> = {
  subject_id: '00000000-0000-0000-0000-000000000000',
  kind: 'ordinary',
};

/** Moves every living key to a new epoch. Data is not sealed anew, and destroyed keys have nothing left to move. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly db: Database,
    private readonly epochs: EpochKeys,
  ) {}

  /**
   * Batch by batch, each in a transaction of its own, beside running work. One that was interrupted is finished by the
   * next. @throws Error inside a transaction.
   */
  async rotate(): Promise<Rotation> {
    if (this.db.isInTransaction) throw new Error('A rotation runs in transactions of its own');
    const epoch = await this.epochs.begin();
    let subjectKeys = 0;
    let serverKeys = 0;
    let fileKeys = 0;
    do {
      subjectKeys += await this.rewrapSubjectKeys(epoch);
      serverKeys += await this.rewrapServerKeys(epoch);
      fileKeys += await this.rewrapFileKeys(epoch);
    } while ((await this.epochs.retire()) > 0);
    return { epoch, subjectKeys, serverKeys, fileKeys };
  }

  private async rewrapSubjectKeys(epoch: number): Promise<number> {
    let rewrapped = 0;
    let after: typeof beforeAll | undefined = beforeAll;
    while (after) {
      const batch: SubjectKeyRow[] = await this.rewrapBatch(epoch, after);
      rewrapped += batch.length;
      after = batch.at(-1);
    }
    return rewrapped;
  }

  /** The lock keeps a destruction from happening between reading a key and writing it back. */
  private rewrapBatch(epoch: number, after: typeof beforeAll): Promise<SubjectKeyRow[]> {
    return this.db.transaction(async () => {
      const rows = await this.db.query<SubjectKeyRow>(
        `SELECT subject_id, kind, epoch, wrapped FROM vault.subject_keys
         WHERE epoch < $1 AND (subject_id, kind) > ($2, $3) ORDER BY subject_id, kind LIMIT ${batchSize} FOR NO KEY UPDATE`,
        [epoch, after.subject_id, after.kind],
      );
      const wrapped = [];
      for (const row of rows)
        wrapped.push((await this.epochs.rewrap(epoch, nameOf(row.subject_id, row.kind), row)).wrapped);
      await this.db.execute(
        `UPDATE vault.subject_keys AS key SET epoch = $1, wrapped = new.wrapped
         FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS new (subject_id, kind, wrapped)
         WHERE key.subject_id = new.subject_id AND key.kind = new.kind`,
        [epoch, rows.map((row) => row.subject_id), rows.map((row) => row.kind), wrapped],
      );
      return rows;
    });
  }

  private async rewrapFileKeys(epoch: number): Promise<number> {
    let rewrapped = 0;
    let after: string | undefined = nilId;
    while (after !== undefined) {
      const batch: FileKeyRow[] = await this.rewrapFileBatch(epoch, after);
      rewrapped += batch.length;
      after = batch.at(-1)?.id;
    }
    return rewrapped;
  }

  private rewrapFileBatch(epoch: number, after: string): Promise<FileKeyRow[]> {
    return this.db.transaction(async () => {
      const rows = await this.db.query<FileKeyRow>(
        `SELECT id, epoch, wrapped FROM vault.sealed_files WHERE epoch < $1 AND id > $2 ORDER BY id LIMIT ${batchSize} FOR NO KEY UPDATE`,
        [epoch, after],
      );
      const wrapped = [];
      for (const row of rows) wrapped.push((await this.epochs.rewrap(epoch, fileKeyName(row.id), row)).wrapped);
      await this.db.execute(
        `UPDATE vault.sealed_files AS file SET epoch = $1, wrapped = new.wrapped
         FROM unnest($2::uuid[], $3::bytea[]) AS new (id, wrapped) WHERE file.id = new.id`,
        [epoch, rows.map(({ id }) => id), wrapped],
      );
      return rows;
    });
  }

  /** There are few of them: one for each indexed column and each use of derived keys, and one for secrets. */
  private rewrapServerKeys(epoch: number): Promise<number> {
    return this.db.transaction(async () => {
      const rows = await this.db.query<ServerKeyRow>(
        'SELECT purpose, name, epoch, wrapped FROM vault.server_keys WHERE epoch < $1 ORDER BY purpose, name FOR NO KEY UPDATE',
        [epoch],
      );
      for (const row of rows) {
        const { wrapped } = await this.epochs.rewrap(epoch, serverKeyName(row.purpose, row.name), row);
        await this.db.execute(
          'UPDATE vault.server_keys SET epoch = $1, wrapped = $2 WHERE purpose = $3 AND name = $4',
          [epoch, wrapped, row.purpose, row.name],
        );
      }
      return rows.length;
    });
  }
}
