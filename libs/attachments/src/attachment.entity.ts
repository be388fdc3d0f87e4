import { dayInMilliseconds } from '@abide/kernel';
import { AboutTheRecord, Classified } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttachmentType } from './file-type.rules.js';

/** What an attachment is of, as the catalogue names it. */
export const attachmentCategory = 'content.stored';

/** Who sent a file; whoever has no account is known by nothing but the id that they were answered. */
export type Uploader =
  | { readonly kind: 'subject'; readonly id: string }
  | { readonly kind: 'operator'; readonly id: string }
  | { readonly kind: 'public' };

/** A thing of another module that rests on attachments, such as a request. */
export interface Citing {
  readonly kind: string;
  readonly id: string;
}

/** A file that somebody sent, from being uploaded to being cited by one thing, with which it stays. Its content is the vault's file of the same id. */
@Entity({ schema: 'attachments', name: 'attachments' })
export class Attachment {
  /** Random: for whoever has no account it is the secret by which the file is theirs. */
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  /** Whom it is about: who sent it, until whoever cites it says otherwise; the nil id where nobody is known. */
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @Classified({ category: attachmentCategory, identifying: true, sealed: true }) @Column('bytea') name!: Buffer;
  @Classified({ category: attachmentCategory, identifying: false, sealed: false })
  @Column('text')
  type!: AttachmentType;
  @Classified({ category: attachmentCategory, identifying: false, sealed: false }) @Column('integer') bytes!: number;
  @AboutTheRecord() @Column('text') uploader!: Uploader['kind'];
  @AboutTheRecord() @Column('uuid', { name: 'operator_id', nullable: true }) operatorId!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @AboutTheRecord() @Column('text', { name: 'cited_kind', nullable: true }) citedKind!: string | null;
  @AboutTheRecord() @Column('uuid', { name: 'cited_id', nullable: true }) citedId!: string | null;

  /** Whether `by` cites it, or may: it is the caller's, nothing else cites it, and its day is not over. */
  isFor(by: Citing, uploader: Uploader, at: Date): boolean {
    if (this.citedId !== null) return this.citedKind === by.kind && this.citedId === by.id;
    return this.isOf(uploader) && at.getTime() < this.createdAt.getTime() + dayInMilliseconds;
  }

  private isOf(uploader: Uploader): boolean {
    if (uploader.kind !== this.uploader) return false;
    if (uploader.kind === 'public') return true;
    return uploader.id.toLowerCase() === (uploader.kind === 'subject' ? this.subjectId : this.operatorId);
  }
}
