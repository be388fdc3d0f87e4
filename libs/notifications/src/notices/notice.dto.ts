import type { Locale } from '@abide/kernel';
import { Flag, Id, Instant, ListOf, OneOf, PageQuery, Text, Whole, channels } from '@abide/platform';
import { materialities } from './notice.entity.js';
import type { AnyNoticeView, InboxNotice, NoticeView, SubjectNotice } from './notices.service.js';
import { personalNoticeKinds } from './personal-notice.entity.js';

export class InboxQuery extends PageQuery {
  @Flag({ optional: true, description: 'Only those not read yet' }) readonly unread?: boolean;
}

class NoticeWords {
  @Id() readonly id: string = '';
  @Text({ max: 500, example: 'Our privacy policy changes on 8 December' }) readonly title: string = '';
  @Text({ max: 5000, example: 'Location is kept for 90 instead of 30 days.' }) readonly summary: string = '';
  @Instant() readonly publishedAt: string = '';
}

/** A notice of a policy change in the language asked for. */
export class NoticeResponse extends NoticeWords {
  @Text({ max: 2000, example: '/policies/general-privacy/2/changes?from=1' }) readonly link: string = '';
  @OneOf(['policyChange']) readonly kind: string = '';
  @Text({ max: 100, example: 'general-privacy' }) readonly policySlug: string = '';
  @Whole({ min: 1, max: 1_000_000, example: 2 }) readonly revisionNumber: number = 0;
  @OneOf(materialities) readonly materiality: string = '';
  @Instant({ description: 'When the revision is to take effect' }) readonly effectiveAt: string = '';
}

/** A notice to one subject in the language asked for; one for them alone tells of no revision. */
class AnyNoticeResponse extends NoticeWords {
  @Text({ max: 2000, nullable: true, description: 'Null where there is nothing more to read' }) readonly link:
    string | null = null;
  @OneOf(['policyChange', ...personalNoticeKinds]) readonly kind: string = '';
  @Text({
    max: 100,
    nullable: true,
    example: 'general-privacy',
    description: 'Null for a notice to this subject alone',
  })
  readonly policySlug: string | null = null;
  @Whole({ min: 1, max: 1_000_000, nullable: true, example: 2 }) readonly revisionNumber: number | null = null;
  @OneOf(materialities, { nullable: true }) readonly materiality: string | null = null;
  @Instant({ nullable: true, description: 'When the revision is to take effect' }) readonly effectiveAt: string | null =
    null;
}

export class InboxNoticeResponse extends AnyNoticeResponse {
  @Instant({ nullable: true }) readonly readAt: string | null = null;
  @Flag({ description: 'Still shown and not read' }) readonly banner: boolean = false;
}

class DeliveryResponse {
  @OneOf(channels) readonly channel: string = '';
  @OneOf(['queued', 'attempted', 'failed']) readonly state: string = '';
  @Instant({ description: 'When it came into this state' }) readonly at: string = '';
}

export class SubjectNoticeResponse extends AnyNoticeResponse {
  @Id({ nullable: true, description: 'Null for a notice to this subject alone' }) readonly campaignId: string | null =
    null;
  @Instant({ nullable: true }) readonly withdrawnAt: string | null = null;
  @Instant({ nullable: true }) readonly readAt: string | null = null;
  @ListOf(() => DeliveryResponse, { max: 4 }) readonly deliveries: readonly DeliveryResponse[] = [];
}

export function toNoticeResponse(notice: NoticeView, locale: Locale): NoticeResponse {
  const { id, kind, title, summary, link, policySlug, revisionNumber, materiality, effectiveAt, publishedAt } = notice;
  const times = { effectiveAt: effectiveAt.toISOString(), publishedAt: publishedAt.toISOString() };
  return {
    id,
    kind,
    title: title[locale],
    summary: summary[locale],
    link,
    policySlug,
    revisionNumber,
    materiality,
    ...times,
  };
}

function toAnyNoticeResponse(notice: AnyNoticeView, locale: Locale): AnyNoticeResponse {
  if (notice.kind === 'policyChange') return toNoticeResponse(notice, locale);
  const { id, kind, title, summary, link, policySlug, revisionNumber, materiality, effectiveAt, publishedAt } = notice;
  return {
    id,
    kind,
    title: title[locale],
    summary: summary[locale],
    link,
    policySlug,
    revisionNumber,
    materiality,
    effectiveAt,
    publishedAt: publishedAt.toISOString(),
  };
}

export function toInboxNoticeResponse(notice: InboxNotice, locale: Locale): InboxNoticeResponse {
  return {
    ...toAnyNoticeResponse(notice, locale),
    readAt: notice.readAt?.toISOString() ?? null,
    banner: notice.banner,
  };
}

export function toSubjectNoticeResponse(notice: SubjectNotice, locale: Locale): SubjectNoticeResponse {
  const { campaignId, withdrawnAt, readAt, deliveries } = notice;
  return {
    ...toAnyNoticeResponse(notice, locale),
    campaignId,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    readAt: readAt?.toISOString() ?? null,
    deliveries: deliveries.map(({ channel, state, at }) => ({ channel, state, at: new Date(at).toISOString() })),
  };
}
