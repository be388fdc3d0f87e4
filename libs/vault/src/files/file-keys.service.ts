import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { nilId } from '@abide/kernel';
import { EpochKeys, type WrappedKey } from '../epoch-keys.service.js';
import { openBytes, sealBytes, type Box } from '../sealed-box.js';
import { ServerKeys } from '../server-keys.service.js';
import { SubjectKeys } from '../subject-keys.service.js';

/** A file and whose it is: `nobody` where nobody is known. */
export interface OwnedFile {
  readonly id: string;
  readonly subjectId: string;
}

/** In place of a subject: the file's key is wrapped under the installation's. */
export const nobody = nilId;

const fileKeyLength = 32;

/**
 * The key of each file, wrapped twice: under its owner's ordinary key, with which it dies, and around that under the epoch, so that
 * once a file is deleted and the epoch has been rotated no copy of the row opens anything.
 */
@Injectable()
export class FileKeys {
  constructor(
    private readonly epochs: EpochKeys,
    private readonly subjectKeys: SubjectKeys,
    private readonly serverKeys: ServerKeys,
  ) {}

  /** A new key, and how it is kept. In a transaction. @throws DomainError `vault.key_destroyed`, `vault.keys_missing` */
  async make(file: OwnedFile): Promise<{ readonly key: KeyObject; readonly wrapped: WrappedKey }> {
    const bytes = randomBytes(fileKeyLength);
    return { key: createSecretKey(bytes), wrapped: await this.wrap(file, bytes) };
  }

  /** @throws DomainError `vault.key_destroyed`, `vault.unreadable` */
  async unwrap(file: OwnedFile, wrapped: WrappedKey): Promise<KeyObject> {
    return createSecretKey(await this.bytesOf(file, wrapped));
  }

  /** The same key for another owner. In a transaction. @throws DomainError `vault.key_destroyed`, `vault.keys_missing` */
  async passOn(file: OwnedFile, wrapped: WrappedKey, subjectId: string): Promise<WrappedKey> {
    return this.wrap({ id: file.id, subjectId }, await this.bytesOf(file, wrapped));
  }

  private async wrap(file: OwnedFile, bytes: Buffer): Promise<WrappedKey> {
    const inner = sealBytes(await this.boxOf(file, 'seal'), bytes);
    return this.epochs.wrap(await this.epochs.currentEpoch(), fileKeyName(file.id), inner);
  }

  private async bytesOf(file: OwnedFile, wrapped: WrappedKey): Promise<Buffer> {
    return openBytes(await this.boxOf(file, 'open'), await this.epochs.unwrapBytes(fileKeyName(file.id), wrapped));
  }

  private async boxOf({ id, subjectId }: OwnedFile, use: 'seal' | 'open'): Promise<Box> {
    const belongsTo = ['vault.sealed_files', 'key', subjectId, id];
    if (subjectId === nobody) return { key: await this.serverKeys.find('secret', 'server'), kind: 'secret', belongsTo };
    return { key: await this.subjectKeys.find(subjectId, 'ordinary', use), kind: 'ordinary', belongsTo };
  }
}

/** What a file's wrapped key belongs to. */
export function fileKeyName(fileId: string): readonly string[] {
  return ['file', fileId];
}
