import { randomUUID, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import type { WrappedKey } from '../epoch-keys.service.js';
import { canonicalId } from '../subject-keys.service.js';
import { vaultError } from '../vault.errors.js';
import { chunkBytes, chunksOf, openChunk, sealChunk } from './file-chunks.js';
import { FileKeys, nobody, type OwnedFile } from './file-keys.service.js';

export interface NewFile {
  readonly content: AsyncIterable<Uint8Array>;
  /** Under whose ordinary key it is sealed and with whom it ends; absent where nobody is known. */
  readonly subjectId?: string;
  /** When it is deleted by itself; null: when somebody deletes it. */
  readonly expiresAt: Date | null;
}

/** A file that is whole. The id is random: nobody comes upon one by guessing. */
export interface SealedFile {
  readonly id: string;
  readonly bytes: number;
}

interface FileRow extends WrappedKey {
  readonly subject_id: string;
  readonly bytes: string;
  readonly chunks: number;
}

const writingLastsMilliseconds = dayInMilliseconds;
const sweptAtOnce = 100;
const sweepSeconds = 60;

/**
 * Files in the database that every process shares, sealed chunk by chunk under a key of their own: written from a stream and read as one,
 * whatever their size, with one chunk in memory. Deleting a file destroys its key.
 */
@Injectable()
export class SealedFiles implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly keys: FileKeys,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(sweepSeconds, 'vault.sweep_files', () => this.sweep());
  }

  /**
   * Stores what `content` yields. Outside of a transaction each chunk is stored by itself; nothing can be read before the last one is. Where
   * `content` throws nothing stays, and what a process that died has left is swept within a day.
   * @throws DomainError `vault.key_destroyed`, `vault.keys_missing`, `vault.file_gone` when it was deleted meanwhile
   */
  async write({ content, subjectId = nobody, expiresAt }: NewFile): Promise<SealedFile> {
    const file = { id: randomUUID(), subjectId: canonicalId(subjectId) };
    const key = await this.begin(file);
    try {
      const { bytes, chunks } = await this.store(file.id, key, content);
      const finished = await this.db.execute(
        'UPDATE vault.sealed_files SET bytes = $2, chunks = $3, expires_at = $4 WHERE id = $1 AND bytes IS NULL',
        [file.id, bytes, chunks, expiresAt],
      );
      if (finished === 0) throw vaultError('vault.file_gone');
      return { id: file.id, bytes };
    } catch (error) {
      await this.delete(file.id).catch(() => undefined);
      throw error;
    }
  }

  /**
   * The content, which is read as it is asked for; the stream fails with `vault.unreadable` where a chunk was changed, moved or taken away.
   * @throws DomainError `vault.file_gone`, `vault.key_destroyed`, `vault.unreadable`
   */
  async read(id: string): Promise<{ readonly bytes: number; readonly content: Readable }> {
    const row = await this.find(id);
    const key = await this.keys.unwrap({ id, subjectId: row.subject_id }, row);
    const options = { objectMode: false, highWaterMark: chunkBytes };
    return { bytes: Number(row.bytes), content: Readable.from(this.chunks(id, key, row), options) };
  }

  /** Lets a file stay until `until`, or for good. @throws DomainError `vault.file_gone` */
  async keep(id: string, until: Date | null = null): Promise<void> {
    const kept = await this.db.execute(
      'UPDATE vault.sealed_files SET expires_at = $2 WHERE id = $1 AND bytes IS NOT NULL AND (expires_at IS NULL OR expires_at > $3)',
      [id, until, this.clock.now()],
    );
    if (kept === 0) throw vaultError('vault.file_gone');
  }

  /** Makes it the file of somebody else, whose keys it ends with from now on. @throws DomainError `vault.file_gone`, `vault.key_destroyed`, `vault.keys_missing` */
  async passOn(id: string, subjectId: string): Promise<void> {
    await this.db.transaction(async () => {
      const row = await this.find(id, 'FOR UPDATE');
      const { epoch, wrapped } = await this.keys.passOn({ id, subjectId: row.subject_id }, row, canonicalId(subjectId));
      await this.db.execute('UPDATE vault.sealed_files SET subject_id = $2, epoch = $3, wrapped = $4 WHERE id = $1', [
        id,
        canonicalId(subjectId),
        epoch,
        wrapped,
      ]);
    });
  }

  /** Destroys the files' keys with them. Joins the open transaction; does nothing where there is none. */
  async delete(...ids: readonly string[]): Promise<void> {
    await this.deleteWhere('held.id = ANY($1::uuid[])', [ids]);
  }

  /** Deletes a file that nobody has decided to keep for good. */
  async discard(id: string): Promise<void> {
    await this.deleteWhere('held.id = $1 AND held.expires_at IS NOT NULL', [id]);
  }

  /** For the vault alone: deletes the files, rows called `held`, that `where` finds. Resolves to how many there were. */
  async deleteWhere(where: string, parameters: readonly unknown[]): Promise<number> {
    return this.db.transaction(async () => {
      const gone = await this.db.query<{ id: string }>(
        `DELETE FROM vault.sealed_files AS held WHERE ${where} RETURNING id`,
        parameters,
      );
      if (gone.length > 0)
        await this.db.execute('DELETE FROM vault.sealed_file_chunks WHERE file_id = ANY($1::uuid[])', [
          gone.map(({ id }) => id),
        ]);
      return gone.length;
    });
  }

  /** Deletes what is past its time, and what was never finished, of nobody who is known; of others whoever sweeps asks the holder. */
  private async sweep(): Promise<void> {
    const due = `held.id IN (SELECT id FROM vault.sealed_files WHERE expires_at <= $1 AND subject_id = '${nobody}' ORDER BY expires_at LIMIT ${sweptAtOnce})`;
    while ((await this.deleteWhere(due, [this.clock.now()])) === sweptAtOnce);
  }

  private begin(file: OwnedFile): Promise<KeyObject> {
    return this.db.transaction(async () => {
      const { key, wrapped } = await this.keys.make(file);
      const now = this.clock.now();
      await this.db.execute(
        'INSERT INTO vault.sealed_files (id, subject_id, epoch, wrapped, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [
          file.id,
          file.subjectId,
          wrapped.epoch,
          wrapped.wrapped,
          now,
          new Date(now.getTime() + writingLastsMilliseconds),
        ],
      );
      return key;
    });
  }

  private async store(
    fileId: string,
    key: KeyObject,
    content: AsyncIterable<Uint8Array>,
  ): Promise<{ bytes: number; chunks: number }> {
    let [bytes, number] = [0, 0];
    for await (const chunk of chunksOf(content)) {
      await this.storeChunk(fileId, number, sealChunk(key, { fileId, number, isLast: chunk.isLast }, chunk.bytes));
      bytes += chunk.bytes.length;
      number += 1;
    }
    return { bytes, chunks: number };
  }

  /** The lock keeps a deletion from passing by a chunk that is just being stored. */
  private async storeChunk(fileId: string, number: number, sealed: Buffer): Promise<void> {
    const stored = await this.db.executePrepared(
      'vault.store_chunk',
      `INSERT INTO vault.sealed_file_chunks (file_id, number, sealed)
       SELECT id, $2, $3 FROM vault.sealed_files WHERE id = $1 AND bytes IS NULL FOR KEY SHARE`,
      [fileId, number, sealed],
    );
    if (stored === 0) throw vaultError('vault.file_gone');
  }

  private async find(id: string, lock = ''): Promise<FileRow> {
    const [row] = await this.db.query<FileRow>(
      `SELECT subject_id, epoch, wrapped, bytes, chunks FROM vault.sealed_files
       WHERE id = $1 AND bytes IS NOT NULL AND (expires_at IS NULL OR expires_at > $2) ${lock}`,
      [id, this.clock.now()],
    );
    if (!row) throw vaultError('vault.file_gone');
    return row;
  }

  private async *chunks(fileId: string, key: KeyObject, { bytes, chunks }: FileRow): AsyncGenerator<Buffer> {
    let read = 0;
    for (let number = 0; number < chunks; number += 1) {
      const [row] = await this.db.prepared<{ sealed: Buffer }>(
        'vault.read_chunk',
        'SELECT sealed FROM vault.sealed_file_chunks WHERE file_id = $1 AND number = $2',
        [fileId, number],
      );
      if (!row) throw vaultError('vault.unreadable');
      const opened = openChunk(key, { fileId, number, isLast: number === chunks - 1 }, row.sealed);
      read += opened.length;
      yield opened;
    }
    if (read !== Number(bytes)) throw vaultError('vault.unreadable');
  }
}
