import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, isId, nilId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { SealedFiles } from '@abide/vault';
import { In, IsNull, Not, Repository } from 'typeorm';
import { AttachmentNames } from './attachment-names.service.js';
import { AttachmentRemoval } from './attachment-removal.service.js';
import { Attachment, type Citing, type Uploader } from './attachment.entity.js';
import { refusal } from './attachments.errors.js';
import type { AttachmentType } from './file-type.rules.js';
import type { Upload } from './upload.js';

/** That a thing rests on attachments from now on. */
export interface Citation {
  readonly attachmentIds: readonly string[];
  readonly by: Citing;
  /** Who asks for it: only what they uploaded themselves can be cited. */
  readonly uploadedBy: Uploader;
  /** Whom the attachments are about, with whom they end; absent: who uploaded them, or nobody. */
  readonly about?: string;
}

export interface AttachmentFacts {
  readonly id: string;
  readonly name: string;
  /** By its content. Send it with `nosniff`, as a download. */
  readonly type: AttachmentType;
  readonly bytes: number;
  readonly uploadedAt: Date;
}

export interface SuppliedFile extends AttachmentFacts {
  readonly citedId: string;
  readonly open: () => Promise<Readable>;
}

/** Files that people, operators and those without an account upload, for the modules whose things rest on them. */
@Injectable()
export class Attachments {
  constructor(
    @InjectRepository(Attachment) private readonly attachmentRepository: Repository<Attachment>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: SealedFiles,
    private readonly names: AttachmentNames,
    private readonly removal: AttachmentRemoval,
  ) {}

  /** Makes an attachment of an upload; it is deleted unless something cites it within a day. Resolves to its id. */
  async keep(upload: Upload, uploader: Uploader): Promise<string> {
    const file = { id: upload.fileId, subjectId: uploader.kind === 'subject' ? uploader.id : nilId };
    await this.db.transaction(async () => {
      await this.files.keep(file.id);
      await this.attachmentRepository.insert({
        ...file,
        name: await this.names.seal(file, upload.name),
        type: upload.type,
        bytes: upload.bytes,
        uploader: uploader.kind,
        operatorId: uploader.kind === 'operator' ? uploader.id : null,
        createdAt: this.clock.now(),
        citedKind: null,
        citedId: null,
      });
      await this.recordUpload(file.id, uploader);
    });
    return file.id;
  }

  /**
   * In the transaction of the act that cites; citing once more for the same thing changes nothing.
   * @throws DomainError `attachment.unusable` where one is somebody else's, cited by something else, past its day, or unknown: all with the same words
   */
  async cite({ attachmentIds, by, uploadedBy, about }: Citation): Promise<void> {
    const ids = [...new Set(attachmentIds.map((id) => id.toLowerCase()))];
    if (!ids.every(isId)) throw refusal('attachment.unusable');
    await this.db.transaction(async () => {
      const found = await this.attachmentRepository.find({
        where: { id: In(ids) },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const now = this.clock.now();
      const isUsable = found.length === ids.length && found.every((one) => one.isFor(by, uploadedBy, now));
      if (!isUsable) throw refusal('attachment.unusable');
      for (const attachment of found) await this.citeOne(attachment, by, about?.toLowerCase() ?? attachment.subjectId);
    });
  }

  /** What one thing cites, another cites in its place. Joins the open transaction. */
  async passOn(from: Citing, to: Citing): Promise<void> {
    await this.attachmentRepository.update(
      { citedKind: from.kind, citedId: from.id },
      { citedKind: to.kind, citedId: to.id },
    );
  }

  /** What a thing cites, oldest first. */
  async citedBy({ kind, id }: Citing): Promise<AttachmentFacts[]> {
    const found = await this.attachmentRepository.find({
      where: { citedKind: kind, citedId: id },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return Promise.all(found.map((attachment) => this.factsOf(attachment)));
  }

  /** What whoever asked, and no operator, uploaded for a thing: the names, oldest first. */
  async namesSuppliedFor({ kind, id }: Citing): Promise<string[]> {
    const found = await this.attachmentRepository.find({
      where: { citedKind: kind, citedId: id, uploader: In(['subject', 'public']) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return Promise.all(found.map((attachment) => this.names.open(attachment)));
  }

  /** One of what `by` cites; who may see it is for the caller to say. @throws DomainError `attachment.not_found`, `vault.key_destroyed`, `vault.file_gone` */
  async read(id: string, by: Citing): Promise<AttachmentFacts & { readonly content: Readable }> {
    const attachment = await this.attachmentRepository.findOneBy({ id, citedKind: by.kind, citedId: by.id });
    if (!attachment) throw refusal('attachment.not_found');
    const { content } = await this.files.read(id);
    return { ...(await this.factsOf(attachment)), content };
  }

  /** What people, not operators, uploaded about somebody, oldest first, with the id of what cites it: whoever hands it out asks whose that is. */
  async suppliedFor(subjectId: string): Promise<SuppliedFile[]> {
    const found = await this.attachmentRepository.find({
      where: { subjectId, uploader: In(['subject', 'public']), citedId: Not(IsNull()) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return Promise.all(
      found.map(async (attachment) => ({
        ...(await this.factsOf(attachment)),
        citedId: attachment.citedId ?? nilId,
        open: async () => (await this.files.read(attachment.id)).content,
      })),
    );
  }

  /** Deletes what a thing cites, keys and all: it rests on them no longer. Joins the open transaction. Resolves to how many there were. */
  release({ kind, id }: Citing): Promise<number> {
    return this.removal.removeWhere('held.cited_kind = $1 AND held.cited_id = $2', [kind, id]);
  }

  private async citeOne(attachment: Attachment, by: Citing, subjectId: string): Promise<void> {
    const { id, subjectId: before } = attachment;
    const cited = { citedKind: by.kind, citedId: by.id };
    if (subjectId === before) {
      await this.attachmentRepository.update({ id, subjectId }, cited);
      return;
    }
    await this.files.passOn(id, subjectId);
    const name = await this.names.seal({ id, subjectId }, await this.names.open(attachment));
    await this.attachmentRepository.update({ id, subjectId: before }, { ...cited, subjectId, name });
  }

  private async factsOf(attachment: Attachment): Promise<AttachmentFacts> {
    const { id, type, bytes, createdAt } = attachment;
    return { id, name: await this.names.open(attachment), type, bytes, uploadedAt: createdAt };
  }

  /** What nobody in particular uploads is no act: what cites it is one. */
  private async recordUpload(id: string, uploader: Uploader): Promise<void> {
    if (uploader.kind === 'public') return;
    await this.audit.record({ act: 'attachment.uploaded', object: { type: 'attachment', id } });
  }
}
