import type { Localized } from '@abide/kernel';
import { AboutTheRecord } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const personalNoticeKinds = ['consentExpiring', 'consentAgain', 'handOver', 'request'] as const;
export type PersonalNoticeKind = (typeof personalNoticeKinds)[number];

/** A notice for one subject alone. Its words are ours and name nobody; `link` is an absolute address, or a path below the public address; null where it leads nowhere. */
@Entity({ schema: 'notifications', name: 'inbox_notices' })
export class PersonalNotice {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid') id!: string;
  @AboutTheRecord() @Column('text') kind!: PersonalNoticeKind;
  @AboutTheRecord() @Column('jsonb') title!: Localized;
  @AboutTheRecord() @Column('jsonb') summary!: Localized;
  @AboutTheRecord() @Column('text', { nullable: true }) link!: string | null;
  @AboutTheRecord() @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
  @AboutTheRecord() @Column('timestamptz', { name: 'read_at', nullable: true }) readAt!: Date | null;
}
