import type { Locale } from '@abide/kernel';
import { Flag, Id, Instant, ListOf, OneOf, PageQuery, Text, Whole, channels } from '@abide/platform';
import { materialities } from '../campaigns/campaign.entity.js';
import type { InboxNotice, NoticeView, SubjectNotice } from './notices.service.js';

export class InboxQuery extends PageQuery {
  @Flag({ optional: true, description: 'Only those not read yet' }) readonly unread?: boolean;
}

/** A notice in the language asked for. */
export class NoticeResponse {
  @Id() readonly id: string = '';
  @OneOf(['policyChange']) readonly kind: string = '';
  @Text({ max: 500, example: 'Our privacy policy changes on 8 December' }) readonly title: string = '';
  @Text({ max: 5000, example: 'Location is kept for 90 instead of 30 days.' }) readonly summary: string = '';
  @Text({ max: 2000, example: '/policies/general-privacy/2/changes?from=1' }) readonly link: string = '';
  @Text({ max: 100, example: 'general-privacy' }) readonly policySlug: string = '';
  @Whole({ min: 1, max: 1_000_000, example: 2 }) readonly revisionNumber: number = 0;
  @OneOf(materialities) readonly materiality: string = '';
  @Instant({ description: 'When the revision is to take effect' }) readonly effectiveAt: string = '';
  @Instant() readonly publishedAt: string = '';
}

export class InboxNoticeResponse extends NoticeResponse {
  @Instant({ nullable: true }) readonly readAt: string | null = null;
  @Flag({ description: 'Still shown and not read' }) readonly banner: boolean = false;
}

class DeliveryResponse {
  @OneOf(channels) readonly channel: string = '';
  @OneOf(['queued', 'attempted', 'failed']) readonly state: string = '';
  @Instant({ description: 'When it came into this state' }) readonly at: string = '';
}

export class SubjectNoticeResponse extends NoticeResponse {
  @Id() readonly campaignId: string = '';
  @Instant({ nullable: true }) readonly withdrawnAt: string | null = null;
  @Instant({ nullable: true }) readonly readAt: string | null = null;
  @ListOf(() => DeliveryResponse, { max: 4 }) readonly deliveries: readonly DeliveryResponse[] = [];
}

export function toNoticeResponse(notice: NoticeView, locale: Locale): NoticeResponse {
  const { id, kind, title, summary, link, policySlug, revisionNumber, materiality, effectiveAt, publishedAt } = notice;
  const times = { effectiveAt: effectiveAt.toISOString(), publishedAt: publishedAt.toISOString() };
  return { id, kind, title: title[locale], summary: summary[locale], link, policySlug, revisionNumber, materiality, ...times };
}

export function toInboxNoticeResponse(notice: InboxNotice, locale: Locale): InboxNoticeResponse {
  return { ...toNoticeResponse(notice, locale), readAt: notice.readAt?.toISOString() ?? null, banner: notice.banner };
}

export function toSubjectNoticeResponse(notice: SubjectNotice, locale: Locale): SubjectNoticeResponse {
  const { campaignId, withdrawnAt, readAt, deliveries } = notice;
  return {
    ...toNoticeResponse(notice, locale),
    campaignId,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    deliveries: deliveries.map(({ channel, state, at }) => ({ channel, state, at: new Date(at).toISOString() })),
  };
}
