import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import type { IncomingFile } from '@abide/platform';
import { SealedFiles } from '@abide/vault';
import type { Uploader } from './attachment.entity.js';
import { refusal } from './attachments.errors.js';
import { keptName } from './file-name.rules.js';
import { beginningBytes, PlainText, typeOf, type AttachmentType } from './file-type.rules.js';
import { Upload } from './upload.js';

const waitingMilliseconds = 3_600_000;

/** Stores files while they come in, sealed, and finds out what they are. */
@Injectable()
export class Uploads {
  constructor(
    private readonly files: SealedFiles,
    private readonly clock: Clock,
  ) {}

  /** Nothing stays where it throws. @throws DomainError `attachment.empty`, `attachment.type_refused`, or what the content throws */
  async store({ name, content }: IncomingFile, uploader: Uploader): Promise<Upload> {
    const pieces = content[Symbol.asyncIterator]();
    const beginning = await beginningOf(pieces);
    if (beginning.length === 0) throw refusal('attachment.empty');
    const type = await typeOf(beginning.subarray(0, beginningBytes));
    if (type === null) throw refusal('attachment.type_refused');
    const hash = createHash('sha256');
    const { id: fileId, bytes } = await this.files.write({
      content: checked(joined(beginning, pieces), type, hash),
      expiresAt: new Date(this.clock.now().getTime() + waitingMilliseconds),
      ...(uploader.kind === 'subject' ? { subjectId: uploader.id } : {}),
    });
    return new Upload({ fileId, name: keptName(name, type), type, bytes, sha256: hash.digest('hex') });
  }

  /** Deletes an upload that nobody has kept. What cannot be deleted now is swept within the hour. */
  async discard({ fileId }: Upload): Promise<void> {
    await this.files.discard(fileId).catch(() => undefined);
  }
}

async function beginningOf(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const first: Buffer[] = [];
  for (let length = 0; length < beginningBytes;) {
    const { value, done } = await pieces.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  return Buffer.concat(first);
}

async function* joined(beginning: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield beginning;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** A text is one to its end; of everything else the beginning tells. */
async function* checked(content: AsyncIterable<Buffer>, type: AttachmentType, hash: Hash): AsyncGenerator<Buffer> {
  const text = type === 'text/plain' ? new PlainText() : null;
  for await (const piece of content) {
    orRefused(() => text?.add(piece));
    hash.update(piece);
    yield piece;
  }
  orRefused(() => text?.end());
}

function orRefused(check: () => unknown): void {
  try {
    check();
  } catch {
    throw refusal('attachment.type_refused');
  }
}
