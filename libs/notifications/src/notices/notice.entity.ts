import type { Audience } from '@abide/identity';
import { newId, type Localized } from '@abide/kernel';
import { AboutTheRecord, type Channel } from '@abide/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const materialities = ['editorial', 'informational', 'reductionOfRights', 'freshConsent'] as const;
/** What the change weighs that a notice tells of. */
export type Materiality = (typeof materialities)[number];

/** A message is waiting, was handed over, or is given up for now after several tries. */
export type DeliveryState = 'queued' | 'attempted' | 'failed';

const daysShownInEffect = 30;
const dayMilliseconds = 24 * 3600 * 1000;

/** What a notice says and where it leads: an absolute address, or a path below the public address. */
export interface NoticeText {
  readonly title: Localized;
  readonly summary: Localized;
  readonly link: string;
}

/** The in-app notice of a campaign: one row that everybody sees for whom it is meant, from the commit that stores it. */
@Entity({ schema: 'notifications', name: 'notices' })
export class Notice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') audience!: Audience;
  @Column('jsonb') title!: Localized;
  @Column('jsonb') summary!: Localized;
  @Column('text') link!: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
  @Column('timestamptz', { name: 'shown_until', nullable: true }) shownUntil!: Date | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;

  static publish(
    { id: campaignId, meantFor: audience }: { readonly id: string; readonly meantFor: Audience },
    { title, summary, link }: NoticeText,
    at: Date,
  ): Notice {
    const text = { title, summary, link };
    return Object.assign(new Notice(), text, {
      id: newId(),
      campaignId,
      audience,
      publishedAt: at,
      shownUntil: null,
      withdrawnAt: null,
    });
  }

  /** A banner until 30 days after the revision took effect, so that who comes back later still learns of it. */
  static shownUntilAfter(inEffectAt: Date): Date {
    return new Date(inEffectAt.getTime() + daysShownInEffect * dayMilliseconds);
  }
}

/** That a subject opened a notice. */
@Entity({ schema: 'notifications', name: 'notice_reads' })
export class NoticeRead {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'notice_id' }) noticeId!: string;
  @AboutTheRecord() @Column('timestamptz', { name: 'read_at' }) readAt!: Date;
}

/** One message of a campaign to one subject on one channel. A claimed row is left alone until `nextTryAt`. */
@Entity({ schema: 'notifications', name: 'deliveries' })
export class NoticeDelivery {
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'subject_id' }) subjectId!: string;
  @AboutTheRecord() @PrimaryColumn('uuid', { name: 'campaign_id' }) campaignId!: string;
  @AboutTheRecord() @PrimaryColumn('text') channel!: Channel;
  @AboutTheRecord() @Column('text') state!: DeliveryState;
  @AboutTheRecord() @Column('integer') tries!: number;
  @AboutTheRecord() @Column('timestamptz', { name: 'next_try_at' }) nextTryAt!: Date;
  @AboutTheRecord() @Column('timestamptz') at!: Date;
}
